"""Optimizer runs from one start at different learning rates, each on a small chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from manim import Dot, Typst

from nnviz.analysis.functions.optimizer_runs import OptimizerRun, run_optimizer
from nnviz.mobjects.chart import Chart, ChartLine
from nnviz.mobjects.frame import Points
from nnviz.mobjects.text import words
from nnviz.scenes._function_curve import FunctionCurve
from nnviz.view.sentences.functions import outcome_text, rate_verdicts

# Size of a chart, frame units: three fit side by side, with two lines of words under each.
_WIDTH, _HEIGHT = 3.65, 4.2
# Radius of a ball, frame units: smaller than on a large chart.
_BALL_RADIUS = 0.1
# A run that ends no higher than the lowest by this share of the curve's height is as good:
# a difference that could hardly be seen.
_AS_LOW = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class RateRun:
    """An optimizer run at one learning rate, drawn as a trail and a ball.

    Parameters
    ----------
    curve
        The curve that the run descends.
    rate
        The learning rate.
    run
        The optimizer run at that rate.
    chart
        The axes that it is drawn on.
    trail
        The line through the points of the run.
    ball
        The ball at the last point shown.
    """

    curve: FunctionCurve
    rate: float
    run: OptimizerRun
    chart: Chart
    trail: ChartLine
    ball: Dot

    @classmethod
    def start(
        cls, curve: FunctionCurve, x: float, *, rate: float, n_steps: int, center: Points
    ) -> RateRun:
        """Descend a curve at a learning rate, and show the start of the run.

        Parameters
        ----------
        curve
            The curve to descend.
        x
            Value of the variable where the run starts.
        rate
            Learning rate, above 0.
        n_steps
            Number of steps.
        center
            Centre of the chart, shape ``(3,)``, frame units.
        """
        run = run_optimizer(curve.function, [x], learning_rate=rate, n_steps=n_steps)
        chart = curve.chart(center, _WIDTH, _HEIGHT, n_ticks=3)
        color = curve.theme.accent
        trail = chart.line(run.points[:, 0], run.values, color, width=3).show_until(0)
        ball = Dot(curve.ball_center(chart, x), radius=_BALL_RADIUS, color=color)
        return cls(curve, rate, run, chart, trail, ball)

    @property
    def left_at(self) -> int | None:
        """Step at which the run left the chart for good; ``None`` where it ends within it."""
        return self.run.leaves_at(self.curve.function.domain)

    def curve_line(self) -> ChartLine:
        """Return the curve as a line on the chart."""
        return self.chart.line(
            self.curve.x, self.curve.heights, self.curve.theme.foreground, width=3
        )

    def show_step(self, step: int) -> None:
        """Show the run as far as a step, or to its end; a ball beyond the axes is not seen."""
        row = min(step, len(self.run.points) - 1)
        x, height = float(self.run.points[row, 0]), float(self.run.values[row])
        self.trail.show_until(row)
        is_shown = self.chart.shows(x, height)
        self.ball.set_opacity(float(is_shown))
        if is_shown:
            self.ball.move_to(self.chart.place(np.array([x]), np.array([height]))[0])

    def outcome(self) -> Typst:
        """Return words on where the run ended, or when it left the chart."""
        theme = self.curve.theme
        color = theme.muted if self.left_at is None else theme.wrong
        return words(outcome_text(self.run, self.left_at), color=color, size=26)


def judge_rates(rate_runs: Sequence[RateRun]) -> list[str]:
    """Judge learning rates, such as ``"too small"``, by how low their runs end.

    Parameters
    ----------
    rate_runs
        Runs on one curve from one start, by ascending learning rate.
    """
    ends = [
        float("inf") if each.left_at is not None else float(each.run.values[-1])
        for each in rate_runs
    ]
    return rate_verdicts(ends, _AS_LOW * rate_runs[0].curve.extent)
