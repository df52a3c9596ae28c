from __future__ import annotations

import pytest

from nnviz.mobjects.color_bar import ColorBar
from nnviz.mobjects.readout import Readout
from nnviz.mobjects.text import formula, number, words
from nnviz.view.colors import diverging
from nnviz.view.themes import DARK

pytestmark = pytest.mark.render


def test_words_take_every_character_literally():
    plain = words("a*b*_c_#d$e$[f]<g>@h`i`\\j/k~l=m", color="#FFFFFF")
    assert plain.width > words("a", color="#FFFFFF").width


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
