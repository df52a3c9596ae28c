from __future__ import annotations

import numpy as np
import pytest

from nnviz.errors import ShapeError
from nnviz.mobjects.image import ImageRaster

CHECKERS = np.zeros((2, 2, 3))
CHECKERS[0, 0] = CHECKERS[1, 1] = [1, 0, 0]


def test_image_shows_crisp_pixels_where_it_stands(canvas):
    ImageRaster(CHECKERS, height=4).move_to([2, 0, 0]).paint(canvas)
    red = canvas.pixels[..., 0] == 255
    assert red[20:40, 80:100].all()
    assert red[40:60, 100:120].all()
    assert red.sum() == 2 * 20 * 20


def test_image_keeps_the_shape_of_its_pixels():
    image = ImageRaster(np.zeros((3, 6, 3)), height=2)
    assert image.height == pytest.approx(2)
    assert image.width == pytest.approx(4)


def test_image_follows_scaling(canvas):
    ImageRaster(np.ones((2, 2, 3)), height=4).scale(0.5).paint(canvas)
    assert (canvas.pixels[..., 0] == 255).sum() == 20 * 20


def test_image_fades(canvas):
    ImageRaster(np.ones((2, 2, 3)), height=4).fade(0.5).paint(canvas)
    assert set(np.unique(canvas.pixels[..., 0])) == {0, 128}


def test_smooth_image_blends_between_pixels(canvas):
    ramp = np.zeros((1, 2, 3))
    ramp[0, 1] = 1
    ImageRaster(ramp, height=2, smooth=True).paint(canvas)
    row = canvas.pixels[40, 60:100, 0].astype(int)
    assert (np.diff(row) >= 0).all()
    assert 100 < row[19] < 155


def test_image_beyond_the_frame_is_cut(canvas):
    ImageRaster(np.ones((2, 2, 3)), height=4).move_to([8, 0, 0]).paint(canvas)
    assert (canvas.pixels[..., 0] == 255).sum() == 20 * 40


@pytest.mark.parametrize("shape", [(4, 4), (4, 4, 4)])
def test_image_needs_colours(shape):
    with pytest.raises(ShapeError, match=r"must have shape \(rows, columns, 3\)"):
        ImageRaster(np.zeros(shape))
