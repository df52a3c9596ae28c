"""All edges between two layers, as one object."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from nnviz.core.arrays import FloatArray
from nnviz.errors import ShapeError
from nnviz.mobjects.canvas import Canvas, Overlay
from nnviz.mobjects.raster import Raster, Shared
from nnviz.view.coverage import line_coverage


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
        light, overlay = self._picture.draw(ends, width, box, self.colors, self.opacities)
        if self.opacity == 1 and self.reach == (-np.inf, np.inf):
            canvas.lay(overlay, top, left)
            return
        mask = self._reach_mask(ends, left, right) * np.float32(self.opacity)
        lit = np.flatnonzero(mask)
        if lit.size:
            columns = slice(lit[0], lit[-1] + 1)
            reached = light[:, columns] * mask[columns, None]
            canvas.lay(Overlay.of(reached), top, left + int(lit[0]))

    def _reach_mask(self, ends: FloatArray, left: int, right: int) -> FloatArray:
        low, high = self.reach
        x0, x1 = ends[: self.n_edges, 0].mean(), ends[self.n_edges :, 0].mean()
        along = ((np.arange(left, right) + 0.5 - x0) / ((x1 - x0) or 1)).astype(np.float32)
        return np.clip((along - low) / _SOFT, 0, 1) * np.clip((high - along) / _SOFT, 0, 1)


# Length of a pulse's soft ends, as a share of the way.
_SOFT = 0.25


@dataclass(slots=True)
class _Drawn:
    lines: bytes
    colors: FloatArray
    opacities: FloatArray
    light: FloatArray
    overlay: Overlay


class _Picture(Shared):
    """The last picture drawn and what it was drawn from, so that only changes cost time."""

    def __init__(self) -> None:
        self._drawn: _Drawn | None = None

    def draw(
        self,
        ends: FloatArray,
        width: float,
        box: tuple[int, int, int, int],
        colors: FloatArray,
        opacities: FloatArray,
    ) -> tuple[FloatArray, Overlay]:
        """Return the light ``(h, w, 4)`` of the box's pixels, and the same made ready."""
        key = ends.tobytes() + np.array([width, *box]).tobytes()
        drawn = self._drawn
        if (
            drawn is None
            or drawn.lines != key
            or not np.array_equal(drawn.colors, colors)
            or not np.array_equal(drawn.opacities, opacities)
        ):
            light = _draw(key, ends, width, box, colors, opacities)
            drawn = self._drawn = _Drawn(key, colors, opacities, light, Overlay.of(light))
        return drawn.light, drawn.overlay


class _Lines:
    """Which pixels lines cover, remembered for the few sets of lines that a picture shows.

    A pulse runs along the very lines of the idle edges under it.
    """

    def __init__(self) -> None:
        self._covers: OrderedDict[bytes, csc_array] = OrderedDict()

    def cover(
        self, key: bytes, ends: FloatArray, width: float, box: tuple[int, int, int, int]
    ) -> csc_array:
        """Return the share of each of the box's pixels that each line covers."""
        if key not in self._covers:
            top, left, bottom, right = box
            starts, stops = np.split(ends - (left, top), 2)
            shape = (bottom - top, right - left)
            self._covers[key] = line_coverage(starts, stops, width, shape)
            while len(self._covers) > 1 and sum(map(_n_bytes, self._covers.values())) > _MOST_BYTES:
                self._covers.popitem(last=False)
        self._covers.move_to_end(key)
        return self._covers[key]


def _n_bytes(cover: csc_array) -> int:
    return int(cover.data.nbytes + cover.indices.nbytes)


_MOST_BYTES = 600_000_000
_LINES = _Lines()


def _draw(
    key: bytes,
    ends: FloatArray,
    width: float,
    box: tuple[int, int, int, int],
    colors: FloatArray,
    opacities: FloatArray,
) -> FloatArray:
    drawn = _drawn(opacities)
    n_edges = len(opacities)
    if n_edges > _MOST_COVERED:  # what all of them cover would not fit into memory
        key += drawn.tobytes()
        both_ends = np.concatenate([drawn, drawn + n_edges])
        cover = _LINES.cover(key, ends[both_ends], width, box)
    else:
        cover = _LINES.cover(key, ends, width, box)
        if len(drawn) > _MOSTLY * n_edges:
            return _combine(cover, colors, opacities, box)
        cover = cover[:, drawn]
    return _combine(cover, colors[drawn], opacities[drawn], box)


_MOST_COVERED = 20_000
# Leaving lines out pays when it leaves out many.
_MOSTLY = 0.8


def _drawn(opacities: FloatArray) -> NDArray[np.intp]:
    """Return the lines that show: all but the faintest, which together give next to no light."""
    faintest = np.argsort(opacities, kind="stable")
    light = np.cumsum(opacities[faintest], dtype=np.float64)
    faint = (light <= _FAINT_SHARE * light[-1]) & (opacities[faintest] < _FAINT)
    return np.sort(faintest[~faint])


# Of the layer's light, all that is left out; and opacity of a line that can be, half a level.
_FAINT_SHARE, _FAINT = 0.02, 0.002


def _combine(
    cover: csc_array, colors: FloatArray, opacities: FloatArray, box: tuple[int, int, int, int]
) -> FloatArray:
    # Light passes 1 - opacity of each line; densities -log(1 - opacity) add up.
    density = -np.log1p(-np.minimum(opacities, np.float32(0.999)))
    weighted = np.concatenate([colors * density[:, None], density[:, None]], axis=1)
    total: FloatArray = cover @ weighted
    top, left, bottom, right = box
    for first in range(0, len(total), _BLOCK_PIXELS):
        block = total[first : first + _BLOCK_PIXELS]
        depth = block[:, 3:]
        opacity = 1 - np.exp(-depth)
        block[:, :3] *= opacity / np.maximum(depth, np.float32(1e-9))
        block[:, 3:] = opacity
    return total.reshape(bottom - top, right - left, 4)


# Few enough for a processor's cache.
_BLOCK_PIXELS = 16_384
