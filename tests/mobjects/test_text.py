from __future__ import annotations

import numpy as np
import pytest
from manim import LEFT, RIGHT

from nnviz.mobjects.text import formula, number, words

pytestmark = pytest.mark.render

MARKUP = r"a*b*_c_#d$e$[f]<g>@h`i`\j/k~l=m"


@pytest.mark.parametrize("text", [MARKUP, "- item", "+ item", "= title", "/ term", "a - b"])
def test_words_take_every_character_literally(text):
    """Each that is not a space is a glyph, as if it stood alone; no other is there."""
    plain = words(text, color="#FFFFFF")
    glyphs = [part for part in plain.get_family() if len(part.points)]
    assert len(glyphs) == len(text.replace(" ", ""))
    alone = [words(sign, color="#FFFFFF") for sign in text.replace(" ", "")]
    np.testing.assert_allclose(
        [glyph.height for glyph in glyphs], [sign.height for sign in alone], atol=1e-3
    )


def test_live_text_shows_numbers_and_words_on_one_line():
    text = number(0.0, color="#FFFFFF")
    for shown in ("95.9 ± 0.4 %", "none", "9 % at step 3", "1.4e7"):
        text.set_text(shown)
        assert text.shown == shown
        glyphs = [part for part in text.get_family() if len(part.points)]
        assert len(glyphs) >= len(shown.replace(" ", ""))
    # Letters that reach below the line do, and others do not.
    text.set_text("step")
    s, t, e, p = text.submobjects
    assert e.get_bottom()[1] == pytest.approx(s.get_bottom()[1], abs=0.02)
    assert p.get_bottom()[1] < e.get_bottom()[1] - 0.03
    assert t.get_left()[0] > s.get_right()[0]


def test_live_number_that_is_none_says_so():
    text = number(1.0, color="#FFFFFF")
    assert text.set_value(float("nan")).shown == "none"
    assert text.set_value(float("inf")).shown == "∞"


def test_formula_has_the_colour_it_was_given():
    assert formula("a^((1)) = sigma(z)", color="#58C4DD").get_color().to_hex() == "#58C4DD"


def test_number_keeps_its_left_edge_when_it_changes():
    value = number(1.0, color="#FFFFFF")
    left = value.get_left()[0]
    value.set_value(12345.678)
    assert value.get_left()[0] == pytest.approx(left, abs=0.02)


@pytest.mark.parametrize("edge", [LEFT, RIGHT], ids=["left", "right"])
@pytest.mark.parametrize("place", [[3.9, 0.731, 0], [-6.1, 2.17, 0], [1 / 3, -2.9, 0]])
def test_number_is_drawn_the_same_whatever_was_shown_before(place, edge):
    """Another process draws a frame after other frames: films would differ by their number."""
    seen = []
    for history in (range(1, 40), range(99, 60, -1), ()):
        shown = number(0.5, decimals=4, color="#FFFFFF", size=44, fixed_edge=edge)
        shown.scale(0.73).move_to(place, aligned_edge=edge)
        for value in history:
            shown.set_value(value / 7)
        glyphs = shown.set_value(0.8937).family_members_with_points()
        seen.append(np.concatenate([glyph.points for glyph in glyphs]))
    assert np.array_equal(seen[0], seen[1])
    assert np.array_equal(seen[0], seen[2])


def test_words_are_drawn_the_same_whatever_they_were_before():
    seen = []
    for history in (["long words of many letters", "short"], ["x"], []):
        shown = words("step 0", color="#FFFFFF")
        for text in history:
            shown.become(words(text, color="#FFFFFF"))
        shown.become(words("step 12", color="#FFFFFF"))
        seen.append([glyph.points for glyph in shown.family_members_with_points()])
    for other in seen[1:]:
        assert all(np.array_equal(a, b) for a, b in zip(seen[0], other, strict=True))
