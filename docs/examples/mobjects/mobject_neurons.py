"""
NeuronLayer
===========

All neurons of a layer as one object: rings that fill as far as they are active. These are the
outputs of the trained network for the recorded probe examples, a column each.
"""

import numpy as np

import nnviz
from nnviz.mobjects import NeuronLayer
from nnviz.stage import RecordingScene
from nnviz.view import rgb


class Example(RecordingScene):
    """One building block by itself."""

    def construct(self) -> None:
        """Show it."""
        outputs = self.recording.activations(3)[:20]
        x, y = np.meshgrid(0.6 * (np.arange(len(outputs)) - 9.5), 0.62 * (4.5 - np.arange(10)))
        neurons = NeuronLayer(
            np.column_stack([x.ravel(), y.ravel()]), 0.24, rgb(self.theme.foreground)
        )
        neurons.set_values(outputs.T.ravel())
        self.add(neurons)
        self.wait(1)


picture = nnviz.still(Example, nnviz.default_run(), "neurons.png", second=0, quality="draft")
