"""The labels, tips and gap of a colour bar."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.mobjects.color_bar import ColorBar
from nnviz.view.colors import diverging
from nnviz.view.themes import DARK
from tests.watching import said_by

pytestmark = pytest.mark.render


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
