"""
EdgeLayer
=========

All edges between two layers as one object: thousands of lines, each with its own colour and
opacity, are drawn faster than a few dozen lines of Manim's.
"""

import nnviz
from nnviz.mobjects import EdgeLayer
from nnviz.stage import RecordingScene
from nnviz.view import column, connections, diverging, edge_opacities, symmetric_limit


class Example(RecordingScene):
    """One building block by itself."""

    def construct(self) -> None:
        """Show it."""
        weights = self.recording.weights(2)
        starts, ends = connections(column(16, -4.0), column(16, 4.0))
        colors = diverging(weights.ravel(), symmetric_limit(weights), self.theme)
        self.add(EdgeLayer(starts, ends, colors, edge_opacities(weights.ravel()), line_width=0.03))
        self.wait(1)


picture = nnviz.still(Example, nnviz.default_run(), "edges.png", second=0, quality="draft")
