from __future__ import annotations

import numpy as np
import pytest

from nnviz.mobjects.color_bar import ColorBar
from nnviz.mobjects.readout import Readout
from nnviz.mobjects.text import formula, number, words
from nnviz.view.colors import diverging
from nnviz.view.themes import DARK
from tests.watching import said_by

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


def test_readout_shows_a_new_value():
    readout = Readout("cost", 0.5, DARK, decimals=2)
    width = readout.width
    readout.set_value(1234567)
    assert readout.value.get_value() == 1234567
    assert readout.width > width


def test_color_bar_puts_labels_at_their_values():
    bar = ColorBar(diverging([-1, 0, 1], 1, DARK), [(0, "low"), (1, "high")], "w", DARK, height=3)
    image, _, low, high, _ = bar
    assert low.get_y() == pytest.approx(image.get_bottom()[1])
    assert high.get_y() == pytest.approx(image.get_top()[1])
    assert bar.tips == []


@pytest.mark.parametrize("extends", [(True, False), (False, True), (True, True)])
def test_color_bar_has_a_tip_where_values_go_beyond_it(extends):
    bar = ColorBar(diverging([-1, 0, 1], 1, DARK), [], "w", DARK, height=3, extends=extends)
    image = bar[0]
    below, above = extends
    assert len(bar.tips) == below + above
    if below:
        assert bar.tips[0].get_top()[1] == pytest.approx(image.get_bottom()[1])
        assert bar.tips[0].get_fill_color().to_hex().upper() == DARK.negative
    if above:
        assert bar.tips[-1].get_bottom()[1] == pytest.approx(image.get_top()[1])
        assert bar.tips[-1].get_fill_color().to_hex().upper() == DARK.positive


def test_color_bar_of_levels_says_what_is_beyond_them_and_what_is_none():
    levels = np.geomspace(1, 16, 17)
    fine = ColorBar.of_levels(levels, np.array([1.0, 16]), "cost", DARK, height=3)
    assert [text for part in fine for text in said_by(part)] == ["1", "2", "4", "8", "16", "cost"]
    assert fine.tips == []
    values = np.array([0.1, 99, np.inf])
    clipped = ColorBar.of_levels(levels, values, "cost", DARK, height=3)
    said = [text for part in clipped for text in said_by(part)]
    assert said == ["≤ 1", "2", "4", "8", "≥ 16", "cost", "none"]
    assert len(clipped.tips) == 2


@pytest.mark.parametrize("place", [[3.9, 0.731, 0], [-6.1, 2.17, 0], [1 / 3, -2.9, 0]])
def test_number_is_drawn_the_same_whatever_was_shown_before(place):
    """Another process draws a frame after other frames: films would differ by their number."""
    seen = []
    for history in (range(1, 40), range(99, 60, -1), ()):
        shown = number(0.5, decimals=4, color="#FFFFFF", size=44).scale(0.73).move_to(place)
        for value in history:
            shown.set_value(value / 7)
        glyphs = shown.set_value(0.8937).family_members_with_points()
        seen.append(np.concatenate([glyph.points for glyph in glyphs]))
    assert np.array_equal(seen[0], seen[1])
    assert np.array_equal(seen[0], seen[2])
