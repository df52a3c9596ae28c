from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.raster.sight_lines import Ground
from nnviz.raster.viewpoint import Viewpoint

GROUND = Ground((4.0, 3.0), (31, 41))


@given(st.builds(Viewpoint, st.floats(-7, 7), st.floats(0.2, 1.4)))
@settings(deadline=None, max_examples=30)
def test_lines_begin_and_end_on_the_edges_of_the_rectangle(view):
    lines = GROUND.sight_lines(view, 20.0, 50)
    right = (lines.left + np.arange(len(lines.first)) + 0.5) / 20.0
    for back in (lines.first, lines.first + 49 * lines.step):
        place = np.abs(view.on_ground(right, back)) / (2.0, 1.5)
        np.testing.assert_allclose(place.max(axis=1), 1, atol=1e-3)


@given(st.builds(Viewpoint, st.floats(-7, 7), st.floats(0.2, 1.4)))
@settings(deadline=None, max_examples=30)
def test_samples_are_the_nearest_points_of_the_grid(view):
    lines = GROUND.sight_lines(view, 20.0, 50)
    right = (lines.left + np.arange(len(lines.first)) + 0.5) / 20.0
    cells = lines.on_grid.cells(np.arange(50, dtype=np.float32)[None], GROUND.shape)
    back = lines.first[:, None] + np.arange(50) * lines.step[:, None]
    points = view.on_ground(np.broadcast_to(right[:, None], back.shape), back)
    rows, columns = np.divmod(cells, 41)
    seen = np.stack([columns / 40 - 0.5, rows / 30 - 0.5], axis=-1) * (4.0, 3.0)
    # Grid points are 0.1 apart along both axes.
    assert np.abs(seen - points).max() < 0.05 + 1e-3


def test_point_beyond_the_edges_has_the_nearest_edge():
    assert GROUND.nearest(np.array([[-9.0, -9.0], [9.0, 9.0]])).tolist() == [0, 31 * 41 - 1]
