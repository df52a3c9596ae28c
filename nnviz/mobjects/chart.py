"""Axes to draw curves on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from manim import DOWN, LEFT, UP, Line, Triangle, VGroup, VMobject
from matplotlib.ticker import MaxNLocator

from nnviz.core.arrays import FloatArray, IntArray
from nnviz.mobjects.frame import Points, at
from nnviz.mobjects.text import words
from nnviz.mobjects.trail import Trail
from nnviz.view.clipping import clip_line
from nnviz.view.sentences.numbers import significant
from nnviz.view.themes import Theme

_TEXT_SIZE, _TICK = 24, 0.08
# Most that the number of a tick takes.
_LABEL_WIDTH = 0.55
# Height of the mark where a line leaves the chart.
_MARK = 0.16


class ChartLine(VGroup):
    """A line on a chart, in pieces where it leaves the axes, with a mark wherever it does.

    Parameters
    ----------
    pieces
        Corners of each, ``(k, 3)``, frame units.
    rows
        Of each piece's corners, the point of the line that they lead to, ``(k,)``.
    marks
        Where the line crosses the axes.
    mark_rows
        Of each mark, likewise.
    color
        ``#RRGGBB``.
    width
        Of the line, in Manim's points.

    Attributes
    ----------
    trail
        The pieces.
    marks
        The marks.
    """

    def __init__(
        self,
        pieces: Sequence[Points],
        rows: Sequence[IntArray],
        marks: Sequence[VMobject],
        mark_rows: IntArray,
        color: str,
        width: float,
    ) -> None:
        self._pieces, self._rows, self._mark_rows = list(pieces), list(rows), mark_rows
        self.trail, self.marks = Trail(color, width=width), VGroup(*marks)
        super().__init__(self.trail, self.marks)
        self.show_until(np.inf)

    def show_until(self, row: float) -> Self:
        """Show the line as far as one of its points."""
        self.trail.lead_through(
            [piece[rows <= row] for piece, rows in zip(self._pieces, self._rows, strict=True)]
        )
        for mark, reached in zip(self.marks, self._mark_rows <= row, strict=True):
            mark.set_opacity(float(reached))
        return self


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
                self._add_tick(foot, DOWN, significant(tick), theme)
        for tick in locator.tick_values(*y):
            if y[0] <= tick <= y[1]:
                foot = self.place(np.array([x[0]]), np.array([tick]))[0]
                self._add_tick(foot, LEFT, significant(tick), theme)
        if x_label:
            text = words(x_label, color=theme.foreground, size=_TEXT_SIZE)
            self.add(text.next_to(corner + at(width / 2, 0), DOWN, buff=0.5))
        if y_label:
            text = words(y_label, color=theme.foreground, size=_TEXT_SIZE)
            text.next_to(corner + at(0, height), UP, buff=0.3)
            self.add(text.align_to(corner, LEFT))

    @property
    def steepness(self) -> float:
        """Slope on the frame of a line that rises by 1 for each 1 along x."""
        per_x, per_y = self._size / (self._high - self._low)
        return float(per_y / per_x)

    def place(self, x: FloatArray, y: FloatArray) -> Points:
        """Return the frame coordinates of points with values ``(n,)`` each: ``(n, 3)``.

        Points beyond the axes lie beyond them, and those that are not numbers nowhere.
        """
        values = np.column_stack([x, y]).astype(np.float64)
        share = (values - self._low) / (self._high - self._low)
        places: Points = self._corner + np.column_stack([share * self._size, np.zeros(len(share))])
        return places

    def shows(self, x: float, y: float) -> bool:
        """Return whether a point lies between the axes."""
        point = np.array([x, y])
        return bool(((point >= self._low) & (point <= self._high)).all())

    def line(self, x: FloatArray, y: FloatArray, color: str, *, width: float = 4) -> ChartLine:
        """Return a line through points with values ``(n,)`` each, as far as the axes show it."""
        clipped = clip_line(np.column_stack([x, y]), self._low, self._high)
        pieces = [self.place(*piece.T) for piece in clipped.pieces]
        marks = [
            self._mark(place, direction, color)
            for place, direction in zip(clipped.exits, clipped.directions, strict=True)
        ]
        return ChartLine(pieces, clipped.rows, marks, clipped.exit_rows, color, width)

    def _mark(self, place: FloatArray, direction: FloatArray, color: str) -> VMobject:
        """Return an arrowhead on the border, pointing to where a line has gone."""
        mark = Triangle(color=color, fill_opacity=1, stroke_width=0).scale_to_fit_height(_MARK)
        mark.rotate(np.arctan2(-direction[0], direction[1]))
        border = self.place(*place[:, None])[0]
        # Outside, where no data are.
        return mark.move_to(border + (0.5 * _MARK + 0.03) * at(*direction))

    def _add_tick(self, foot: Points, outwards: Points, text: str, theme: Theme) -> None:
        label = words(text, color=theme.muted, size=_TEXT_SIZE, max_width=_LABEL_WIDTH)
        line = Line(foot, foot + _TICK * outwards, color=theme.muted, stroke_width=2)
        self.add(line, label.next_to(foot, outwards, buff=0.16))
