from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.raster import line_sums
from nnviz.raster.coverage import line_coverage
from nnviz.raster.line_sums import LineSums, mirror_twins

SHAPE = (70, 50)


def _lines(seed, n=12):
    rng = np.random.default_rng(seed)
    starts, ends = rng.uniform(-5, 60, (2, n, 2))
    return np.round(starts * 64) / 64, np.round(ends * 64) / 64


def _mirrored(points, height=SHAPE[0]):
    return points * [1, -1] + [0, height]


def _summed(cover, carried, shape=SHAPE):
    total = np.full((4, *shape), np.nan)
    for first, rows in cover.sums(carried):
        assert np.isnan(total[:, first : first + rows.shape[1]]).all()
        total[:, first : first + rows.shape[1]] = rows
    return total


def _expected(starts, ends, carried, shape=SHAPE):
    cover = line_coverage(starts, ends, 1.5, shape)
    return (cover @ carried).T.reshape(4, *shape)


@given(st.integers(0, 10_000))
def test_sums_of_any_lines(seed):
    starts, ends = _lines(seed)
    carried = np.random.default_rng(seed).random((12, 4), np.float32)
    found = _summed(LineSums(starts, ends, 1.5, SHAPE), carried)
    np.testing.assert_allclose(found, _expected(starts, ends, carried), atol=1e-5)


@given(st.integers(0, 10_000), st.sampled_from([1, 15, 16, 33, 70, 71]), st.booleans())
def test_sums_of_mirrored_lines(seed, height, with_middle):
    shape = height, SHAPE[1]
    half = _lines(seed, 6)
    starts, ends = (np.concatenate([points, _mirrored(points, height)]) for points in half)
    if with_middle:  # its own twin
        starts, ends = np.vstack([starts, [0, height / 2]]), np.vstack([ends, [50, height / 2]])
    order = np.random.default_rng(seed).permutation(len(starts))
    starts, ends = starts[order], ends[order]
    assert mirror_twins(starts, ends, height) is not None
    carried = np.random.default_rng(seed).random((len(starts), 4), np.float32)
    found = _summed(LineSums(starts, ends, 1.5, shape), carried, shape)
    np.testing.assert_allclose(found, _expected(starts, ends, carried, shape), atol=1e-5)


def test_sums_of_lines_in_groups(monkeypatch):
    monkeypatch.setattr(line_sums, "_GROUP_LINES", 5)
    starts, ends = _lines(1)
    carried = np.random.default_rng(1).random((12, 4), np.float32)
    found = _summed(LineSums(starts, ends, 1.5, SHAPE), carried)
    np.testing.assert_allclose(found, _expected(starts, ends, carried), atol=1e-5)


def test_mirrored_lines_take_half_the_memory():
    starts, ends = _lines(0, 200)
    both = [np.concatenate([points, _mirrored(points)]) for points in (starts, ends)]
    whole, half = (LineSums(*lines, 1.5, SHAPE) for lines in ([p[1:] for p in both], both))
    assert half.n_bytes == pytest.approx(whole.n_bytes / 2, rel=0.05)


@given(st.integers(0, 10_000))
def test_twins_are_mirrored(seed):
    half = _lines(seed, 5)
    starts, ends = (np.concatenate([points, _mirrored(points)]) for points in half)
    twins = mirror_twins(starts, ends, SHAPE[0])
    np.testing.assert_array_equal(starts[twins], _mirrored(starts))
    np.testing.assert_array_equal(ends[twins], _mirrored(ends))


def test_lines_without_twins():
    starts, ends = _lines(3)
    assert mirror_twins(starts, ends, SHAPE[0]) is None


def test_lines_on_each_other_are_each_others_twins():
    starts = np.array([[0, 10], [0, 10], [0, 60], [0, 60.0]])
    ends = np.array([[9, 35], [9, 35], [9, 35], [9, 35.0]])
    twins = mirror_twins(starts, ends, SHAPE[0])
    assert twins is not None
    np.testing.assert_array_equal(twins[twins], [0, 1, 2, 3])
