"""Maps: where their points lie, and which colours they have."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.mobjects.contour_map import ContourMap
from nnviz.mobjects.frame import at
from nnviz.view.contours import filled_contours, value_levels
from nnviz.view.themes import DARK


def bowl():
    x, y = np.linspace(-2, 4, 31), np.linspace(-1, 2, 16)
    return x, y, x**2 + y[:, None] ** 2


def test_map_has_one_scale_and_finds_its_points():
    x, y, values = bowl()
    made = ContourMap(
        x, y, values, value_levels(values), DARK, center=at(-1, 1), height=3, title="height"
    )
    assert made.map.width == pytest.approx(6)
    assert made.unit == pytest.approx(1)
    places = made.place(np.array([[-2, -1], [4, 2], [1, 0.5]]))
    np.testing.assert_allclose(places, [[-4, -0.5, 0], [2, 2.5, 0], [-1, 1, 0]])
    labels = made.axis_labels("x", "y")
    assert labels[0].get_y() < made.map.get_bottom()[1]
    assert labels[1].get_x() < made.map.get_left()[0]


def test_map_is_darkest_where_the_value_is_lowest():
    x, y, values = bowl()
    picture = filled_contours(values, value_levels(values), DARK, pixels_per_cell=4)[::-1]
    row, column = np.unravel_index(picture.sum(axis=2).argmin(), picture.shape[:2])
    assert x[column // 4] ** 2 + y[row // 4] ** 2 < 0.3


@pytest.mark.parametrize("values", [[-3.0, -1, 5], [2.0, 2.0], [np.nan, np.inf], [0.0, 0.0]])
def test_levels_of_values_ascend_whatever_their_sign(values):
    levels = value_levels(np.array(values))
    assert np.isfinite(levels).all()
    assert (np.diff(levels) > 0).all()
