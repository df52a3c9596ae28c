"""Lines of sight over a rectangle of ground, and the grid points that they pass."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.arrays import FloatArray
from nnviz.raster.viewpoint import Viewpoint

# A line of sight that runs along an edge of the rectangle never meets it: its slope is taken to
# be this small instead, so that the crossing is far away and not a division by zero.
_LEAST_SLOPE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class GridLines:
    """Straight lines over a grid, sampled evenly: where each starts, and its step.

    All values are in rows and columns of the grid plus one half, so that cutting off the
    fraction finds the nearest grid point.

    Parameters
    ----------
    row, column
        Where the first sample of each line lies, ``(n,)``.
    row_step, column_step
        How far apart two samples of each line are, ``(n,)``.
    """

    row: FloatArray
    row_step: FloatArray
    column: FloatArray
    column_step: FloatArray

    def repeat(self, counts: NDArray[np.integer]) -> GridLines:
        """Return each line as many times as its count says; ``counts`` has shape ``(n,)``."""
        parts = (self.row, self.row_step, self.column, self.column_step)
        return GridLines(*(np.repeat(part, counts) for part in parts))

    def cells(self, samples: FloatArray, shape: tuple[int, int]) -> NDArray[np.intp]:
        """Return the flat indices of the grid points nearest to samples on the lines.

        Parameters
        ----------
        samples
            Numbers of samples, which may be fractions: ``(1, k)`` that every line has, or
            ``(n,)``, one of each line.
        shape
            Number of rows and of columns of the grid.

        Returns
        -------
        NDArray
            ``(n, k)``, or ``(n,)`` for one sample of each line.
        """
        row, row_step = self.row, self.row_step
        column, column_step = self.column, self.column_step
        if samples.ndim == 2:
            row, row_step = row[:, None], row_step[:, None]
            column, column_step = column[:, None], column_step[:, None]
        rows = (row + row_step * samples).astype(np.int32)
        columns = (column + column_step * samples).astype(np.int32)
        # At the edges rounding may lead a hair's breadth outside.
        np.clip(rows, 0, shape[0] - 1, out=rows)
        np.clip(columns, 0, shape[1] - 1, out=columns)
        rows *= np.int32(shape[1])
        rows += columns
        return rows.astype(np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class Crossings:
    """Where lines of sight cross a rectangle of ground.

    Parameters
    ----------
    first, last
        How far back on the ground each line enters the rectangle and leaves it, ``(n,)``; a line
        that misses the rectangle has a ``last`` before its ``first``.
    faces
        Which face each line enters through, ``(n,)``: 0 for one at an end in x, 1 in y.
    """

    first: FloatArray
    last: FloatArray
    faces: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class SightLines:
    """The line of sight of each column of pixels that sees the ground.

    Parameters
    ----------
    left
        The first column, in pixels right of the rectangle's middle.
    first, step
        How far back on the ground the first sample of each line is, and the distance from one
        sample to the next, ``(n,)``.
    faces
        The face that each column sees first, ``(n,)``: 0 for one at an end in x, 1 in y.
    on_grid
        The same lines in rows and columns of the grid.
    """

    left: int
    first: FloatArray
    step: FloatArray
    faces: NDArray[np.int32]
    on_grid: GridLines


@dataclass(frozen=True, slots=True)
class Ground:
    """A rectangle of ground, whose middle is (0, 0), and the grid of points over it.

    Parameters
    ----------
    size
        Width (x) and depth (y) of the rectangle.
    shape
        Number of grid points along y and along x; the outermost ones lie on the edges.
    """

    size: tuple[float, float]
    shape: tuple[int, int]

    def nearest(self, points: FloatArray) -> NDArray[np.intp]:
        """Return the flat indices ``(...)`` of the grid points nearest to points ``(..., 2)``."""
        places = np.asarray(points) / self.size + 0.5
        i, j = (
            np.clip(np.rint(places[..., axis] * (n - 1)).astype(int), 0, n - 1)
            for axis, n in ((1, self.shape[0]), (0, self.shape[1]))
        )
        nearest: NDArray[np.intp] = i * self.shape[1] + j
        return nearest

    def crossings(self, right: FloatArray, view: Viewpoint) -> Crossings:
        """Return where lines of sight cross the rectangle.

        Parameters
        ----------
        right
            How far right of the middle each line is seen, ``(n,)``.
        view
            Where the camera looks from.
        """
        cosine, sine = np.cos(view.azimuth), np.sin(view.azimuth)
        ranges = []
        for along, middle, half in (
            (-sine, right * cosine, self.size[0] / 2),
            (cosine, right * sine, self.size[1] / 2),
        ):
            slope = along if abs(along) > _LEAST_SLOPE else _LEAST_SLOPE
            ends = np.stack([(-half - middle) / slope, (half - middle) / slope])
            ranges.append((ends.min(axis=0), ends.max(axis=0)))
        (first_x, last_x), (first_y, last_y) = ranges
        faces = np.where(first_x > first_y, 0, 1).astype(np.int32)
        dtype = np.asarray(right).dtype
        first, last = np.maximum(first_x, first_y), np.minimum(last_x, last_y)
        return Crossings(first.astype(dtype), last.astype(dtype), faces)

    def sight_lines(self, view: Viewpoint, scale: float, n_samples: int) -> SightLines:
        """Return the line of sight of each column of pixels that sees the rectangle.

        Parameters
        ----------
        view
            Where the camera looks from.
        scale
            Pixels per unit of the rectangle's size.
        n_samples
            Number of samples along each line, from where it enters the rectangle to where it
            leaves it.
        """
        width, depth = self.size
        half = (width * abs(np.cos(view.azimuth)) + depth * abs(np.sin(view.azimuth))) / 2
        left = int(np.floor(-half * scale))
        right = (np.arange(left, -left, dtype=np.float32) + np.float32(0.5)) / np.float32(scale)
        crossings = self.crossings(right, view)
        is_over = crossings.last > crossings.first
        left += int(is_over.argmax())
        right, first, last = right[is_over], crossings.first[is_over], crossings.last[is_over]
        step = (last - first) / np.float32(n_samples - 1)
        on_grid = self._grid_lines(right, first, step, view)
        return SightLines(left, first, step, crossings.faces[is_over], on_grid)

    def _grid_lines(
        self, right: FloatArray, first: FloatArray, step: FloatArray, view: Viewpoint
    ) -> GridLines:
        """Return lines of sight, given by ``(n,)`` each, in rows and columns of the grid."""
        n_y, n_x = self.shape
        cosine, sine = np.cos(view.azimuth), np.sin(view.azimuth)
        per_x, per_y = (n_x - 1) / self.size[0], (n_y - 1) / self.size[1]
        x, y = right * cosine - first * sine, right * sine + first * cosine
        parts = (
            y * per_y + n_y / 2,
            step * cosine * per_y,
            x * per_x + n_x / 2,
            -step * sine * per_x,
        )
        return GridLines(*(part.astype(np.float32) for part in parts))
