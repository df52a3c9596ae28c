from __future__ import annotations

import numpy as np
import pytest

from nnviz.mobjects.surface import SurfaceRaster
from nnviz.raster.height_field import HeightField
from nnviz.raster.viewpoint import Viewpoint

BLOCK = HeightField(np.full((20, 30), 1.0), np.ones((20, 30, 3)), np.full(3, 0.2), (4.0, 3.0))
FRONT = Viewpoint(0.0, 0.5)


def lit(canvas):
    rows, columns = np.nonzero(canvas.pixels[..., 0])
    return rows.min(), rows.max() + 1, columns.min(), columns.max() + 1


def test_surface_is_painted_where_it_stands(canvas):
    SurfaceRaster(BLOCK, FRONT).move_to([2, -1, 0]).paint(canvas)
    top, bottom, left, right = lit(canvas)
    # 4 wide around x = 2; from the front edge's foot to the back edge's top.
    assert (left, right) == (80, 120)
    reach = 1.5 * np.sin(0.5)
    assert bottom == pytest.approx(50 + 10 * reach, abs=1)
    assert top == pytest.approx(50 - 10 * (reach + np.cos(0.5)), abs=1)


def test_points_are_placed_as_they_are_seen(canvas):
    surface = SurfaceRaster(BLOCK, Viewpoint(0.4, 0.5)).move_to([1, 0.5, 0])
    corners = np.array([[x, y, z] for x in (-2, 2) for y in (-1.5, 1.5) for z in (0, 1)], float)
    places = canvas.to_pixels(surface.place(corners))
    surface.paint(canvas)
    top, bottom, left, right = lit(canvas)
    assert (left, right) == pytest.approx((places[:, 0].min(), places[:, 0].max()), abs=1.5)
    assert (top, bottom) == pytest.approx((places[:, 1].min(), places[:, 1].max()), abs=1.5)


def test_surface_follows_scaling(canvas):
    surface = SurfaceRaster(BLOCK, FRONT).scale(0.5)
    assert surface.unit == pytest.approx(0.5)
    surface.paint(canvas)
    _, _, left, right = lit(canvas)
    assert right - left == 20


def test_surface_fades(canvas):
    SurfaceRaster(BLOCK, FRONT).fade(0.5).paint(canvas)
    assert canvas.pixels[..., 0].max() == 128
    canvas.pixels[..., :3] = 0
    SurfaceRaster(BLOCK, FRONT).fade(1).paint(canvas)
    assert not canvas.pixels[..., :3].any()


@pytest.mark.parametrize("place", [(8, 0), (-8, 0), (0, 4), (0, -4), (7, 4), (30, 0), (0, 30)])
def test_surface_beyond_the_frame_is_cut(canvas, place):
    whole = canvas.pixels.copy()
    SurfaceRaster(BLOCK, FRONT).move_to([*place, 0]).paint(canvas)
    assert (canvas.pixels[..., 3] == whole[..., 3]).all()
    assert (canvas.pixels[..., :3].any()) == (max(np.abs(place)) < 20)


def test_turning_the_camera_changes_the_picture(canvas):
    surface = SurfaceRaster(BLOCK, FRONT)
    surface.paint(canvas)
    before = canvas.pixels.copy()
    canvas.pixels[..., :3] = 0
    surface.view = Viewpoint(0.7, 0.5)
    surface.paint(canvas)
    assert (canvas.pixels != before).any()
    canvas.pixels[..., :3] = 0
    surface.view = FRONT
    surface.paint(canvas)
    np.testing.assert_array_equal(canvas.pixels, before)


def test_copies_share_the_surface():
    surface = SurfaceRaster(BLOCK, FRONT)
    assert surface.copy().field is surface.field
