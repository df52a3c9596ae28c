"""
Chart and ChartLine
===================

Axes with ticks, and lines that end with a mark where they leave them.
"""

import numpy as np
from manim import ORIGIN

import nnviz
from nnviz.mobjects import Chart
from nnviz.stage import RecordingScene


class Example(RecordingScene):
    """One building block by itself."""

    def construct(self) -> None:
        """Show it."""
        run = self.recording
        steps, costs = np.asarray(run.steps), np.asarray(run.train_costs)
        chart = Chart(
            (0, float(steps[-1])),
            (0, 0.5),
            self.theme,
            center=ORIGIN,
            width=9,
            height=5,
            x_label="step",
            y_label="average cost of the training sample",
        )
        self.add(chart, chart.line(steps, costs, self.theme.accent))
        self.wait(1)


picture = nnviz.still(Example, nnviz.default_run(), "chart.png", second=0, quality="draft")
