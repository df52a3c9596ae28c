from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.raster.viewpoint import Viewpoint

views = st.builds(Viewpoint, st.floats(-7, 7), st.floats(0.05, 1.5))
coordinates = st.floats(-9, 9)


@given(views, coordinates, coordinates, coordinates)
def test_ground_under_a_point_is_found_from_where_it_is_seen(view, x, y, z):
    right, _, back = view.project(np.array([[x, y, z]]))[0]
    np.testing.assert_allclose(view.on_ground(right, back), [x, y], atol=1e-9)


def test_camera_at_azimuth_zero_looks_along_y():
    seen = Viewpoint(0.0, 0.5).project(np.array([[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]]))
    np.testing.assert_allclose(seen[:, 0], [1, 0, 0], atol=1e-12)
    np.testing.assert_allclose(seen[:, 2], [0, 1, 0], atol=1e-12)
    assert seen[2, 1] == pytest.approx(np.cos(0.5))
