"""
NetworkMobject
==============

A whole network: neurons of every layer and the edges between them. Here the trained weights are
the idle edges, and the first recorded probe example fills the neurons.
"""

import numpy as np

import nnviz
from nnviz.mobjects import NetworkMobject
from nnviz.stage import RecordingScene
from nnviz.view import column

# Of the 784 inputs, 28 in the middle rows are shown; of the other layers all neurons.
SHOWN = [np.arange(378, 406), None, None, None]


class Example(RecordingScene):
    """One building block by itself."""

    def construct(self) -> None:
        """Show it."""
        run = self.recording
        places = [-5.0, -1.5, 1.5, 4.5]
        layouts = [
            column(n, x, shown=shown) for n, x, shown in zip(run.sizes, places, SHOWN, strict=True)
        ]
        weights = [run.weights(layer) for layer in range(1, len(run.sizes))]
        network = NetworkMobject(layouts, weights, self.theme)
        for layer in range(len(run.sizes)):
            network.set_activations(layer, run.activations(layer)[0])
        self.add(network)
        self.wait(1)


picture = nnviz.still(Example, nnviz.default_run(), "network.png", second=0, quality="draft")
