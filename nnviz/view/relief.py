"""A surface over a rectangle, as a camera that turns around it sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.arrays import FloatArray
from nnviz.errors import ShapeError

# Points at which a column's line of sight meets the surface, and rows drawn for one of pixels.
_SAMPLES, _ROWS = 192, 2

# Of light: where it comes from, x, y and z, and the share that comes from everywhere.
_LIGHT = np.array([-0.55, -0.25, 0.8])
_AMBIENT = 0.4
# Brightness of the faces under the surface's edges: those at its ends in x, and in y.
_FACES = (1.0, 0.75)


@dataclass(frozen=True, slots=True)
class View:
    """Where a camera looks from: so far away that nothing looks smaller for being farther.

    Parameters
    ----------
    azimuth
        Of the camera around the surface, radians; at 0 it looks along y.
    elevation
        Above the ground, radians, above 0 and below a right angle.
    """

    azimuth: float
    elevation: float

    def project(self, points: FloatArray) -> FloatArray:
        """Return where points ``(n, 3)`` are seen: right, up, and how far back on the ground."""
        x, y, z = np.asarray(points, np.float64).T
        right = x * np.cos(self.azimuth) + y * np.sin(self.azimuth)
        back = y * np.cos(self.azimuth) - x * np.sin(self.azimuth)
        up = z * np.cos(self.elevation) + back * np.sin(self.elevation)
        return np.column_stack([right, up, back])


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What is seen of a surface.

    Parameters
    ----------
    colors
        Levels, 0 to 255, multiplied by the cover, ``(3, h, w)`` float32; the first row on top.
    cover
        Share of each pixel that the surface takes, ``(h, w)`` float32 in [0, 1].
    left, top
        Of the picture's first pixel, in pixels right of and above the surface's middle.
    """

    colors: FloatArray
    cover: FloatArray
    left: int
    top: int


class Relief:
    """A shaded surface with faces under its edges, as a block of it.

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
        lit = colors * _brightness(heights, size)[..., None]
        texture = np.full((*heights.shape, 4), 255, np.uint8)
        texture[..., :3] = np.rint(np.clip(lit, 0, 1) * 255)
        # The colours of the faces follow those of the grid.
        faces = np.full((len(_FACES), 4), 255, np.uint8)
        faces[:, :3] = np.rint(np.outer(_FACES, np.clip(face, 0, 1)) * 255)
        self._palette = np.concatenate([texture.reshape(-1, 4), faces]).view(np.uint32).ravel()

    def __deepcopy__(self, memo: dict[int, Any]) -> Relief:
        return self  # nothing of it ever changes

    def height_at(self, points: FloatArray) -> FloatArray:
        """Return the surface's height at points of the ground, ``(..., 2)``: ``(...)``."""
        places = np.asarray(points) / self.size + 0.5
        i, j = (
            np.clip(np.rint(places[..., axis] * (n - 1)).astype(int), 0, n - 1)
            for axis, n in ((1, self._shape[0]), (0, self._shape[1]))
        )
        heights: FloatArray = self._heights[i * self._shape[1] + j]
        return heights

    def hides(self, points: FloatArray, view: View) -> NDArray[np.bool_]:
        """Tell which points ``(n, 3)``, over or under the surface, it stands in front of."""
        seen = view.project(points)
        first, last, _ = self._spans(seen[:, 0], view)
        until = np.minimum(seen[:, 2], last)
        along = np.linspace(0, 1, _SAMPLES)
        back = first[:, None] + along * np.maximum(until - first, 0)[:, None]
        right = np.broadcast_to(seen[:, :1], back.shape)
        heights = self.height_at(_on_ground(right, back, view))
        up = heights * np.cos(view.elevation) + back * np.sin(view.elevation)
        is_before = (until > first) & (last > first)
        # A point on the surface is not hidden by its own neighbourhood.
        margin = 0.01 * np.hypot(*self.size)
        return np.asarray(is_before & (up.max(axis=1) > seen[:, 1] + margin))

    def draw(self, view: View, scale: float) -> Picture:
        """Draw what is seen.

        Parameters
        ----------
        view
            Of the camera.
        scale
            Pixels per unit.
        """
        width, depth = self.size
        half = (width * abs(np.cos(view.azimuth)) + depth * abs(np.sin(view.azimuth))) / 2
        left = int(np.floor(-half * scale))
        right = (np.arange(left, -left, dtype=np.float32) + np.float32(0.5)) / np.float32(scale)
        first, last, faces = self._spans(right, view)
        is_over = last > first
        left += int(is_over.argmax())
        right, first, last = right[is_over], first[is_over], last[is_over]
        faces = faces[is_over]
        step = (last - first) / np.float32(_SAMPLES - 1)
        i, j = self._lines_of_sight(right, first, step, view)

        # Where each sample is seen, in rows counted from the lowest.
        sine, cosine = (np.float32(_ROWS * scale * f(view.elevation)) for f in (np.sin, np.cos))
        number = np.arange(_SAMPLES, dtype=np.float32)
        up = self._heights[self._cells(i, j, number)]
        up *= cosine
        lowest = _ROWS * int(np.floor(float((first * sine).min()) / _ROWS))
        up += (first * sine - np.float32(lowest))[:, None] + (step * sine)[:, None] * number
        n_rows = _ROWS * (int(up.max()) // _ROWS + 1)

        # How many rows each sample shows: those it rises above all before it. Between two
        # samples the surface is straight, so that a row shows a place on the line of sight.
        reached = np.maximum.accumulate((up + np.float32(0.5)).astype(np.int32), axis=1)
        feet = (first * sine - np.float32(lowest - 0.5)).astype(np.int32)
        n_shown = np.diff(reached, axis=1, prepend=feet[:, None])
        n_faces, n_column = n_shown[:, 0], reached[:, -1] - feet
        with np.errstate(divide="ignore", invalid="ignore"):
            per_row = 1 / np.diff(up, axis=1, prepend=up[:, :1])
            start = number - up * per_row
        per_row[:, 0] = start[:, 0] = 0
        n_before = np.cumsum(n_column) - n_column
        row = np.arange(n_column.sum(), dtype=np.float32)
        row -= np.repeat((n_before - feet - 0.5).astype(np.float32), n_column)
        place = np.repeat(per_row.ravel(), n_shown.ravel())
        place *= row
        place += np.repeat(start.ravel(), n_shown.ravel())

        i, j = ([np.repeat(part, n_column) for part in line] for line in (i, j))
        cells = self._cells(i, j, place)
        # The first sample of a column stands on the face under it.
        is_face = np.repeat(
            np.tile([True, False], len(right)), np.stack([n_faces, n_column - n_faces], 1).ravel()
        )
        cells[is_face] = np.repeat(faces + len(self._heights), n_faces)
        picture = np.zeros(len(right) * n_rows, np.uint32)
        runs = np.stack([feet, n_column, n_rows - feet - n_column], axis=1)
        is_shown = np.repeat(np.tile([False, True, False], len(right)), runs.ravel())
        picture[is_shown] = self._palette[cells]
        return _averaged(picture.reshape(len(right), n_rows), left, lowest // _ROWS)

    def _spans(
        self, right: FloatArray, view: View
    ) -> tuple[FloatArray, FloatArray, NDArray[np.int32]]:
        """Return where lines of sight come over the rectangle and leave it, by which face."""
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
        return first.astype(kind), last.astype(kind), faces

    def _lines_of_sight(
        self, right: FloatArray, first: FloatArray, step: FloatArray, view: View
    ) -> tuple[list[FloatArray], list[FloatArray]]:
        """Return each column's first place on the grid and the way from one to the next.

        In rows and in columns of the grid, ``(n,)`` each.
        """
        n_y, n_x = self._shape
        cosine, sine = np.cos(view.azimuth), np.sin(view.azimuth)
        per_x, per_y = (n_x - 1) / self.size[0], (n_y - 1) / self.size[1]
        x, y = right * cosine - first * sine, right * sine + first * cosine
        # Half a cell more, so that cutting off the fraction finds the nearest.
        i, j = (
            [y * per_y + n_y / 2, step * cosine * per_y],
            [x * per_x + n_x / 2, -step * sine * per_x],
        )
        return [part.astype(np.float32) for part in i], [part.astype(np.float32) for part in j]

    def _cells(
        self, i: list[FloatArray], j: list[FloatArray], place: FloatArray
    ) -> NDArray[np.intp]:
        """Return the grid points nearest to places along lines of sight.

        Of lines ``(n,)`` at the same places ``(m,)``, all of them ``(n, m)``; or of places on
        a line each.
        """
        if len(place) != len(i[0]):
            i, j = ([part[:, None] for part in line] for line in (i, j))
        n_y, n_x = self._shape
        rows = (i[0] + i[1] * place).astype(np.int32)
        columns = (j[0] + j[1] * place).astype(np.int32)
        # At the edges rounding may lead a hair's breadth outside.
        np.clip(rows, 0, n_y - 1, out=rows)
        np.clip(columns, 0, n_x - 1, out=columns)
        rows *= np.int32(n_x)
        rows += columns
        return rows.astype(np.intp)


def _on_ground(right: FloatArray, back: FloatArray, view: View) -> FloatArray:
    cosine, sine = np.cos(view.azimuth), np.sin(view.azimuth)
    return np.stack([right * cosine - back * sine, right * sine + back * cosine], axis=-1)


def _brightness(heights: FloatArray, size: tuple[float, float]) -> FloatArray:
    """Return the light that each grid point throws back, in [0, 1]: as a dull surface does.

    Source
    ------
    Lambert, *Photometria* (1760): in proportion to the cosine of the light's angle.
    """
    n_y, n_x = heights.shape
    slope_y, slope_x = np.gradient(heights, size[1] / (n_y - 1), size[0] / (n_x - 1))
    toward = _LIGHT / np.linalg.norm(_LIGHT)
    facing = toward[2] - slope_x * toward[0] - slope_y * toward[1]
    facing = facing / np.sqrt(1 + slope_x**2 + slope_y**2)
    # A level surface has its own colour; what faces the light more is brighter.
    brightness: FloatArray = _AMBIENT + (1 - _AMBIENT) * np.maximum(facing, 0) / toward[2]
    return brightness


def _averaged(picture: NDArray[np.uint32], left: int, lowest: int) -> Picture:
    """Return columns of rows, from the lowest up, as rows of pixels from the top down."""
    upright = np.ascontiguousarray(picture.T[::-1])
    channels = upright.view(np.uint8).reshape(-1, _ROWS, len(picture), 4)
    sums = channels[:, 0].astype(np.uint16)
    for i in range(1, _ROWS):
        sums += channels[:, i]
    colors = np.empty((3, *sums.shape[:2]), np.float32)
    for channel in range(3):
        np.multiply(sums[..., channel], np.float32(1 / _ROWS), out=colors[channel])
    cover = sums[..., 3] * np.float32(1 / (255 * _ROWS))
    return Picture(colors, cover, left, lowest + len(sums))
