from __future__ import annotations

import numpy as np
import pytest


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
def test_blend_mixes_by_opacity(canvas, opacity, expected):
    canvas.blend(np.ones(3), np.full((2, 3), opacity, np.float32), 4, 5)
    assert (canvas.pixels[4:6, 5:8, :3] == expected).all()
    assert canvas.pixels[..., :3].sum() == 6 * 3 * expected
    assert (canvas.pixels[..., 3] == 255).all()


def test_blend_over_nothing_keeps_colours_multiplied_by_opacity(canvas):
    canvas.pixels[...] = 0
    canvas.blend(np.array([1.0, 0.5, 0.0]), np.full((1, 1), 0.5, np.float32), 0, 0)
    assert canvas.pixels[0, 0].tolist() == [128, 64, 0, 128]
