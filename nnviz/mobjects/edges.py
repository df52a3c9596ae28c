"""All edges between two layers, as one object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.arrays import FloatArray
from nnviz.errors import ShapeError
from nnviz.mobjects.raster import Raster, SingleEntryCache
from nnviz.raster.canvas import Canvas
from nnviz.raster.layer import Layer
from nnviz.raster.line_cache import LineCache
from nnviz.raster.pixel_box import PixelBox

#: Length of a pulse's soft ends, as a share of an edge.
SOFT = 0.25
# Most lines whose coverage is kept. That of more would not fit into memory: of more lines, the
# faintest are left out.
_MOST_COVERED = 20_000
# The lines that are left out give at most this share of all the light together, and each is
# fainter than this opacity, half of one of the 255 levels.
_FAINT_SHARE, _FAINT = 0.02, 0.002
# A line of opacity 1 would have an infinite optical depth; this is the same on the screen.
_MOST_OPAQUE = 0.999


class EdgeLayer(Raster):
    """Straight lines, each with its own colour and opacity.

    Where lines cross, their optical depths add up, whatever their order: no edge hides another
    only because it was drawn later.

    Parameters
    ----------
    starts, ends
        Points that each line runs from and to, ``(n, 2)`` each, frame units.
    colors
        Colour of each line, ``(n, 3)`` in [0, 1].
    opacities
        Opacity of each line, ``(n,)`` in [0, 1].
    line_width
        Width of every line, frame units.

    Attributes
    ----------
    reach
        Part of the lines that is drawn, as a pair ``(low, high)`` of shares of the distance from
        the starts, 0, to the ends, 1, measured along x. Both ends of the part are soft. The
        default, from minus to plus infinity, draws all.
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
        """Number of lines in the layer."""
        return len(self.points) // 2

    def set_edges(self, colors: FloatArray, opacities: FloatArray) -> None:
        """Give every line another colour and opacity.

        Parameters
        ----------
        colors
            Colour of each line, ``(n, 3)`` in [0, 1].
        opacities
            Opacity of each line, ``(n,)`` in [0, 1].

        Raises
        ------
        ShapeError
            If there is not one colour and one opacity for each line.
        """
        if np.shape(colors) != (self.n_edges, 3) or np.shape(opacities) != (self.n_edges,):
            message = (
                f"{self.n_edges} edges must have colours ({self.n_edges}, 3) and opacities "
                f"({self.n_edges},); got {np.shape(colors)} and {np.shape(opacities)}."
            )
            raise ShapeError(message)
        self.colors = np.asarray(colors, np.float32)
        self.opacities = np.asarray(opacities, np.float32)

    def paint(self, canvas: Canvas) -> None:
        """Paint the part of the lines that is reached over what the canvas shows."""
        if self.opacity <= 0 or self.n_edges == 0:
            return
        ends = canvas.to_pixels(self.points)
        width = self.line_width * canvas.scale
        box = canvas.box(ends, margin=width + 1)
        if box.top >= box.bottom or box.left >= box.right:
            return
        lines, colors, opacities = _Lines(ends, width, box), self.colors, self.opacities
        painter = self._painter.find(
            lines.key + colors.tobytes() + opacities.tobytes(),
            lambda: _EdgePainter(lines, colors, opacities),
        )
        if self.opacity == 1 and self.reach == (-np.inf, np.inf):
            painter.paint(canvas)
        else:
            painter.paint_part(canvas, self._reached(ends, box) * np.float32(self.opacity))

    def _reached(self, ends: FloatArray, box: PixelBox) -> FloatArray:
        """Return how much of each column of a box is within the reach, in [0, 1]."""
        low, high = self.reach
        x0, x1 = ends[: self.n_edges, 0].mean(), ends[self.n_edges :, 0].mean()
        columns = np.arange(box.left, box.right)
        along = ((columns + 0.5 - x0) / ((x1 - x0) or 1)).astype(np.float32)
        return np.clip((along - low) / SOFT, 0, 1) * np.clip((high - along) / SOFT, 0, 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """Where lines lie on a canvas, in pixels.

    Parameters
    ----------
    ends
        Starts of all lines and then their ends, ``(2 n, 2)``.
    width
        Width of every line.
    box
        Part of the frame that the lines are in.
    """

    ends: FloatArray
    width: float
    box: PixelBox

    @property
    def key(self) -> bytes:
        """Bytes that tell these lines from others."""
        return self.ends.tobytes() + np.array([self.width, *self.box]).tobytes()


class _EdgePainter:
    """Paints lines of certain colours and opacities into their box of a frame.

    The first time it paints in stripes that fit a processor's cache. The layer of the whole box,
    which takes memory, is only kept for lines that are painted again.

    Parameters
    ----------
    lines
        The lines, in pixels.
    colors, opacities
        Colour ``(n, 3)`` and opacity ``(n,)`` of each line, in [0, 1].
    """

    def __init__(self, lines: _Lines, colors: FloatArray, opacities: FloatArray) -> None:
        self._lines, self._colors, self._opacities = lines, colors, opacities
        self._was_painted = False
        self._whole: Layer | None = None

    def paint(self, canvas: Canvas) -> None:
        """Paint all of the lines over what the canvas shows."""
        top, left, *_ = self._lines.box
        if self._was_painted:
            canvas.composite(self._whole_layer(canvas), top, left)
            return
        for first_row, depth in self._depths(canvas.line_cache):
            canvas.composite(Layer.of_depth(depth), top + first_row, left)
        self._was_painted = True

    def paint_part(self, canvas: Canvas, shares: FloatArray) -> None:
        """Paint the lines with another opacity, in [0, 1], in each column of their box."""
        lit = np.flatnonzero(shares)
        if lit.size:
            top, left, *_ = self._lines.box
            columns = slice(int(lit[0]), int(lit[-1]) + 1)
            part = self._whole_layer(canvas).crop(slice(None), columns)
            canvas.composite(part, top, left + columns.start, column_shares=shares[columns])

    def _whole_layer(self, canvas: Canvas) -> Layer:
        """Return the layer of the whole box."""
        if self._whole is None:
            top, left, bottom, right = self._lines.box
            self._whole = Layer.empty(bottom - top, right - left)
            for first_row, depth in self._depths(canvas.line_cache):
                stripe = Layer.of_depth(depth)
                rows = slice(first_row, first_row + len(stripe.transmittance))
                self._whole.colors[:, rows] = stripe.colors
                self._whole.transmittance[rows] = stripe.transmittance
        return self._whole

    def _depths(self, cache: LineCache) -> Iterator[tuple[int, FloatArray]]:
        """Yield stripes of the box: the first row of each, and its depths as a layer takes them."""
        # A share of 1 - opacity of the light goes through each line: depths, -log of it, add up.
        depth = -np.log1p(-np.minimum(self._opacities, np.float32(_MOST_OPAQUE)))
        summands = np.concatenate([self._colors * depth[:, None], depth[:, None]], axis=1)
        key, ends = self._lines.key, self._lines.ends
        if len(depth) > _MOST_COVERED:
            shown = _shown(self._opacities)
            key, summands = key + shown.tobytes(), summands[shown]
            ends = ends[np.concatenate([shown, shown + len(depth)])]
        return cache.find(key, ends, self._lines.width, self._lines.box).sums(summands)


def _shown(opacities: FloatArray) -> NDArray[np.intp]:
    """Return numbers of the lines to draw: all but the faintest, which give next to no light."""
    faintest = np.argsort(opacities, kind="stable")
    light = np.cumsum(opacities[faintest], dtype=np.float64)
    faint = (light <= _FAINT_SHARE * light[-1]) & (opacities[faintest] < _FAINT)
    return np.sort(faintest[~faint])
