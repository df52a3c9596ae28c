from __future__ import annotations

import numpy as np
import pytest

from nnviz.view.colors import sequential
from nnviz.view.contours import contour_levels, filled_contours
from nnviz.view.themes import DARK
from nnviz.view.timeline import row_at


def bowl(n=21):
    y, x = np.mgrid[-1 : 1 : n * 1j, -1 : 1 : n * 1j]
    return 0.1 + x**2 + 2 * (y - 0.5) ** 2


def test_levels_span_the_costs_evenly_in_the_logarithm():
    levels = contour_levels(bowl(), n=8)
    assert levels[[0, -1]] == pytest.approx([bowl().min(), bowl().max()])
    np.testing.assert_allclose(np.diff(np.log(levels)), np.log(levels[1] / levels[0]))


@pytest.mark.parametrize(
    "costs", [[np.nan, np.inf], [0.0, 0.0], [2.0, 2.0], [0.0, 1.0], [-1.0, np.nan, 3.0]]
)
def test_levels_ascend_whatever_the_costs(costs):
    levels = contour_levels(np.array(costs))
    assert np.isfinite(levels).all()
    assert (np.diff(levels) > 0).all()


def test_bands_take_the_colour_of_their_cost_first_row_on_top():
    costs = bowl()
    levels = contour_levels(costs, n=6)
    picture = filled_contours(costs, levels, DARK, pixels_per_cell=10)
    assert picture.shape == (210, 210, 3)
    bands = np.clip(np.searchsorted(levels, costs, side="right") - 1, 0, 5)
    for row, column in ((0, 0), (20, 20), (15, 10), (10, 0)):  # corners, the valley, an edge
        down, right = round((1 - row / 20) * 209), round(column / 20 * 209)
        expected = sequential(bands[row, column] / 5, DARK)
        window = picture[max(down - 2, 0) : down + 3, max(right - 2, 0) : right + 3]
        assert np.abs(window - expected).max(axis=2).min() < 1e-6


def test_cost_that_is_not_finite_is_the_highest():
    costs = bowl()
    costs[0, 0] = np.inf
    costs[0, -1] = np.nan
    picture = filled_contours(costs, contour_levels(costs), DARK)
    assert np.isfinite(picture).all()
    for corner in (picture[-1, 0], picture[-1, -1]):
        np.testing.assert_allclose(corner, sequential(1.0, DARK), atol=1e-6)


def test_moments_are_taken_from_first_to_last():
    shown = [row_at(alpha, 7) for alpha in np.linspace(0, 1, 200)]
    assert shown == sorted(shown)
    assert set(shown) == set(range(7))
    assert row_at(1.0, 1) == 0
