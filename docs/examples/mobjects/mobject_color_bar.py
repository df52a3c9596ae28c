"""
ColorBar
========

The scale of colours that stand for numbers, here of the weights into layer 2: their largest
magnitudes are beyond the scale, which its pointed ends say.
"""

import numpy as np

import nnviz
from nnviz.mobjects import ColorBar, ImageRaster
from nnviz.stage import RecordingScene
from nnviz.view import diverging, symmetric_limit


class Example(RecordingScene):
    """One building block by itself."""

    def construct(self) -> None:
        """Show it."""
        weights = self.recording.weights(2)
        limit = symmetric_limit(weights, quantile=0.9)
        matrix = ImageRaster(diverging(weights, limit, self.theme), height=5)
        colors = diverging(np.linspace(-limit, limit, 101), limit, self.theme)
        ticks = [(0.0, f"{-limit:.1f}"), (0.5, "0"), (1.0, f"{limit:.1f}")]
        ends = (bool((weights < -limit).any()), bool((weights > limit).any()))
        bar = ColorBar(colors, ticks, "weight", self.theme, extends=ends)
        self.add(matrix.shift([-1, 0, 0]), bar.move_to([3, 0, 0]))
        self.wait(1)


picture = nnviz.still(Example, nnviz.default_run(), "color_bar.png", second=0, quality="draft")
