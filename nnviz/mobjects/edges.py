"""All edges between two layers, as one object."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from nnviz.core.arrays import FloatArray
from nnviz.errors import ShapeError
from nnviz.mobjects.raster import Raster, SingleEntryCache
from nnviz.raster.canvas import Canvas
from nnviz.raster.layer import Layer
from nnviz.raster.line_cache import LineCache

#: Length of a pulse's soft ends, as a share of an edge.
SOFT = 0.25
# Lines whose coverage is kept; that of more would not fit into memory, so only those that
# show are covered then.
_MOST_COVERED = 20_000
# Which lines do not show: together they give this share of the layer's light at most, and
# each is fainter than this opacity, half a level.
_FAINT_SHARE, _FAINT = 0.02, 0.002


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
        self._painter = SingleEntryCache[_EdgePainter]()
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
        colors, opacities = self.colors, self.opacities
        lines = ends.tobytes() + np.array([width, *box]).tobytes()
        painter = self._painter.find(
            lines + colors.tobytes() + opacities.tobytes(),
            lambda: _EdgePainter(lines, ends, width, box, colors, opacities),
        )
        if self.opacity == 1 and self.reach == (-np.inf, np.inf):
            painter.paint(canvas)
            return
        shares = self._reached(ends, left, right) * np.float32(self.opacity)
        lit = np.flatnonzero(shares)
        if lit.size:
            columns = slice(int(lit[0]), int(lit[-1]) + 1)
            part = painter.whole(canvas).crop(slice(None), columns)
            canvas.composite(part, top, left + columns.start, column_shares=shares[columns])

    def _reached(self, ends: FloatArray, left: int, right: int) -> FloatArray:
        low, high = self.reach
        x0, x1 = ends[: self.n_edges, 0].mean(), ends[self.n_edges :, 0].mean()
        along = ((np.arange(left, right) + 0.5 - x0) / ((x1 - x0) or 1)).astype(np.float32)
        return np.clip((along - low) / SOFT, 0, 1) * np.clip((high - along) / SOFT, 0, 1)


class _EdgePainter:
    """Paints lines of certain colours and opacities into a box of a frame.

    The first time in stripes that fit a processor's cache; the picture of the whole box, which
    takes memory, is only kept for lines that are painted again.
    """

    def __init__(
        self,
        lines: bytes,
        ends: FloatArray,
        width: float,
        box: tuple[int, int, int, int],
        colors: FloatArray,
        opacities: FloatArray,
    ) -> None:
        self._lines, self._colors, self._opacities = lines, colors, opacities
        self._ends, self._width, self._box = ends, width, box
        self._was_painted = False
        self._whole: Layer | None = None

    def paint(self, canvas: Canvas) -> None:
        """Paint the lines over the frame."""
        top, left, *_ = self._box
        if self._was_painted:
            canvas.composite(self.whole(canvas), top, left)
            return
        for first_row, depth in self._depths(canvas.line_cache):
            canvas.composite(Layer.of_depth(depth), top + first_row, left)
        self._was_painted = True

    def whole(self, canvas: Canvas) -> Layer:
        """Return the picture of the whole box."""
        if self._whole is None:
            top, left, bottom, right = self._box
            self._whole = Layer.empty(bottom - top, right - left)
            for first_row, depth in self._depths(canvas.line_cache):
                stripe = Layer.of_depth(depth)
                rows = slice(first_row, first_row + len(stripe.transmittance))
                self._whole.colors[:, rows] = stripe.colors
                self._whole.transmittance[rows] = stripe.transmittance
        return self._whole

    def _depths(self, cache: LineCache) -> Iterator[tuple[int, FloatArray]]:
        """Yield a first row, and optical depths with the colours' shares, of some rows each."""
        # Light passes 1 - opacity of each line; depths -log(1 - opacity) add up.
        depth = -np.log1p(-np.minimum(self._opacities, np.float32(0.999)))
        carried = np.concatenate([self._colors * depth[:, None], depth[:, None]], axis=1)
        key, ends = self._lines, self._ends
        if len(depth) > _MOST_COVERED:
            shown = _shown(self._opacities)
            key, carried = key + shown.tobytes(), carried[shown]
            ends = ends[np.concatenate([shown, shown + len(depth)])]
        return cache.find(key, ends, self._width, self._box).sums(carried)


def _shown(opacities: FloatArray) -> NDArray[np.intp]:
    """Return the lines that show: all but the faintest, which together give next to no light."""
    faintest = np.argsort(opacities, kind="stable")
    light = np.cumsum(opacities[faintest], dtype=np.float64)
    faint = (light <= _FAINT_SHARE * light[-1]) & (opacities[faintest] < _FAINT)
    return np.sort(faintest[~faint])
