"""Axes to draw curves on."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, UP, Line, VGroup, VMobject
from matplotlib.ticker import MaxNLocator

from nnviz.core.arrays import FloatArray
from nnviz.mobjects.frame import Points, at
from nnviz.mobjects.text import words
from nnviz.view.themes import Theme

_TEXT_SIZE, _TICK = 24, 0.08


class Chart(VGroup):
    """Two axes with ticks, and the place of every point between them.

    Parameters
    ----------
    x, y
        Lowest and highest value of each axis.
    theme
        Gives the colours.
    center
        Of the area between the axes, ``(3,)``, frame units.
    width, height
        Of that area, frame units.
    x_label, y_label
        What the axes show; y's stands above its axis.
    n_ticks
        About how many on each axis.
    """

    def __init__(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        theme: Theme,
        *,
        center: Points,
        width: float,
        height: float,
        x_label: str = "",
        y_label: str = "",
        n_ticks: int = 5,
    ) -> None:
        super().__init__()
        self._low, self._high = np.array([x[0], y[0]]), np.array([x[1], y[1]])
        self._corner, self._size = np.asarray(center) - at(width / 2, height / 2), (width, height)
        corner = self._corner
        for end in (at(width, 0), at(0, height)):
            self.add(Line(corner, corner + end, color=theme.muted, stroke_width=2))
        locator = MaxNLocator(n_ticks, steps=[1, 2, 5, 10])
        for tick in locator.tick_values(*x):
            if x[0] <= tick <= x[1]:
                foot = self.place(np.array([tick]), np.array([y[0]]))[0]
                self._add_tick(foot, DOWN, f"{tick:g}", theme)
        for tick in locator.tick_values(*y):
            if y[0] <= tick <= y[1]:
                foot = self.place(np.array([x[0]]), np.array([tick]))[0]
                self._add_tick(foot, LEFT, f"{tick:g}", theme)
        if x_label:
            text = words(x_label, color=theme.foreground, size=_TEXT_SIZE)
            self.add(text.next_to(corner + at(width / 2, 0), DOWN, buff=0.5))
        if y_label:
            text = words(y_label, color=theme.foreground, size=_TEXT_SIZE)
            text.next_to(corner + at(0, height), UP, buff=0.2)
            self.add(text.align_to(corner, LEFT))

    @property
    def steepness(self) -> float:
        """Slope on the frame of a line that rises by 1 for each 1 along x."""
        per_x, per_y = self._size / (self._high - self._low)
        return float(per_y / per_x)

    def place(self, x: FloatArray, y: FloatArray) -> Points:
        """Return the frame coordinates of points with values ``(n,)`` each: ``(n, 3)``.

        Points above or below the axes lie at their end.
        """
        values = np.column_stack([x, y]).astype(np.float64)
        values = np.clip(np.nan_to_num(values, nan=np.inf, neginf=-np.inf), self._low, self._high)
        share = (values - self._low) / (self._high - self._low)
        places: Points = self._corner + np.column_stack([share * self._size, np.zeros(len(share))])
        return places

    def curve(self, x: FloatArray, y: FloatArray, color: str, *, width: float = 4) -> VMobject:
        """Return a line through points with values ``(n,)`` each; NaN leaves a gap."""
        line = VMobject(color=color, stroke_width=width)
        places, is_there = self.place(x, y), ~np.isnan(y)
        for run in np.split(np.arange(len(y)), np.flatnonzero(np.diff(is_there)) + 1):
            if is_there[run[0]] and len(run) > 1:
                line.start_new_path(places[run[0]])
                line.add_points_as_corners(places[run[1:]])
        return line

    def _add_tick(self, foot: Points, outwards: Points, text: str, theme: Theme) -> None:
        label = words(text.replace("-", "−"), color=theme.muted, size=_TEXT_SIZE)
        line = Line(foot, foot + _TICK * outwards, color=theme.muted, stroke_width=2)
        self.add(line, label.next_to(foot, outwards, buff=0.16))
