"""
ImageRaster
===========

A small image, shown large and crisp: one of the recorded probe examples, and the weights that one
neuron of the first layer gives to its pixels.
"""

from manim import LEFT, RIGHT

import nnviz
from nnviz.mobjects import ImageRaster
from nnviz.stage import RecordingScene
from nnviz.view import ink_image, symmetric_limit, weight_image


class Example(RecordingScene):
    """One building block by itself."""

    def construct(self) -> None:
        """Show it."""
        run = self.recording
        weights = run.weights(1)
        digit = ink_image(run.probes.images[0], self.theme)
        seen = weight_image(weights[0], run.image_shape, symmetric_limit(weights), self.theme)
        self.add(ImageRaster(digit, height=5).shift(3 * LEFT))
        self.add(ImageRaster(seen, height=5).shift(3 * RIGHT))
        self.wait(1)


picture = nnviz.still(Example, nnviz.default_run(), "image.png", second=0, quality="draft")
