"""Axes to draw curves on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

# Size of ticks' numbers and axes' names, points; a little smaller than a scene's other text.
_TEXT_SIZE = 24
# Lengths below are in frame units. A tick is just long enough to be seen beside its number.
_TICK, _TICK_BUFF = 0.08, 0.16
# Widest that the number of a tick may be: more would run out of the frame on the left.
_LABEL_WIDTH = 0.55
# From an axis to its name: the numbers of x stand in between, and those of y do not.
_X_LABEL_BUFF, _Y_LABEL_BUFF = 0.5, 0.3
# Height of the arrowhead where a line leaves the chart, and the gap between it and the border.
_MARK, _MARK_GAP = 0.16, 0.03


class ChartLine(VGroup):
    """A line on a chart, cut where it crosses the axes' border, with arrowheads at the cuts.

    :meth:`Chart.line` makes it. It can be shown as far as one of its data points.

    Parameters
    ----------
    pieces
        Corners of the visible pieces of the line, an array ``(k, 3)`` each, frame units.
    rows
        For each piece, the number of the data point that every corner is, ``(k,)``; a corner on
        the border has the number of the data point that comes next.
    marks
        Arrowheads, one at each place where the line crosses the border of the axes.
    mark_rows
        Number of the data point that each arrowhead belongs to, ``(len(marks),)``.
    color
        Colour of the line, ``#RRGGBB``.
    width
        Width of the line, in Manim's points.

    Attributes
    ----------
    trail
        The visible pieces, as one mobject.
    marks
        The arrowheads, as one group.
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
        """Show the line from its beginning up to one of its data points.

        Parameters
        ----------
        row
            Number of the last data point to show, from 0; infinity shows the whole line.
        """
        self.trail.lead_through(
            [piece[rows <= row] for piece, rows in zip(self._pieces, self._rows, strict=True)]
        )
        for mark, is_reached in zip(self.marks, self._mark_rows <= row, strict=True):
            mark.set_opacity(float(is_reached))
        return self


class Chart(VGroup):
    """Two axes with ticks and names, which know where each point of data lies on the frame.

    Parameters
    ----------
    x, y
        Lowest and highest value of each axis.
    theme
        Colours of the axes and of their text.
    center
        Middle of the area between the axes, ``(3,)``, frame units.
    width, height
        Size of the area between the axes, frame units; ticks and names stand outside it.
    x_label, y_label
        Name of each axis: below the middle of x, and above the upper end of y. An empty text
        sets none.
    n_ticks
        Number of ticks wanted on each axis; round numbers may make it a few more or fewer.
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
        for end in (at(width, 0), at(0, height)):
            self.add(Line(self._corner, self._corner + end, color=theme.muted, stroke_width=2))
        for tick in _ticks(x, n_ticks):
            self._add_tick(tick, y[0], DOWN, significant(tick), theme)
        for tick in _ticks(y, n_ticks):
            self._add_tick(x[0], tick, LEFT, significant(tick), theme)
        self._add_labels(x_label, y_label, theme)

    @property
    def steepness(self) -> float:
        """Slope on the frame of a line that rises by 1 in the data for each 1 along x."""
        per_x, per_y = self._size / (self._high - self._low)
        return float(per_y / per_x)

    def place(self, x: FloatArray, y: FloatArray) -> Points:
        """Return the frame coordinates of points of data.

        Parameters
        ----------
        x, y
            Values of the points along each axis, ``(n,)`` each. Values beyond an axis lie
            beyond it on the frame, too; NaN gives NaN.

        Returns
        -------
        Points
            Shape ``(n, 3)``, frame units.
        """
        values = np.column_stack([x, y]).astype(np.float64)
        share = (values - self._low) / (self._high - self._low)
        places: Points = self._corner + np.column_stack([share * self._size, np.zeros(len(share))])
        return places

    def shows(self, x: float, y: float) -> bool:
        """Return whether a point of data lies between the axes; one that is NaN does not."""
        point = np.array([x, y])
        return bool(((point >= self._low) & (point <= self._high)).all())

    def line(self, x: FloatArray, y: FloatArray, color: str, *, width: float = 4) -> ChartLine:
        """Return a line through points of data, as far as it lies between the axes.

        Parameters
        ----------
        x, y
            Values of the points along each axis, ``(n,)`` each. NaN is a gap in the line; an
            infinite value lies outside the axes, straight above or below (left or right).
        color
            Colour of the line, ``#RRGGBB``.
        width
            Width of the line, in Manim's points.
        """
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
        return mark.move_to(border + (0.5 * _MARK + _MARK_GAP) * at(*direction))

    def _add_tick(self, x: float, y: float, outwards: Points, text: str, theme: Theme) -> None:
        """Add a tick at a value of either axis, and its number, outside the axes."""
        foot = self.place(np.array([x]), np.array([y]))[0]
        label = words(text, color=theme.muted, size=_TEXT_SIZE, max_width=_LABEL_WIDTH)
        line = Line(foot, foot + _TICK * outwards, color=theme.muted, stroke_width=2)
        self.add(line, label.next_to(foot, outwards, buff=_TICK_BUFF))

    def _add_labels(self, x_label: str, y_label: str, theme: Theme) -> None:
        """Add the names of the axes that have one."""
        corner, (width, height) = self._corner, self._size
        if x_label:
            text = words(x_label, color=theme.foreground, size=_TEXT_SIZE)
            self.add(text.next_to(corner + at(width / 2, 0), DOWN, buff=_X_LABEL_BUFF))
        if y_label:
            text = words(y_label, color=theme.foreground, size=_TEXT_SIZE)
            text.next_to(corner + at(0, height), UP, buff=_Y_LABEL_BUFF)
            self.add(text.align_to(corner, LEFT))


def _ticks(ends: tuple[float, float], n_ticks: int) -> Iterator[float]:
    """Yield the round numbers between the ends of an axis."""
    locator = MaxNLocator(n_ticks, steps=[1, 2, 5, 10])
    return (tick for tick in locator.tick_values(*ends) if ends[0] <= tick <= ends[1])
