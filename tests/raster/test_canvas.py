from __future__ import annotations

import numpy as np
import pytest

from nnviz.raster.canvas import Canvas
from nnviz.raster.layer import Layer


def test_to_pixels_puts_the_origin_in_the_middle_and_y_down(canvas):
    points = np.array([[0, 0, 0], [-8, 4, 0], [1, -1, 0]])
    assert canvas.to_pixels(points).tolist() == [[80, 40], [0, 0], [90, 50]]
    assert canvas.scale == 10


def test_box_stays_within_the_frame(canvas):
    assert canvas.box(np.array([[-5.0, -5.0], [500.0, 500.0]])) == (0, 0, 80, 160)


def test_box_of_points_outside_is_empty(canvas):
    top, left, bottom, right = canvas.box(np.array([[-50.0, -50.0], [-40.0, -40.0]]))
    assert bottom <= top
    assert right <= left


@pytest.mark.parametrize(("opacity", "expected"), [(0, 0), (0.5, 128), (1, 255)])
def test_layer_mixes_by_opacity(canvas, opacity, expected):
    canvas.composite(Layer.of_colors(np.ones(3), np.full((2, 3), opacity)), 4, 5)
    assert (canvas.pixels[4:6, 5:8, :3] == expected).all()
    assert canvas.pixels[..., :3].sum() == 6 * 3 * expected
    assert (canvas.pixels[..., 3] == 255).all()


def test_layer_over_nothing_keeps_colours_multiplied_by_opacity():
    canvas = Canvas(np.zeros((1, 1, 4), np.uint8), 1.0, 1.0, np.zeros(3))
    canvas.composite(Layer.of_colors(np.array([1.0, 0.5, 0.0]), np.full((1, 1), 0.5)), 0, 0)
    assert canvas.pixels[0, 0].tolist() == [128, 64, 0, 128]


@pytest.mark.parametrize("is_opaque", [True, False])
def test_layer_of_a_medium_lets_light_through_by_its_depth(is_opaque):
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (6, 8, 4)).astype(np.uint8)
    if is_opaque:
        pixels[..., 3] = 255
    before = pixels.astype(float)
    depth = rng.exponential(0.5, (3, 5)).astype(np.float32)
    color = rng.random((3, 5, 3)).astype(np.float32)
    planes = np.concatenate([color.transpose(2, 0, 1) * depth, depth[None]])
    Canvas(pixels, 8.0, 6.0, np.zeros(3), is_opaque).composite(Layer.of_depth(planes), 2, 1)
    share = 1 - np.exp(-depth)[..., None]
    layer = np.concatenate([color, np.ones((3, 5, 1))], axis=2) * 255
    expected = before[2:5, 1:6] * (1 - share) + layer * share
    assert np.abs(pixels[2:5, 1:6] - expected).max() <= 0.51
    pixels[2:5, 1:6] = before[2:5, 1:6]
    assert np.array_equal(pixels, before)


def test_column_shares_make_a_layer_fainter(canvas):
    rng = np.random.default_rng(0)
    canvas.pixels[..., :3] = rng.integers(0, 256, (80, 160, 3))
    before = canvas.pixels[3:23, 2:7, :3].astype(float)
    colors, opacities = rng.random((20, 5, 3)), rng.random((20, 5))
    shares = np.array([0, 0.25, 0.5, 1, 0.1], np.float32)
    canvas.composite(Layer.of_colors(colors, opacities), 3, 2, column_shares=shares)
    share = (opacities * shares)[..., None]
    expected = before * (1 - share) + 255 * colors * share
    assert np.abs(canvas.pixels[3:23, 2:7, :3] - expected).max() <= 0.51


@pytest.mark.parametrize("shape", [(5, 7), (1, 4), (2, 2), (3, 1)])
def test_an_image_shares_the_pixels_of_its_border(shape):
    image = np.full((*shape, 4), 200, np.uint8)
    pixels = np.full((8, 8, 4), 100, np.uint8)
    cover_y, cover_x = np.ones(shape[0]), np.ones(shape[1])
    cover_y[0], cover_x[-1] = 0.25, 0.5
    Canvas(pixels, 8.0, 8.0, np.zeros(3)).put(image, cover_y, cover_x, 1, 1)
    expected = 100 + 100 * np.outer(cover_y, cover_x)[..., None].repeat(4, axis=2)
    seen = pixels[1 : 1 + shape[0], 1 : 1 + shape[1]]
    assert np.abs(seen - expected).max() <= 0.5
    assert (pixels != 100).sum() == np.count_nonzero(expected != 100)
