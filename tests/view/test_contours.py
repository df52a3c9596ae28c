from __future__ import annotations

import numpy as np
import pytest

from nnviz.view.colors import rgb, sequential
from nnviz.view.contours import clips, contour_levels, filled_contours, refined
from nnviz.view.themes import DARK


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


def test_cost_that_is_not_finite_is_a_gap():
    costs = bowl()
    costs[0, 0] = np.inf
    costs[0, -1] = np.nan
    picture = filled_contours(costs, contour_levels(costs), DARK)
    assert np.isfinite(picture).all()
    for corner in (picture[-1, 0], picture[-1, -1]):
        np.testing.assert_allclose(corner, rgb(DARK.gap), atol=1e-6)
    # Half a cell around each, and nothing else.
    is_gap = np.abs(picture - rgb(DARK.gap)).max(axis=2) < 1e-6
    assert 2 * 7**2 <= is_gap.sum() <= 2 * 8**2


def turns(values):
    """Return how often a sequence changes between rising and falling by more than a hair."""
    heights = np.log(values)
    low = high = heights[0]
    directions = []
    for height in heights:
        low, high = min(low, height), max(high, height)
        for far, direction in ((height - low, 1), (high - height, -1)):
            if far > 0.005 * np.ptp(heights) and directions[-1:] != [direction]:
                directions.append(direction)
                low = high = height
                break
    return len(directions) - 1


@pytest.mark.parametrize("kind", ["beyond all numbers", "nothing", "far below", "a step"])
def test_contours_do_not_ring_beside_what_is_clipped(kind):
    """A surface that only rises outwards is drawn so, also next to an edge of it."""
    y, x = np.mgrid[-1 : 1 : 31 * 1j, -1 : 1 : 31 * 1j]
    far = np.hypot(x, y)
    costs = {
        "beyond all numbers": np.where(far > 0.8, np.inf, np.exp(3 * far)),
        "nothing": np.where(far < 0.4, 0.0, far),
        "far below": np.where(far < 0.4, 1e-9, 10 ** (4 * far)),
        "a step": np.where(far < 0.5, 1.0, 1000.0),
    }[kind]
    fine = refined(costs, contour_levels(costs), pixels_per_cell=10)
    for line in (fine[155], fine[:, 155], np.diagonal(fine)):
        assert turns(line[np.isfinite(line)]) <= 1  # down to the middle, and up again


def test_interpolation_stays_close_to_a_smooth_surface():
    costs = bowl(21)
    fine = refined(costs, contour_levels(costs), pixels_per_cell=10)
    n = fine.shape[0]
    y, x = np.mgrid[-1 : 1 : n * 1j, -1 : 1 : n * 1j]
    np.testing.assert_allclose(fine, 0.1 + x**2 + 2 * (y - 0.5) ** 2, rtol=0.05)


@pytest.mark.parametrize("shape", [(2, 2), (2, 7), (3, 2)])
def test_smallest_grids_and_gaps_everywhere_are_refined(shape):
    levels = contour_levels(np.ones(shape))
    assert np.isfinite(refined(np.ones(shape), levels)).all()
    assert np.isnan(refined(np.full(shape, np.inf), levels)).all()


def test_clips_tell_what_a_scale_leaves_out():
    assert clips(np.array([1.0, 2.0]), 1.0, 2.0) == (False, False)
    assert clips(np.array([0.9, 2.0, np.inf]), 1.0, 2.0) == (True, False)
    assert clips(np.array([1.0, 2.1]), 1.0, 2.0) == (False, True)
    assert clips(np.array([np.nan]), 1.0, 2.0) == (False, False)
