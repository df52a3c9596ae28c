from __future__ import annotations

from copy import deepcopy

import numpy as np
import pytest

from nnviz.raster.line_cache import LineCache
from nnviz.raster.line_sums import LineSums
from nnviz.raster.pixel_box import PixelBox

ENDS = np.array([[10.0, 12.0], [11.0, 30.0], [40.0, 22.0], [35.0, 14.0]])
BOX = PixelBox(top=5, left=8, bottom=45, right=68)


def test_lines_are_measured_within_their_box():
    kept = LineCache().find(b"a", ENDS, 1.5, BOX)
    expected = LineSums(ENDS[:2] - [8, 5], ENDS[2:] - [8, 5], 1.5, (40, 60))
    carried = np.ones((2, 4), np.float32)
    for (row, sums), (expected_row, expected_sums) in zip(
        kept.sums(carried), expected.sums(carried), strict=True
    ):
        assert row == expected_row
        np.testing.assert_array_equal(sums, expected_sums)


def test_lines_are_measured_once():
    cache = LineCache()
    assert cache.find(b"a", ENDS, 1.5, BOX) is cache.find(b"a", ENDS, 1.5, BOX)
    assert cache.find(b"a", ENDS, 1.5, BOX) is not cache.find(b"b", ENDS, 1.5, BOX)
    assert deepcopy(cache) is cache


def test_least_recently_used_lines_are_dropped():
    one = LineCache()
    n_bytes = one.find(b"a", ENDS, 1.5, BOX).n_bytes
    assert one.n_bytes == n_bytes
    cache = LineCache(max_bytes=int(1.5 * n_bytes))
    first, second = (cache.find(key, ENDS, 1.5, BOX) for key in (b"a", b"b"))
    assert cache.find(b"a", ENDS, 1.5, BOX) is first
    cache.find(b"c", ENDS, 1.5, BOX)
    assert cache.n_bytes == pytest.approx(2 * n_bytes)
    assert cache.find(b"a", ENDS, 1.5, BOX) is first
    assert cache.find(b"b", ENDS, 1.5, BOX) is not second
