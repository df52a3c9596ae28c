from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.raster import coverage
from nnviz.raster.coverage import line_coverage

SHAPE = (40, 60)
points = st.tuples(st.floats(5, 55), st.floats(5, 35))


def drawn(start, end, width):
    covered = line_coverage(np.array([start]), np.array([end]), width, SHAPE)
    return covered.toarray().reshape(SHAPE)


@given(start=points, end=points, width=st.floats(0.3, 4))
@settings(deadline=None)
def test_line_covers_its_length_times_its_width(start, end, width):
    length = np.hypot(end[0] - start[0], end[1] - start[1])
    picture = drawn(start, end, width)
    assert ((picture >= 0) & (picture <= 1 + 1e-6)).all()
    assert picture.sum() == pytest.approx(length * width, rel=0.01, abs=0.02)


@given(start=points, end=points)
@settings(deadline=None)
def test_line_lies_where_it_should(start, end):
    start, end = np.array(start), np.array(end)
    picture = drawn(start, end, 1.5)
    rows, columns = np.nonzero(picture > 0)
    centres = np.stack([columns, rows], axis=1) + 0.5
    direction = end - start
    along = np.clip((centres - start) @ direction / max(direction @ direction, 1e-12), 0, 1)
    distance = np.linalg.norm(centres - start - along[:, None] * direction, axis=1)
    # Half the width, half a pixel's diagonal, and a slanted band's square end.
    assert distance.max(initial=0) < 0.75 + 0.71 + 1.0


@given(start=points, end=points)
@settings(deadline=None)
def test_line_is_the_same_from_either_end(start, end):
    np.testing.assert_allclose(drawn(start, end, 1.2), drawn(end, start, 1.2), atol=1e-5)


def test_what_is_outside_is_left_out():
    picture = drawn((-30.0, 20.5), (90.0, 20.5), 1.0)
    np.testing.assert_allclose(picture[20], 1)
    assert picture.sum() == pytest.approx(60)
    assert drawn((-30.0, -5.0), (90.0, -5.0), 1.0).sum() == 0


def test_many_lines_are_as_each_alone(monkeypatch):
    rng = np.random.default_rng(0)
    starts, ends = rng.uniform(0, 40, (50, 2)), rng.uniform(0, 40, (50, 2))
    monkeypatch.setattr(coverage, "_CHUNK_SAMPLES", 300)
    together = line_coverage(starts, ends, 1.3, SHAPE).toarray()
    for i in range(50):
        np.testing.assert_array_equal(together[:, i].reshape(SHAPE), drawn(starts[i], ends[i], 1.3))


def test_no_lines():
    assert line_coverage(np.zeros((0, 2)), np.zeros((0, 2)), 1.0, SHAPE).shape == (2400, 0)
