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
from nnviz.raster.sight_lines import Ground, SightLines
from nnviz.raster.viewpoint import Viewpoint

# Samples along a column's line of sight: fewer show steps on steep slopes at 1080p, more cost
# time and show no difference.
_SAMPLES = 192
# Rows drawn for one row of pixels and then averaged: enough for smooth outlines.
_ROWS = 2
# Brightness of the faces under the field's edges, at its ends in x and in y: different, so that
# the edge between two faces is seen.
_FACE_BRIGHTNESS = (1.0, 0.75)
# A point is hidden by what rises above it by more than this share of the rectangle's diagonal: a
# point on the surface is not hidden by its own neighbourhood.
_HIDING_MARGIN = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class PlacedLayer:
    """A layer, and where it belongs.

    Parameters
    ----------
    layer
        What the camera sees; its first row is on top.
    left, top
        Place of its first pixel, in pixels right of and above the field's middle.
    """

    layer: Layer
    left: int
    top: int


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
        Heights over an even grid, ``(n_y, n_x)``, 0 or more; the block's bottom is at 0.
    colors
        Colour of each grid point, ``(n_y, n_x, 3)`` in [0, 1].
    face
        Colour of the block's upright faces, ``(3,)`` in [0, 1].
    size
        Width (x) and depth (y) of the rectangle, whose middle is (0, 0), in units of the heights.

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
        self._ground = Ground(size, (heights.shape[0], heights.shape[1]))
        self._heights = np.ascontiguousarray(heights, np.float32).ravel()
        # The colours of the faces follow those of the grid.
        lit = _lit_texture(heights, colors, size)
        self._palette = np.concatenate([lit, _face_texture(face)]).view(np.uint32).ravel()

    def __deepcopy__(self, memo: dict[int, Any]) -> HeightField:
        return self  # nothing of it ever changes

    def height_at(self, points: FloatArray) -> FloatArray:
        """Return the height of the grid points nearest to points of the ground.

        Parameters
        ----------
        points
            ``(..., 2)``; for points beyond the edges the nearest point of an edge counts.

        Returns
        -------
        FloatArray
            ``(...)``.
        """
        heights: FloatArray = self._heights[self._ground.nearest(points)]
        return heights

    def hides(self, points: FloatArray, view: Viewpoint) -> NDArray[np.bool_]:
        """Tell which points the field hides from a camera.

        Parameters
        ----------
        points
            ``(n, 3)``, anywhere over or under the field.
        view
            Where the camera looks from.

        Returns
        -------
        NDArray
            Whether each point is hidden, ``(n,)``.
        """
        seen = view.project(points)
        crossings = self._ground.crossings(seen[:, 0], view)
        first, last = crossings.first, crossings.last
        until = np.minimum(seen[:, 2], last)
        along = np.linspace(0, 1, _SAMPLES)
        back = first[:, None] + along * np.maximum(until - first, 0)[:, None]
        right = np.broadcast_to(seen[:, :1], back.shape)
        heights = self.height_at(view.on_ground(right, back))
        up = heights * np.cos(view.elevation) + back * np.sin(view.elevation)
        is_before = (until > first) & (last > first)
        margin = _HIDING_MARGIN * np.hypot(*self._ground.size)
        return np.asarray(is_before & (up.max(axis=1) > seen[:, 1] + margin))

    def draw(self, view: Viewpoint, scale: float) -> PlacedLayer:
        """Draw what a camera sees.

        Parameters
        ----------
        view
            Where the camera looks from.
        scale
            Pixels per unit of the heights and the rectangle's size.

        Returns
        -------
        PlacedLayer
            Just large enough for the block; transparent around it, and antialiased up and down.
        """
        lines = self._ground.sight_lines(view, scale, _SAMPLES)
        profile = self._profile(lines, view, scale)
        n_column, feet = profile.n_column, profile.feet
        columns = np.zeros((len(feet), profile.n_rows), np.uint32)
        runs = np.stack([feet, n_column, profile.n_rows - feet - n_column], axis=1)
        is_shown = np.repeat(np.tile([False, True, False], len(feet)), runs.ravel())
        columns.ravel()[is_shown] = self._palette[self._visible_cells(lines, profile)]
        return _averaged(columns, lines.left, profile.lowest)

    def _profile(self, lines: SightLines, view: Viewpoint, scale: float) -> _Profile:
        """Return where the samples along lines of sight are seen."""
        sine, cosine = (np.float32(_ROWS * scale * f(view.elevation)) for f in (np.sin, np.cos))
        samples = np.arange(_SAMPLES, dtype=np.float32)
        front = lines.first * sine
        up = self._heights[lines.on_grid.cells(samples[None], self._ground.shape)]
        up *= cosine
        lowest = _ROWS * int(np.floor(float(front.min()) / _ROWS))
        up += (front - np.float32(lowest))[:, None] + (lines.step * sine)[:, None] * samples
        n_rows = _ROWS * (int(up.max()) // _ROWS + 1)
        reached = np.maximum.accumulate((up + np.float32(0.5)).astype(np.int32), axis=1)
        feet = (front - np.float32(lowest - 0.5)).astype(np.int32)
        return _Profile(lowest, n_rows, up, feet, reached)

    def _visible_cells(self, lines: SightLines, profile: _Profile) -> NDArray[np.intp]:
        """Return what each row of each column shows, as places of the palette.

        Between two samples the field is straight, so that a row shows a place on the line of
        sight. The first sample of a column stands on the face under it.
        """
        n_shown, n_column, feet = profile.n_shown, profile.n_column, profile.feet
        n_faces = n_shown[:, 0]
        samples = np.arange(_SAMPLES, dtype=np.float32)
        with np.errstate(divide="ignore", invalid="ignore"):
            per_row = 1 / np.diff(profile.up, axis=1, prepend=profile.up[:, :1])
            start = samples - profile.up * per_row
        per_row[:, 0] = start[:, 0] = 0
        n_before = np.cumsum(n_column) - n_column
        row = np.arange(n_column.sum(), dtype=np.float32)
        row -= np.repeat((n_before - feet - 0.5).astype(np.float32), n_column)
        sample = np.repeat(per_row.ravel(), n_shown.ravel())
        sample *= row
        sample += np.repeat(start.ravel(), n_shown.ravel())
        cells = lines.on_grid.repeat(n_column).cells(sample, self._ground.shape)
        is_face = np.repeat(
            np.tile([True, False], len(feet)), np.stack([n_faces, n_column - n_faces], 1).ravel()
        )
        cells[is_face] = np.repeat(lines.faces + len(self._heights), n_faces)
        return cells


def _lit_texture(
    heights: FloatArray, colors: FloatArray, size: tuple[float, float]
) -> NDArray[np.uint8]:
    """Return the opaque colour of each grid point in the light, ``(n_y * n_x, 4)``."""
    lit = colors * diffuse_brightness(heights, size)[..., None]
    texture = np.full((*heights.shape, 4), 255, np.uint8)
    texture[..., :3] = np.rint(np.clip(lit, 0, 1) * 255)
    return texture.reshape(-1, 4)


def _face_texture(face: FloatArray) -> NDArray[np.uint8]:
    """Return the opaque colour of each kind of face, ``(2, 4)``."""
    texture = np.full((len(_FACE_BRIGHTNESS), 4), 255, np.uint8)
    texture[:, :3] = np.rint(np.outer(_FACE_BRIGHTNESS, np.clip(face, 0, 1)) * 255)
    return texture


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
