"""The parts of a line that lie within a chart, and where the line leaves it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class ClippedLine:
    """The pieces of a line that lie within a rectangle, and its exits from it.

    Parameters
    ----------
    pieces
        Corners of each piece, ``(k, 2)``; a piece of one corner is a single point.
    rows
        For each corner of each piece, the row of the line that it belongs to, or that the line
        leads to from there, ``(k,)``.
    exits
        Where the line leaves the rectangle or enters it, on its border, ``(m, 2)``.
    directions
        Direction outwards at each exit: right or left, up or down, ``(m, 2)`` of -1, 0 and 1.
    exit_rows
        The row of the line that each exit leads to or comes from, ``(m,)``.
    """

    pieces: tuple[FloatArray, ...]
    rows: tuple[IntArray, ...]
    exits: FloatArray
    directions: FloatArray
    exit_rows: IntArray


def clip_line(points: FloatArray, low: FloatArray, high: FloatArray) -> ClippedLine:
    """Cut a line where it leaves a rectangle, and break it where it is not a number.

    Parameters
    ----------
    points
        Corners of the line, ``(n, 2)``. NaN is a gap. An infinite point lies outside, straight
        above or below (left or right): no piece leads there, as the path to it is not known. Of
        a run of such points the first and the last have an exit.
    low, high
        Lower left and upper right corner of the rectangle, ``(2,)``.

    Examples
    --------
    >>> line = np.array([[0.0, 0.5], [1.0, 2.5], [2.0, np.nan], [3.0, 0.0], [4.0, np.inf]])
    >>> clipped = clip_line(line, np.array([0.0, 0.0]), np.array([5.0, 1.0]))
    >>> [piece.tolist() for piece in clipped.pieces]
    [[[0.0, 0.5], [0.25, 1.0]], [[3.0, 0.0]]]
    >>> clipped.exits.tolist(), clipped.directions.tolist()
    ([[0.25, 1.0], [4.0, 1.0]], [[0.0, 1.0], [0.0, 1.0]])
    """
    points = np.asarray(points, np.float64)
    is_finite = np.asarray(np.isfinite(points).all(axis=1))
    clipping = _Clipping(_Rectangle(low, high))
    for row in range(len(points)):
        if row and is_finite[row - 1] and is_finite[row]:
            clipping.add_segment(points[row - 1], points[row], row)
        else:
            clipping.add_lone_point(points, row)
    return clipping.result()


@dataclass(frozen=True, slots=True, eq=False)
class _End:
    """An end of a part of a line: where it is, and the direction outwards if it is an exit."""

    place: FloatArray
    direction: FloatArray | None


@dataclass(frozen=True, slots=True, eq=False)
class _Rectangle:
    """A rectangle, its edges included, by two of its corners, ``(2,)``."""

    low: FloatArray
    high: FloatArray

    def contains(self, point: FloatArray) -> bool:
        return bool(((point >= self.low) & (point <= self.high)).all())

    def nearest(self, point: FloatArray) -> FloatArray:
        nearest: FloatArray = np.clip(point, self.low, self.high)
        return nearest

    def outwards(self, point: FloatArray) -> FloatArray:
        """Return the direction to a point outside: of the two, the one that is farthest."""
        beyond = np.maximum(point - self.high, 0) - np.maximum(self.low - point, 0)
        axis = int(np.argmax(np.abs(beyond) / (self.high - self.low)))
        direction = np.zeros(2)
        direction[axis] = np.sign(beyond[axis])
        return direction

    def clip_segment(self, begin: FloatArray, end: FloatArray) -> tuple[_End, _End] | None:
        """Return the part of a straight line within the rectangle; none if it passes by.

        Source
        ------
        Liang and Barsky, *A new concept and method for line clipping* (1984).
        """
        first, last = self._entry(begin, end), self._entry(end, begin)
        return None if first is None or last is None else (first, last)

    def _entry(self, begin: FloatArray, end: FloatArray) -> _End | None:
        """Return where a line from ``begin`` enters: there, if it begins inside."""
        if self.contains(begin):
            return _End(begin, None)
        entry: _End | None = None
        for axis in range(2):
            for border, sign in ((self.low[axis], -1.0), (self.high[axis], 1.0)):
                if not sign * (begin[axis] - border) > 0 or sign * (end[axis] - border) > 0:
                    continue
                # Counted from the nearer end: the other may be beyond all precision.
                share = (end[axis] - border) / (end[axis] - begin[axis])
                place = end + share * (begin - end)
                place[axis] = border
                other = 1 - axis
                if self.low[other] <= place[other] <= self.high[other]:
                    direction = np.zeros(2)
                    direction[axis] = sign
                    entry = _End(place, direction)
        return entry


class _Clipping:
    """The pieces and exits of a line that is followed from point to point."""

    def __init__(self, rectangle: _Rectangle) -> None:
        self._rectangle = rectangle
        self._pieces: list[list[FloatArray]] = []
        self._rows: list[list[int]] = []
        self._exits: list[FloatArray] = []
        self._directions: list[FloatArray] = []
        self._exit_rows: list[int] = []
        # Whether the last piece ends at the last point, inside.
        self._is_going_on = False

    def add_segment(self, begin: FloatArray, end: FloatArray, row: int) -> None:
        """Follow the line between two finite points to the second, which is in ``row``."""
        segment = self._rectangle.clip_segment(begin, end)
        if segment is None:
            self._is_going_on = False
            return
        if not self._is_going_on:
            self._begin_piece(segment[0].place, row)
        self._pieces[-1].append(segment[1].place)
        self._rows[-1].append(row)
        for cut in segment:
            if cut.direction is not None:
                self._add_exit(cut.place, cut.direction, row)
        self._is_going_on = self._rectangle.contains(end)

    def add_lone_point(self, points: FloatArray, row: int) -> None:
        """Begin anew at a point that nothing finite leads to."""
        point = points[row]
        self._is_going_on = self._rectangle.contains(point)
        if self._is_going_on:
            self._begin_piece(point, row)
        elif not np.isnan(point).any() and not (
            self._comes_in(points[row : row + 2]) or _is_amid(points[row - 1 : row + 2])
        ):
            rectangle = self._rectangle
            self._add_exit(rectangle.nearest(point), rectangle.outwards(point), row)

    def result(self) -> ClippedLine:
        """Return what was found so far."""
        return ClippedLine(
            tuple(np.array(piece) for piece in self._pieces),
            tuple(np.array(rows, np.int64) for rows in self._rows),
            np.array(self._exits).reshape(-1, 2),
            np.array(self._directions).reshape(-1, 2),
            np.array(self._exit_rows, np.int64),
        )

    def _begin_piece(self, place: FloatArray, row: int) -> None:
        self._pieces.append([place])
        self._rows.append([row])

    def _add_exit(self, place: FloatArray, direction: FloatArray, row: int) -> None:
        self._exits.append(place)
        self._directions.append(direction)
        self._exit_rows.append(row)

    def _comes_in(self, two: FloatArray) -> bool:
        """Tell whether a line from the first of two points is soon inside: that is its exit."""
        return (
            len(two) == 2
            and bool(np.isfinite(two).all())
            and self._rectangle.clip_segment(two[0], two[1]) is not None
        )


def _is_amid(three: FloatArray) -> bool:
    """Tell whether the second of three points lies in a run of infinite ones, not at its end."""
    sides = np.where(np.isinf(three), three, 0)
    return len(three) == 3 and bool(sides[1].any()) and bool((sides == sides[1]).all())
