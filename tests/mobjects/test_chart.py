"""Charts: where their points and lines lie."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.mobjects.chart import Chart
from nnviz.mobjects.frame import at
from nnviz.view.themes import DARK


def chart(**other):
    place = {"center": at(1, -1), "width": 6, "height": 4}
    return Chart((0, 10), (-1, 3), DARK, **(place | other))


def test_points_lie_between_the_axes():
    places = chart().place(np.array([0, 10, 5]), np.array([-1, 3, 1]))
    np.testing.assert_allclose(places, [[-2, -3, 0], [4, 1, 0], [1, -1, 0]])


def test_points_beyond_lie_beyond_the_axes():
    assert chart().place(np.array([5]), np.array([7]))[0, 1] == 5
    assert np.isnan(chart().place(np.array([5]), np.array([np.nan]))[0, 1])
    assert chart().shows(5, 3)
    assert not chart().shows(5, 3.01)
    assert not chart().shows(np.nan, 0)


def test_line_goes_through_its_points():
    line = chart().line(np.array([0, 5, 10]), np.array([0, 2, 1]), DARK.accent)
    np.testing.assert_allclose(line.trail.get_start(), [-2, -2, 0])
    np.testing.assert_allclose(line.trail.get_end(), [4, -1, 0])
    assert line.trail.get_color().to_hex().upper() == DARK.accent
    assert len(line.marks) == 0


def test_line_has_gaps_where_there_is_no_number():
    x = np.arange(7.0)
    line = chart().line(x, np.array([0, 1, np.nan, 2, 1, 0, np.nan]), DARK.accent)
    ends = [(path[0][0], path[-1][0]) for path in line.trail.get_subpaths()]
    expected = [chart().place(x[[a, b]], np.zeros(2))[:, 0] for a, b in ((0, 1), (3, 5))]
    np.testing.assert_allclose(ends, expected)
    assert len(line.marks) == 0


def test_line_of_no_number_is_nothing():
    line = chart().line(np.arange(5.0), np.full(5, np.nan), DARK.accent)
    assert len(line.trail.points) == 0
    assert len(line.marks) == 0


def test_line_leaves_the_chart_with_a_mark_and_is_never_drawn_on_its_edge():
    x = np.array([0.0, 2, 4, 6, 8])
    line = chart().line(x, np.array([1.0, 5, 1, np.inf, 1]), DARK.accent)
    top = chart().place(np.array([1.0, 3, 6]), np.full(3, 3.0))
    np.testing.assert_allclose([mark.get_x() for mark in line.marks], top[:, 0])
    assert all(mark.get_bottom()[1] > 1 for mark in line.marks)  # outside, above the axis
    # Pieces end where they cross the edge; none runs along it.
    corners = [path[[0, -1], 0] for path in map(np.asarray, line.trail.get_subpaths())]
    np.testing.assert_allclose(corners[0], [-2, top[0, 0]])
    np.testing.assert_allclose(corners[1], [top[1, 0], chart().place(x[2:3], x[2:3])[0, 0]])
    for path in line.trail.get_subpaths():
        assert not np.isclose(np.asarray(path)[:, 1], 1).all()


def test_line_is_shown_as_far_as_one_of_its_points():
    line = chart().line(np.array([0.0, 2, 4]), np.array([1.0, 5, 1]), DARK.accent)
    line.show_until(0)
    assert [mark.get_fill_opacity() for mark in line.marks] == [0, 0]
    np.testing.assert_allclose(line.trail.points[:, 0], -2)
    line.show_until(1)
    assert [mark.get_fill_opacity() for mark in line.marks] == [1, 0]
    line.show_until(2)
    assert [mark.get_fill_opacity() for mark in line.marks] == [1, 1]


def test_steepness_is_that_of_the_frame():
    rise = chart().place(np.array([2, 3]), np.array([0, 1]))
    assert chart().steepness == pytest.approx((rise[1, 1] - rise[0, 1]) / (rise[1, 0] - rise[0, 0]))


def test_ticks_and_labels_keep_to_the_chart():
    made = chart(x_label="epochs", y_label="cost")
    assert made.get_left()[0] > -3.2
    assert made.get_bottom()[1] > -4.1
    assert made.get_top()[1] < 1.8
    assert made.get_right()[0] < 4.4
