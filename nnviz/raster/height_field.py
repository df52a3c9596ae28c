"""A height field over a rectangle, drawn as a camera that turns around it sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.arrays import FloatArray
from nnviz.errors import ShapeError
from nnviz.raster.layer import Layer
from nnviz.raster.shading import diffuse_brightness
from nnviz.raster.viewpoint import Viewpoint

# Samples along a column's line of sight, and rows drawn for one of pixels: fewer show steps on
# steep slopes at 1080p, more cost time and show no difference.
_SAMPLES, _ROWS = 192, 2
# Brightness of the faces under the field's edges: those at its ends in x, and in y.
_FACES = (1.0, 0.75)


@dataclass(frozen=True, slots=True, eq=False)
class PlacedLayer:
    """A layer and where it belongs.

    Parameters
    ----------
    layer
        What is seen; its first row is on top.
    left, top
        Place of its first pixel, in pixels right of and above the field's middle.
    """

    layer: Layer
    left: int
    top: int


@dataclass(frozen=True, slots=True, eq=False)
class _GridLines:
    """Straight lines over the grid, sampled evenly: where each starts, and its step.

    All ``(n,)``, in rows and columns of the grid, plus one half, so that cutting off the
    fraction finds the nearest grid point.
    """

    row: FloatArray
    row_step: FloatArray
    column: FloatArray
    column_step: FloatArray

    def repeat(self, counts: NDArray[np.integer]) -> _GridLines:
        """Return each line as many times as its count says."""
        parts = (self.row, self.row_step, self.column, self.column_step)
        return _GridLines(*(np.repeat(part, counts) for part in parts))

    def cells(self, samples: FloatArray, n_y: int, n_x: int) -> NDArray[np.intp]:
        """Return the flat index of the grid point nearest to samples on the lines.

        Samples ``(k,)`` that every line has, giving ``(n, k)``; or ``(n,)``, one of each line.
        """
        row, row_step = self.row, self.row_step
        column, column_step = self.column, self.column_step
        if len(samples) != len(row):
            row, row_step = row[:, None], row_step[:, None]
            column, column_step = column[:, None], column_step[:, None]
        rows = (row + row_step * samples).astype(np.int32)
        columns = (column + column_step * samples).astype(np.int32)
        # At the edges rounding may lead a hair's breadth outside.
        np.clip(rows, 0, n_y - 1, out=rows)
        np.clip(columns, 0, n_x - 1, out=columns)
        rows *= np.int32(n_x)
        rows += columns
        return rows.astype(np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class _Spans:
    """Where lines of sight cross the rectangle.

    Parameters
    ----------
    first, last
        How far back on the ground each comes over the rectangle and leaves it, ``(n,)``; those
        that miss it leave before they come.
    faces
        Which face each comes over, ``(n,)``: 0 at an end in x, 1 in y.
    """

    first: FloatArray
    last: FloatArray
    faces: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class _SightLines:
    """The line of sight of each column of pixels that sees the field.

    Parameters
    ----------
    left
        The first column, in pixels right of the field's middle.
    first, step
        How far back on the ground the first sample is, and from one to the next, ``(n,)``.
    faces
        Face of the block that each column sees first, ``(n,)``.
    on_grid
        The lines over the grid.
    """

    left: int
    first: FloatArray
    step: FloatArray
    faces: NDArray[np.int32]
    on_grid: _GridLines


@dataclass(frozen=True, slots=True, eq=False)
class _Profile:
    """The rows that samples of the field reach on the screen, counted from the lowest.

    Parameters
    ----------
    lowest, n_rows
        The lowest row, counted from the field's middle, and how many there are.
    up
        Row of each sample, ``(n, _SAMPLES)``.
    feet
        Row that each column's face stands on, ``(n,)``.
    reached
        Highest row so far, from front to back: what rises above all before it is seen.
    """

    lowest: int
    n_rows: int
    up: FloatArray
    feet: NDArray[np.int32]
    reached: NDArray[np.int32]

    @property
    def n_shown(self) -> NDArray[np.int32]:
        """Rows that each sample shows, ``(n, _SAMPLES)``."""
        shown: NDArray[np.int32] = np.diff(self.reached, axis=1, prepend=self.feet[:, None])
        return shown

    @property
    def n_column(self) -> NDArray[np.int32]:
        """Rows that each column shows, ``(n,)``."""
        shown: NDArray[np.int32] = self.reached[:, -1] - self.feet
        return shown


class HeightField:
    """A shaded block whose top is a height field.

    Every column of pixels looks along one line over the ground. From front to back, what rises
    above all before it is seen: a running maximum, for all columns at once.

    Parameters
    ----------
    heights
        Over a fine grid, ``(n_y, n_x)``, 0 or more; the block's bottom is at 0.
    colors
        Of each grid point, ``(n_y, n_x, 3)`` in [0, 1].
    face
        Colour of the faces, ``(3,)``.
    size
        Width (x) and depth (y) of the rectangle, whose middle is (0, 0).

    Raises
    ------
    ShapeError
        If heights and colours are not of one grid, of at least 2 x 2 points.
    """

    def __init__(
        self,
        heights: FloatArray,
        colors: FloatArray,
        face: FloatArray,
        size: tuple[float, float],
    ) -> None:
        if np.ndim(heights) != 2 or min(heights.shape) < 2 or colors.shape != (*heights.shape, 3):
            message = (
                "heights must have shape (n_y, n_x), at least (2, 2), and colours one more axis "
                f"of 3; got {np.shape(heights)} and {np.shape(colors)}."
            )
            raise ShapeError(message)
        self.size = size
        self._shape = heights.shape
        self._heights = np.ascontiguousarray(heights, np.float32).ravel()
        lit = colors * diffuse_brightness(heights, size)[..., None]
        texture = np.full((*heights.shape, 4), 255, np.uint8)
        texture[..., :3] = np.rint(np.clip(lit, 0, 1) * 255)
        # The colours of the faces follow those of the grid.
        faces = np.full((len(_FACES), 4), 255, np.uint8)
        faces[:, :3] = np.rint(np.outer(_FACES, np.clip(face, 0, 1)) * 255)
        self._palette = np.concatenate([texture.reshape(-1, 4), faces]).view(np.uint32).ravel()

    def __deepcopy__(self, memo: dict[int, Any]) -> HeightField:
        return self  # nothing of it ever changes

    def height_at(self, points: FloatArray) -> FloatArray:
        """Return the height of the grid points nearest to points of the ground.

        Parameters
        ----------
        points
            ``(..., 2)``; beyond the edges the nearest edge counts.

        Returns
        -------
        FloatArray
            ``(...)``.
        """
        places = np.asarray(points) / self.size + 0.5
        i, j = (
            np.clip(np.rint(places[..., axis] * (n - 1)).astype(int), 0, n - 1)
            for axis, n in ((1, self._shape[0]), (0, self._shape[1]))
        )
        heights: FloatArray = self._heights[i * self._shape[1] + j]
        return heights

    def hides(self, points: FloatArray, view: Viewpoint) -> NDArray[np.bool_]:
        """Tell which points the field hides from a camera.

        Parameters
        ----------
        points
            ``(n, 3)``, over or under the field.
        view
            Where the camera looks from.

        Returns
        -------
        NDArray
            ``(n,)`` of bool.
        """
        seen = view.project(points)
        spans = self._spans(seen[:, 0], view)
        first, last = spans.first, spans.last
        until = np.minimum(seen[:, 2], last)
        along = np.linspace(0, 1, _SAMPLES)
        back = first[:, None] + along * np.maximum(until - first, 0)[:, None]
        right = np.broadcast_to(seen[:, :1], back.shape)
        heights = self.height_at(view.on_ground(right, back))
        up = heights * np.cos(view.elevation) + back * np.sin(view.elevation)
        is_before = (until > first) & (last > first)
        # A point on the surface is not hidden by its own neighbourhood.
        margin = 0.01 * np.hypot(*self.size)
        return np.asarray(is_before & (up.max(axis=1) > seen[:, 1] + margin))

    def draw(self, view: Viewpoint, scale: float) -> PlacedLayer:
        """Draw what a camera sees.

        Parameters
        ----------
        view
            Where the camera looks from.
        scale
            Pixels per unit.
        """
        lines = self._sight_lines(view, scale)
        profile = self._profile(lines, view, scale)
        n_column, feet = profile.n_column, profile.feet
        columns = np.zeros((len(feet), profile.n_rows), np.uint32)
        runs = np.stack([feet, n_column, profile.n_rows - feet - n_column], axis=1)
        is_shown = np.repeat(np.tile([False, True, False], len(feet)), runs.ravel())
        columns.ravel()[is_shown] = self._palette[self._visible_cells(lines, profile)]
        return _averaged(columns, lines.left, profile.lowest)

    def _sight_lines(self, view: Viewpoint, scale: float) -> _SightLines:
        width, depth = self.size
        half = (width * abs(np.cos(view.azimuth)) + depth * abs(np.sin(view.azimuth))) / 2
        left = int(np.floor(-half * scale))
        right = (np.arange(left, -left, dtype=np.float32) + np.float32(0.5)) / np.float32(scale)
        spans = self._spans(right, view)
        is_over = spans.last > spans.first
        left += int(is_over.argmax())
        right, first, last = right[is_over], spans.first[is_over], spans.last[is_over]
        step = (last - first) / np.float32(_SAMPLES - 1)
        on_grid = self._grid_lines(right, first, step, view)
        return _SightLines(left, first, step, spans.faces[is_over], on_grid)

    def _profile(self, lines: _SightLines, view: Viewpoint, scale: float) -> _Profile:
        """Return where the samples along lines of sight are seen."""
        sine, cosine = (np.float32(_ROWS * scale * f(view.elevation)) for f in (np.sin, np.cos))
        number = np.arange(_SAMPLES, dtype=np.float32)
        front = lines.first * sine
        up = self._heights[lines.on_grid.cells(number, *self._shape)]
        up *= cosine
        lowest = _ROWS * int(np.floor(float(front.min()) / _ROWS))
        up += (front - np.float32(lowest))[:, None] + (lines.step * sine)[:, None] * number
        n_rows = _ROWS * (int(up.max()) // _ROWS + 1)
        reached = np.maximum.accumulate((up + np.float32(0.5)).astype(np.int32), axis=1)
        feet = (front - np.float32(lowest - 0.5)).astype(np.int32)
        return _Profile(lowest, n_rows, up, feet, reached)

    def _visible_cells(self, lines: _SightLines, profile: _Profile) -> NDArray[np.intp]:
        """Return what each row of each column shows, as places of the palette.

        Between two samples the field is straight, so that a row shows a place on the line of
        sight. The first sample of a column stands on the face under it.
        """
        n_shown, n_column, feet = profile.n_shown, profile.n_column, profile.feet
        n_faces = n_shown[:, 0]
        number = np.arange(_SAMPLES, dtype=np.float32)
        with np.errstate(divide="ignore", invalid="ignore"):
            per_row = 1 / np.diff(profile.up, axis=1, prepend=profile.up[:, :1])
            start = number - profile.up * per_row
        per_row[:, 0] = start[:, 0] = 0
        n_before = np.cumsum(n_column) - n_column
        row = np.arange(n_column.sum(), dtype=np.float32)
        row -= np.repeat((n_before - feet - 0.5).astype(np.float32), n_column)
        sample = np.repeat(per_row.ravel(), n_shown.ravel())
        sample *= row
        sample += np.repeat(start.ravel(), n_shown.ravel())
        cells = lines.on_grid.repeat(n_column).cells(sample, *self._shape)
        is_face = np.repeat(
            np.tile([True, False], len(feet)), np.stack([n_faces, n_column - n_faces], 1).ravel()
        )
        cells[is_face] = np.repeat(lines.faces + len(self._heights), n_faces)
        return cells

    def _spans(self, right: FloatArray, view: Viewpoint) -> _Spans:
        """Return where lines of sight, so far right, cross the rectangle."""
        cosine, sine = np.cos(view.azimuth), np.sin(view.azimuth)
        ranges = []
        for along, middle, half in (
            (-sine, right * cosine, self.size[0] / 2),
            (cosine, right * sine, self.size[1] / 2),
        ):
            slope = along if abs(along) > 1e-9 else 1e-9
            ends = np.stack([(-half - middle) / slope, (half - middle) / slope])
            ranges.append((ends.min(axis=0), ends.max(axis=0)))
        (first_x, last_x), (first_y, last_y) = ranges
        faces = np.where(first_x > first_y, 0, 1).astype(np.int32)
        kind = np.asarray(right).dtype
        first, last = np.maximum(first_x, first_y), np.minimum(last_x, last_y)
        return _Spans(first.astype(kind), last.astype(kind), faces)

    def _grid_lines(
        self, right: FloatArray, first: FloatArray, step: FloatArray, view: Viewpoint
    ) -> _GridLines:
        """Return lines of sight over the grid, ``(n,)`` each."""
        n_y, n_x = self._shape
        cosine, sine = np.cos(view.azimuth), np.sin(view.azimuth)
        per_x, per_y = (n_x - 1) / self.size[0], (n_y - 1) / self.size[1]
        x, y = right * cosine - first * sine, right * sine + first * cosine
        parts = (
            y * per_y + n_y / 2,
            step * cosine * per_y,
            x * per_x + n_x / 2,
            -step * sine * per_x,
        )
        return _GridLines(*(part.astype(np.float32) for part in parts))


def _averaged(columns: NDArray[np.uint32], left: int, lowest: int) -> PlacedLayer:
    """Return columns of rows, from the lowest up, as rows of pixels from the top down."""
    upright = np.ascontiguousarray(columns.T[::-1])
    channels = upright.view(np.uint8).reshape(-1, _ROWS, len(columns), 4)
    sums = channels[:, 0].astype(np.uint16)
    for i in range(1, _ROWS):
        sums += channels[:, i]
    colors = np.empty((3, *sums.shape[:2]), np.float32)
    for channel in range(3):
        np.multiply(sums[..., channel], np.float32(1 / _ROWS), out=colors[channel])
    cover = sums[..., 3] * np.float32(1 / (255 * _ROWS))
    return PlacedLayer(Layer(colors, 1 - cover), left, lowest // _ROWS + len(sums))
