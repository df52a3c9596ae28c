"""The light of a layer, whatever its activation function."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.view.brightness import layer_brightness
from tests.zoo import ANIMALS


@pytest.mark.parametrize("animal", ANIMALS)
def test_no_neuron_is_brighter_than_full(animal, zoo):
    recording = zoo(animal)
    for step in (0, -1):
        for layer, light in enumerate(layer_brightness(recording, step)):
            values = np.asarray(recording.activations(layer, step))
            finite = values[np.isfinite(values)]
            assert 0 < light.scale < np.inf
            assert np.abs(finite).max(initial=0) <= light.scale
            assert light.is_signed == (finite < 0).any()


def test_scale_is_one_where_the_function_ends_there(zoo):
    assert {light.scale for light in layer_brightness(zoo("tanh"))} == {1.0}
    assert layer_brightness(zoo("tanh"))[1].is_signed


def test_scale_is_the_largest_of_its_own_layer_where_there_is_no_end(zoo):
    recording = zoo("relu-cross-entropy")
    scales = [light.scale for light in layer_brightness(recording)]
    for layer in (1, 2):
        assert scales[layer] == np.abs(recording.activations(layer)).max()
    assert scales[1] != scales[2]
    assert scales[3] == 1.0


def test_dead_layer_has_a_scale_all_the_same(zoo):
    assert layer_brightness(zoo("dead-layer"))[1].scale == 1.0
