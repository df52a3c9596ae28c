"""One example's image, neurons, edges and outputs."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import EllipseCollection, LineCollection, PathCollection
from matplotlib.colors import to_hex

from nnviz.errors import SettingError
from nnviz.figures import activations
from nnviz.view.colors import rgb
from nnviz.view.images import ink_image
from nnviz.view.themes import DARK
from tests.figures.artists import texts


@pytest.mark.parametrize(("example", "step"), [(0, 0), (3, -1), (99, -1)])
def test_neurons_are_filled_to_their_activation(tiny_recording, example, step):
    ax = activations(tiny_recording, example, step, theme=DARK)
    shown = ink_image(tiny_recording.probes.images[example], DARK)
    np.testing.assert_array_equal(ax.images[0].get_array(), shown)
    layers = [c for c in ax.collections if isinstance(c, EllipseCollection)]
    for layer, drawn in enumerate(layers, start=1):
        activation = np.asarray(tiny_recording.activations(layer, step)[example])
        background, foreground = rgb(DARK.background), rgb(DARK.foreground)
        expected = background + activation[:, None] * (foreground - background)
        np.testing.assert_allclose(drawn.get_facecolors()[:, :3], expected, atol=1e-3)
    output = np.asarray(tiny_recording.activations(3, step)[example])
    for neuron, value in enumerate(output):
        assert any(text.startswith(f"{neuron}   {value:.2f}") for text in texts(ax))


def test_edges_are_the_strongest_contributions(tiny_recording):
    ax = activations(tiny_recording, 3)
    edges = [c for c in ax.collections if isinstance(c, LineCollection)]
    assert [len(c.get_segments()) for c in edges] == [200, 200, 160]
    a = np.asarray(tiny_recording.activations(2)[3])
    signs = np.sign((tiny_recording.weights(3) * a).ravel())
    drawn = [to_hex(color[:3]).upper() for color in edges[-1].get_colors()]
    assert drawn.count(DARK.positive) == (signs > 0).sum()


@pytest.mark.parametrize("example", [-1, 100])
def test_example_that_was_not_recorded_is_refused(tiny_recording, example):
    with pytest.raises(SettingError, match=f"0 to 99, the recorded ones; got {example}"):
        activations(tiny_recording, example)


def test_no_scatter_stands_for_a_layer(tiny_recording):
    """Circles keep to the frame's units: a scatter's would not grow with the axes."""
    ax = activations(tiny_recording)
    assert not [c for c in ax.collections if isinstance(c, PathCollection)]
