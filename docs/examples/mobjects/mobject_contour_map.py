"""
ContourMap
==========

Values over a rectangle as filled contours, and the scale of their colours: here the cost on the
plane of the recorded path.
"""

from manim import LEFT

import nnviz
from nnviz.analysis import measure_descent
from nnviz.mobjects import ContourMap
from nnviz.stage import RecordingScene
from nnviz.view import contour_levels


class Example(RecordingScene):
    """One building block by itself."""

    def construct(self) -> None:
        """Show it."""
        found = measure_descent(self.recording, n=41, aspect=0.7).landscape
        levels = contour_levels(found.costs)
        self.add(
            ContourMap(
                found.x,
                found.y,
                found.costs,
                levels,
                self.theme,
                center=0.8 * LEFT,
                height=5.5,
                title="cost",
            )
        )
        self.wait(1)


picture = nnviz.still(Example, nnviz.default_run(), "contour_map.png", second=0, quality="draft")
