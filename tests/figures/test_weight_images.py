"""The mosaic of weights is what was recorded."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.errors import ShapeError
from nnviz.figures import weight_images
from nnviz.view.colors import symmetric_limit
from nnviz.view.images import weight_image
from nnviz.view.themes import PRINT
from tests.figures.artists import texts


@pytest.mark.parametrize("step", [0, -1])
def test_weight_images_are_the_recorded_weights(tiny_recording, step):
    ax = weight_images(tiny_recording, step=step, theme=PRINT)
    mosaic = ax.images[0].get_array()
    limit = symmetric_limit(tiny_recording.weight_history(1))
    (frames,) = (c for c in ax.collections if len(c.get_paths()) == 16)
    for neuron, frame in enumerate(frames.get_paths()):
        left, top = np.round(frame.vertices[0] + 0.5).astype(int)
        expected = weight_image(tiny_recording.weights(1, step)[neuron], (28, 28), limit, PRINT)
        np.testing.assert_allclose(mosaic[top : top + 28, left : left + 28], expected, atol=1e-6)
    names = [text for text in texts(ax) if text.startswith("neuron ")]
    assert names == [f"neuron {i}" for i in range(16)]


def test_scale_of_weights_is_centred_and_the_same_at_every_step(tiny_recording):
    ranges = {
        tuple(weight_images(tiny_recording, step=step).child_axes[0].get_ylim()) for step in (0, -1)
    }
    ((low, high),) = ranges
    assert low == -high


def test_only_the_first_layer_looks_at_pixels(tiny_recording):
    with pytest.raises(ShapeError, match="Only layer 1 looks at pixels"):
        weight_images(tiny_recording, layer=2)
