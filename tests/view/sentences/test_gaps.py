"""What is left out of a picture."""

from __future__ import annotations

import numpy as np

from nnviz.analysis.landscape import Landscape
from nnviz.view.sentences.gaps import diverged_text, gap_name, gap_text, not_numbers_text


def test_values_that_are_not_finite_are_counted():
    assert not_numbers_text(1, 4, "weights") == "1 of 4 weights is not finite"
    assert not_numbers_text(4, 4, "weights") == "4 of 4 weights are not finite"
    assert not_numbers_text(0, 4, "weights") == ""


def test_gaps_have_a_name_only_where_there_are_any():
    assert gap_name(np.array([True, False])) == "none"
    assert gap_name(np.array([False])) == ""


def test_gaps_of_a_map_are_counted():
    costs = np.array([[1.0, np.inf], [np.nan, 2.0]])
    land = Landscape(None, None, None, costs)
    assert gap_text(land) == "no finite cost at 2 of 4 points"
    assert gap_text(Landscape(None, None, None, np.ones((2, 2)))) == ""


def test_moments_left_out_are_counted():
    assert diverged_text(0) == ""
    assert diverged_text(1) == "diverged: 1 later moment is left out"
    assert diverged_text(1200) == "diverged: 1,200 later moments are left out"
