"""All edges between two layers, as one object."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array

from nnviz.core.arrays import FloatArray
from nnviz.errors import ShapeError
from nnviz.mobjects.canvas import Canvas
from nnviz.mobjects.raster import Raster, Shared
from nnviz.view.coverage import line_coverage

# Below this a whole bundle of edges does not change one level of brightness.
_INVISIBLE = 1e-4


class EdgeLayer(Raster):
    """Straight lines, each with its own colour and opacity.

    Where lines cross, their opacities combine as filters do, in no order: an edge does not
    hide another for having been drawn later.

    Parameters
    ----------
    starts, ends
        ``(n, 2)``, frame units.
    colors
        ``(n, 3)`` in [0, 1].
    opacities
        ``(n,)`` in [0, 1].
    line_width
        Of every line, frame units.

    Attributes
    ----------
    reach
        Share of the way from start to end, along x, up to which the lines are drawn; a
        pair ``(low, high)`` with soft ends, for a pulse on its way.
    """

    def __init__(
        self,
        starts: FloatArray,
        ends: FloatArray,
        colors: FloatArray,
        opacities: FloatArray,
        *,
        line_width: float = 0.012,
    ) -> None:
        super().__init__(np.concatenate([starts, ends]))
        self.line_width = line_width
        self.reach: tuple[float, float] = (-np.inf, np.inf)
        self._picture = _Picture()
        self.set_edges(colors, opacities)

    @property
    def n_edges(self) -> int:
        """Number of lines."""
        return len(self.points) // 2

    def set_edges(self, colors: FloatArray, opacities: FloatArray) -> None:
        """Give every line its colour ``(n, 3)`` and opacity ``(n,)``, both in [0, 1]."""
        if np.shape(colors) != (self.n_edges, 3) or np.shape(opacities) != (self.n_edges,):
            message = (
                f"{self.n_edges} edges must have colours ({self.n_edges}, 3) and opacities "
                f"({self.n_edges},); got {np.shape(colors)} and {np.shape(opacities)}."
            )
            raise ShapeError(message)
        self.colors = np.asarray(colors, np.float32)
        self.opacities = np.asarray(opacities, np.float32)

    def paint(self, canvas: Canvas) -> None:
        """Paint the lines over the frame."""
        if self.opacity <= 0 or self.n_edges == 0:
            return
        ends = canvas.to_pixels(self.points)
        width = self.line_width * canvas.scale
        box = canvas.box(ends, margin=width + 1)
        top, left, bottom, right = box
        if top >= bottom or left >= right:
            return
        color, opacity = self._picture.draw(ends, width, box, self.colors, self.opacities)
        opacity = opacity * (self._reach_mask(ends, left, right) * np.float32(self.opacity))
        canvas.blend(color, opacity, top, left)

    def _reach_mask(self, ends: FloatArray, left: int, right: int) -> FloatArray:
        low, high = self.reach
        x0, x1 = ends[: self.n_edges, 0].mean(), ends[self.n_edges :, 0].mean()
        along = ((np.arange(left, right) + 0.5 - x0) / ((x1 - x0) or 1)).astype(np.float32)
        return np.clip((along - low) / _SOFT, 0, 1) * np.clip((high - along) / _SOFT, 0, 1)


# Length of a pulse's soft ends, as a share of the way.
_SOFT = 0.25


@dataclass(slots=True)
class _Lines:
    key: bytes
    cover: csc_array


@dataclass(slots=True)
class _Drawn:
    colors: FloatArray
    opacities: FloatArray
    result: tuple[FloatArray, FloatArray]


class _Picture(Shared):
    """The last picture drawn and what it was drawn from, so that only changes cost time."""

    def __init__(self) -> None:
        self._lines: _Lines | None = None
        self._drawn: _Drawn | None = None

    def draw(
        self,
        ends: FloatArray,
        width: float,
        box: tuple[int, int, int, int],
        colors: FloatArray,
        opacities: FloatArray,
    ) -> tuple[FloatArray, FloatArray]:
        """Return colour ``(h, w, 3)`` and opacity ``(h, w)`` of the box's pixels."""
        visible = np.flatnonzero(opacities > _INVISIBLE)
        key = ends.tobytes() + np.array([width, *box]).tobytes() + visible.tobytes()
        if self._lines is None or self._lines.key != key:
            self._lines = _Lines(key, _cover(ends, visible, width, box))
            self._drawn = None
        drawn = self._drawn
        if (
            drawn is None
            or not np.array_equal(drawn.colors, colors)
            or not np.array_equal(drawn.opacities, opacities)
        ):
            shape = (box[2] - box[0], box[3] - box[1])
            result = _combine(self._lines.cover, colors[visible], opacities[visible], shape)
            self._drawn = drawn = _Drawn(colors, opacities, result)
        return drawn.result


def _cover(
    ends: FloatArray, visible: np.ndarray, width: float, box: tuple[int, int, int, int]
) -> csc_array:
    top, left, bottom, right = box
    local = ends - (left, top)
    half = len(ends) // 2
    shape = (bottom - top, right - left)
    return line_coverage(local[:half][visible], local[half:][visible], width, shape)


def _combine(
    cover: csc_array, colors: FloatArray, opacities: FloatArray, shape: tuple[int, int]
) -> tuple[FloatArray, FloatArray]:
    # Light passes 1 - opacity of each line; densities -log(1 - opacity) add up.
    density = -np.log1p(-np.minimum(opacities, np.float32(0.999)))
    weighted = np.concatenate([colors * density[:, None], density[:, None]], axis=1)
    total = (cover @ weighted).reshape(*shape, 4)
    depth = total[..., 3]
    color = total[..., :3] / np.maximum(depth, np.float32(1e-9))[..., None]
    return color, -np.expm1(-depth)
