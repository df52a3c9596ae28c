"""What of a line lies within a chart, and where it leaves it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class ClippedLine:
    """The pieces of a line that lie within a rectangle, and its ways out of it.

    Parameters
    ----------
    pieces
        Corners of each, ``(k, 2)``.
    rows
        For each corner of each piece, the row of the line that it belongs to, or that the line
        is on its way to there, ``(k,)``.
    exits
        Where the line leaves the rectangle or comes into it, on its border, ``(m, 2)``.
    directions
        Outwards at each exit: right or left, up or down, ``(m, 2)`` of -1, 0 and 1.
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
        ``(n, 2)``. NaN is a gap. What is infinite lies outside, straight above or below (left
        or right): no piece leads there, as the way to it is not known. Of a run of such points
        the first and the last have an exit.
    low, high
        Corners of the rectangle, ``(2,)``.

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
    pieces: list[list[FloatArray]] = []
    rows: list[list[int]] = []
    exits: list[tuple[FloatArray, FloatArray, int]] = []
    is_number = np.asarray(~np.isnan(points).any(axis=1))
    is_finite = np.asarray(np.isfinite(points).all(axis=1))
    is_inside = np.asarray(is_number & ((points >= low) & (points <= high)).all(axis=1))
    is_going_on = False
    for row, point in enumerate(points):
        before = row - 1
        if row and is_finite[row] and is_finite[before]:
            segment = _clip_segment(points[before], point, low, high)
            if segment is None:
                is_going_on = False
                continue
            begin, end = segment
            if not is_going_on:
                pieces.append([begin.place])
                rows.append([row])
            pieces[-1].append(end.place)
            rows[-1].append(row)
            exits += [
                (cut.place, cut.direction, row) for cut in segment if cut.direction is not None
            ]
            is_going_on = bool(is_inside[row])
            continue
        is_going_on = bool(is_inside[row])
        if is_going_on:
            pieces.append([point])
            rows.append([row])
        elif is_number[row] and not (
            _comes_in(points[row : row + 2], low, high) or _is_amid(points[before : row + 2])
        ):
            exits.append((np.clip(point, low, high), _outwards(point, low, high), row))
    return ClippedLine(
        tuple(np.array(piece) for piece in pieces),
        tuple(np.array(each, np.int64) for each in rows),
        np.array([place for place, _, _ in exits]).reshape(-1, 2),
        np.array([direction for _, direction, _ in exits]).reshape(-1, 2),
        np.array([row for _, _, row in exits], np.int64),
    )


def _is_amid(three: FloatArray) -> bool:
    """Tell whether the second of three points lies in a run of infinite ones, not at its end."""
    sides = np.where(np.isinf(three), three, 0)
    return len(three) == 3 and bool(sides[1].any()) and bool((sides == sides[1]).all())


def _comes_in(two: FloatArray, low: FloatArray, high: FloatArray) -> bool:
    """Tell whether a line from the first of two points is soon inside: that is its exit."""
    return (
        len(two) == 2
        and bool(np.isfinite(two).all())
        and _clip_segment(two[0], two[1], low, high) is not None
    )


@dataclass(frozen=True, slots=True, eq=False)
class _End:
    """An end of a part of a line: where it is, and the way out of the rectangle if it is cut."""

    place: FloatArray
    direction: FloatArray | None


def _clip_segment(
    begin: FloatArray, end: FloatArray, low: FloatArray, high: FloatArray
) -> tuple[_End, _End] | None:
    """Return the part of a straight line within a rectangle; none if it passes by.

    Source
    ------
    Liang and Barsky, *A new concept and method for line clipping* (1984).
    """
    cut = _way_in(begin, end, low, high), _way_in(end, begin, low, high)
    if cut[0] is None or cut[1] is None:
        return None
    return cut[0], cut[1]


def _way_in(begin: FloatArray, end: FloatArray, low: FloatArray, high: FloatArray) -> _End | None:
    """Return where a line from ``begin`` comes into a rectangle: there, if it begins inside."""
    if ((begin >= low) & (begin <= high)).all():
        return _End(begin, None)
    best: _End | None = None
    for axis in range(2):
        for border, sign in ((low, -1.0), (high, 1.0)):
            if not sign * (begin[axis] - border[axis]) > 0 or sign * (end[axis] - border[axis]) > 0:
                continue
            # Counted from the nearer end: the other may be beyond all precision.
            share = (end[axis] - border[axis]) / (end[axis] - begin[axis])
            place = end + share * (begin - end)
            place[axis] = border[axis]
            other = 1 - axis
            if low[other] <= place[other] <= high[other]:
                direction = np.zeros(2)
                direction[axis] = sign
                best = _End(place, direction)
    return best


def _outwards(outside: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """Return the direction from a rectangle to a point outside it: the one that is farthest."""
    beyond = np.maximum(outside - high, 0) - np.maximum(low - outside, 0)
    axis = int(np.argmax(np.abs(beyond) / (high - low)))
    direction = np.zeros(2)
    direction[axis] = np.sign(beyond[axis])
    return direction
