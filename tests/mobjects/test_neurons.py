from __future__ import annotations

import numpy as np
import pytest

from nnviz.errors import ShapeError
from nnviz.mobjects.neurons import NeuronLayer

WHITE = np.ones(3)


def test_neurons_fill_to_their_values(canvas):
    layer = NeuronLayer(np.array([[-4.0, 0], [0, 0], [4, 0]]), 1.0, WHITE, ring=0)
    layer.set_values([0.0, 0.5, 1.0])
    layer.paint(canvas)
    assert canvas.pixels[40, [40, 80, 120], 0].tolist() == [0, 128, 255]


def test_neurons_are_circles_of_their_radius(canvas):
    layer = NeuronLayer(np.array([[0.0, 0.0]]), 2.0, WHITE, ring=0)
    layer.set_values([1.0])
    layer.paint(canvas)
    area = canvas.pixels[..., 0].sum() / 255
    assert area == pytest.approx(np.pi * 20**2, rel=0.01)


def test_rings_show_empty_neurons(canvas):
    NeuronLayer(np.array([[0.0, 0.0]]), 2.0, WHITE, ring=1.0).paint(canvas)
    assert canvas.pixels[40, 80, 0] == 0
    assert canvas.pixels[40, 99, 0] > 250


def test_square_neurons_are_an_image_without_seams(canvas):
    centers = np.array([[x, y] for y in (1.05, 0.35, -0.35, -1.05) for x in (-0.7, 0.0, 0.7)])
    layer = NeuronLayer(centers, 0.3, WHITE, cell=0.7)
    layer.set_values(np.ones(12))
    layer.roundness = 0.0
    layer.paint(canvas)
    assert (canvas.pixels[27:53, 71:89, 0] == 255).all()
    assert (canvas.pixels[:25, :, 0] == 0).all()


def test_square_neurons_hide_what_is_under_them(canvas):
    canvas.pixels[..., 0] = 255
    layer = NeuronLayer(np.array([[0.0, 0.0]]), 1.0, WHITE, ground=np.zeros(3), cell=2.4)
    layer.roundness = 0.0
    layer.paint(canvas)
    assert canvas.pixels[40, 80, :3].tolist() == [0, 0, 0]
    layer.roundness = 1.0
    canvas.pixels[..., 0] = 255
    layer.paint(canvas)
    assert canvas.pixels[40, 80, 0] == 255


def test_neurons_follow_scaling(canvas):
    layer = NeuronLayer(np.array([[-2.0, 0.0], [2.0, 0.0]]), 1.0, WHITE, ring=0).scale(0.5)
    layer.set_values([1.0, 1.0])
    layer.paint(canvas)
    assert layer.radius == pytest.approx(0.5)
    assert canvas.pixels[..., 0].sum() / 255 == pytest.approx(2 * np.pi * 5**2, rel=0.03)


def test_neurons_take_colours(canvas):
    layer = NeuronLayer(np.array([[0.0, 0.0]]), 1.0, WHITE, ring=0)
    layer.set_fills(np.array([[1.0, 0.0, 0.5]]), np.array([1.0]))
    layer.paint(canvas)
    assert canvas.pixels[40, 80, :3].tolist() == [255, 0, 128]


def test_a_value_that_is_not_finite_is_dark(canvas):
    layer = NeuronLayer(np.array([[0.0, 0.0]]), 1.0, WHITE, ring=0)
    layer.set_values([np.nan])
    layer.paint(canvas)
    assert canvas.pixels[..., :3].max() == 0


def test_neurons_check_the_number_of_values():
    layer = NeuronLayer(np.array([[0.0, 0.0]]), 1.0, WHITE)
    with pytest.raises(ShapeError, match=r"1 neurons must have colours \(1, 3\)"):
        layer.set_fills(np.ones((2, 3)), np.ones(2))
