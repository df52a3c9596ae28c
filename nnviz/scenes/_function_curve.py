"""The curve of a function of one variable, and what a scene places on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import UP, Arrow, Line

from nnviz.analysis.functions.function import Function
from nnviz.core.arrays import FloatArray
from nnviz.mobjects.chart import Chart
from nnviz.mobjects.frame import Points, at
from nnviz.view.themes import Theme

#: Radius of a ball that lies on the curve, frame units.
BALL_RADIUS = 0.12

# Points of the curve: about one for each two pixels of a chart at 1080p.
_N_POINTS = 400
# Share of the curve's height that stays free above and below it, so that balls fit in.
_MARGIN = 0.06
# Half the length of a tangent, frame units: long enough to see its slope next to a ball.
_HALF_TANGENT = 0.9
# How far the arrow of a step runs above the horizontal axis, frame units.
_ARROW_HEIGHT = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class FunctionCurve:
    """A function of one variable, evaluated over its whole domain.

    Parameters
    ----------
    function
        The function of one variable.
    theme
        Theme that gives the colours.
    x
        Values of the variable, ascending, shape ``(n,)``.
    heights
        Values of the function there, shape ``(n,)``; NaN where it is not defined.
    """

    function: Function
    theme: Theme
    x: FloatArray
    heights: FloatArray

    @classmethod
    def of(cls, function: Function, theme: Theme) -> FunctionCurve:
        """Evaluate a function of one variable over its domain.

        Parameters
        ----------
        function
            The function of one variable.
        theme
            Theme that gives the colours.
        """
        x = np.linspace(*function.domain[0], _N_POINTS)
        return cls(function, theme, x, function.value(x[:, None]))

    @property
    def extent(self) -> float:
        """Height of the curve, from its lowest to its highest finite value."""
        return float(np.nanmax(self.heights) - np.nanmin(self.heights))

    def slope(self, x: float) -> float:
        """Return the function's derivative at a value of its variable."""
        return float(self.function.gradient(np.array([x]))[0])

    def chart(self, center: Points, width: float, height: float, *, n_ticks: int = 6) -> Chart:
        """Return axes that show the whole curve, without the curve itself.

        Parameters
        ----------
        center
            Centre of the area between the axes, shape ``(3,)``, frame units.
        width, height
            Size of that area, frame units.
        n_ticks
            Approximate number of ticks on each axis.
        """
        return Chart(
            self.function.domain[0],
            self._height_limits(),
            self.theme,
            center=center,
            width=width,
            height=height,
            n_ticks=n_ticks,
        )

    def ball_center(self, chart: Chart, x: float) -> Points:
        """Return the centre of a ball that touches the curve from above, shape ``(3,)``."""
        slope = float(self.function.gradient(np.array([[x]]))[0, 0]) * chart.steepness
        foot = self._foot(chart, x)
        center: Points = foot + BALL_RADIUS * at(-slope, 1) / np.hypot(slope, 1)
        return center

    def tangent(self, chart: Chart, x: float, slope: float) -> Line:
        """Return a piece of the tangent, in the hue of the slope's sign.

        Parameters
        ----------
        chart
            The axes that the curve is drawn on.
        x
            Value of the variable where the tangent touches the curve.
        slope
            Derivative of the function there.
        """
        foot = self._foot(chart, x)
        slope *= chart.steepness
        half = _HALF_TANGENT * at(1, slope) / np.hypot(slope, 1)
        color = self.theme.positive if slope > 0 else self.theme.negative
        return Line(foot - half, foot + half, color=color, stroke_width=4)

    def step_arrow(self, chart: Chart, start: float, end: float) -> Arrow:
        """Return an arrow along the horizontal axis, from one value of the variable to another."""
        floor, _ = self._height_limits()
        ends = chart.place(np.array([start, end]), np.full(2, floor))
        ends += _ARROW_HEIGHT * UP
        return Arrow(
            ends[0],
            ends[1],
            buff=0,
            color=self.theme.accent,
            stroke_width=6,
            tip_length=0.2,
            max_tip_length_to_length_ratio=0.6,
            max_stroke_width_to_length_ratio=20,
        )

    def _foot(self, chart: Chart, x: float) -> Points:
        """Return the point of the curve above a value of the variable, shape ``(3,)``."""
        foot: Points = chart.place(np.array([x]), self.function.value(np.array([[x]])))[0]
        return foot

    def _height_limits(self) -> tuple[float, float]:
        """Return the lowest and the highest value that the vertical axis shows."""
        low, high = float(np.nanmin(self.heights)), float(np.nanmax(self.heights))
        margin = _MARGIN * ((high - low) or 1.0)
        return low - margin, high + margin
