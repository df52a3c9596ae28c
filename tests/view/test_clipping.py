"""Lines within a chart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.view.clipping import clip_line

LOW, HIGH = np.array([0.0, -1.0]), np.array([10.0, 1.0])
values = st.floats(-3, 13) | st.sampled_from([np.nan, np.inf, -np.inf, 0.0, 10.0, -1.0, 1.0, 1e100])
lines = st.lists(st.tuples(values, values), min_size=1, max_size=12).map(np.array)


def clip(*points):
    return clip_line(np.array(points, float), LOW, HIGH)


@given(lines)
@settings(deadline=None, max_examples=400)
def test_nothing_is_drawn_outside_and_every_exit_lies_on_the_border(points):
    clipped = clip_line(points, LOW, HIGH)
    for piece, rows in zip(clipped.pieces, clipped.rows, strict=True):
        assert len(piece) == len(rows)
        assert np.isfinite(piece).all()
        assert ((piece >= LOW) & (piece <= HIGH)).all()
        assert (np.diff(rows) >= 0).all()
    for place, direction in zip(clipped.exits, clipped.directions, strict=True):
        (axis,) = np.flatnonzero(direction)
        assert place[axis] == (HIGH if direction[axis] > 0 else LOW)[axis]
        assert ((place >= LOW) & (place <= HIGH)).all()


@given(lines)
@settings(deadline=None, max_examples=300)
def test_every_point_inside_is_a_corner_and_every_one_outside_has_an_exit(points):
    clipped = clip_line(points, LOW, HIGH)
    corners = np.concatenate([np.empty((0, 2)), *clipped.pieces])
    for row, point in enumerate(points):
        if np.isnan(point).any():
            continue
        if ((point >= LOW) & (point <= HIGH)).all():
            assert (np.abs(corners - point).max(axis=1) < 1e-9).any()
        elif not np.isfinite(point).all():  # of a run of such, the ends have exits
            beside = points[[max(row - 1, 0), min(row + 1, len(points) - 1)]]
            amid = 0 < row < len(points) - 1 and np.isinf(beside).any(axis=1).all()
            assert amid or row in clipped.exit_rows


@given(lines)
@settings(deadline=None, max_examples=200)
def test_pieces_lie_on_the_line(points):
    clipped = clip_line(points, LOW, HIGH)
    for piece, rows in zip(clipped.pieces, clipped.rows, strict=True):
        for corner, row in zip(piece, rows, strict=True):
            begin, end = points[max(row - 1, 0)], points[row]
            if not np.isfinite(begin).all():
                begin = end
            segment = end - begin
            squared = np.dot(segment, segment) or 1
            share = np.clip(np.dot(corner - begin, segment) / squared, 0, 1)
            distance = np.abs(begin + share * segment - corner).max()
            assert distance <= 1e-6 * max(1, np.abs(segment).max())


def test_line_inside_is_whole():
    clipped = clip((0, 0), (5, 1), (10, -1))
    assert [piece.tolist() for piece in clipped.pieces] == [[[0, 0], [5, 1], [10, -1]]]
    assert clipped.rows[0].tolist() == [0, 1, 2]
    assert len(clipped.exits) == 0


def test_line_that_leaves_comes_back_where_it_does():
    clipped = clip((0, 0), (2, 2), (4, 0))
    assert [piece.tolist() for piece in clipped.pieces] == [[[0, 0], [1, 1]], [[3, 1], [4, 0]]]
    assert clipped.exits.tolist() == [[1, 1], [3, 1]]
    assert clipped.directions.tolist() == [[0, 1], [0, 1]]
    assert clipped.exit_rows.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("value", "direction"), [(np.inf, [0, 1]), (-np.inf, [0, -1]), (99, [0, 1]), (-99, [0, -1])]
)
def test_a_single_point_outside_has_its_exit(value, direction):
    clipped = clip((5, value))
    assert clipped.pieces == ()
    assert clipped.exits.tolist() == [[5, direction[1]]]
    assert clipped.directions.tolist() == [direction]


def test_run_of_infinite_points_has_an_exit_at_either_end():
    clipped = clip((0, 0), *((x, np.inf) for x in range(1, 8)), (9, 0))
    assert clipped.exits.tolist() == [[1, 1], [7, 1]]


def test_line_that_leaves_sideways():
    clipped = clip((9, 0), (11, 0))
    assert clipped.exits.tolist() == [[10, 0]]
    assert clipped.directions.tolist() == [[1, 0]]


def test_line_from_outside_is_marked_once_where_it_comes_in():
    clipped = clip((5, 3), (7, -1), (9, -1))
    assert clipped.exits.tolist() == [[6, 1]]
    assert clip((5, 3), (6, 4), (7, 5)).exits.tolist() == [[5, 1]]


def test_what_is_not_a_number_is_a_gap():
    clipped = clip((0, 0), (1, np.nan), (2, 0), (3, 0))
    assert [piece.tolist() for piece in clipped.pieces] == [[[0, 0]], [[2, 0], [3, 0]]]
    assert len(clipped.exits) == 0
    assert clip((0, np.nan), (1, np.nan)).pieces == ()


def test_line_that_passes_by_is_not_drawn():
    assert clip((-1, 0), (-1, 5)).pieces == ()
    assert clip((-2, 0), (5, 9)).pieces == ()
