"""All edges between two layers, as one object."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnviz.core.arrays import FloatArray
from nnviz.errors import ShapeError
from nnviz.mobjects.canvas import Canvas
from nnviz.mobjects.glass import Glass
from nnviz.mobjects.raster import Last, Raster
from nnviz.view.line_cover import LineCover


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
        self._picture = Last[_Picture]()
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
        picture = self._picture.find(
            lines + colors.tobytes() + opacities.tobytes(),
            lambda: _Picture(lines, ends, width, box, colors, opacities),
        )
        if self.opacity == 1 and self.reach == (-np.inf, np.inf):
            picture.paint(canvas)
            return
        shares = self._reached(ends, left, right) * np.float32(self.opacity)
        lit = np.flatnonzero(shares)
        if lit.size:
            columns = slice(int(lit[0]), int(lit[-1]) + 1)
            glass = picture.glass.part(columns)
            canvas.filter(glass, top, left + columns.start, shares=shares[columns])

    def _reached(self, ends: FloatArray, left: int, right: int) -> FloatArray:
        low, high = self.reach
        x0, x1 = ends[: self.n_edges, 0].mean(), ends[self.n_edges :, 0].mean()
        along = ((np.arange(left, right) + 0.5 - x0) / ((x1 - x0) or 1)).astype(np.float32)
        return np.clip((along - low) / SOFT, 0, 1) * np.clip((high - along) / SOFT, 0, 1)


#: Length of a pulse's soft ends, as a share of the way.
SOFT = 0.25


class _Picture:
    """Lines of certain colours and opacities, in a box of a frame."""

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

    def paint(self, canvas: Canvas) -> None:
        """Paint the lines over the frame."""
        top, left, *_ = self._box
        if self._was_painted:  # and may be again: now it pays to keep the picture
            canvas.filter(self.glass, top, left)
            return
        for first, depth in self._depths():
            canvas.filter(Glass.of_depth(depth), top + first, left)
        self._was_painted = True

    @cached_property
    def glass(self) -> Glass:
        """The picture of the whole box."""
        top, left, bottom, right = self._box
        whole = Glass.empty(bottom - top, right - left)
        for first, depth in self._depths():
            part = Glass.of_depth(depth)
            rows = slice(first, first + len(part.keep))
            whole.add[:, rows], whole.keep[rows] = part.add, part.keep
        return whole

    def _depths(self) -> Iterator[tuple[int, FloatArray]]:
        """Yield optical depths, and the colours' shares of them, some rows at a time."""
        # Light passes 1 - opacity of each line; depths -log(1 - opacity) add up.
        depth = -np.log1p(-np.minimum(self._opacities, np.float32(0.999)))
        carried = np.concatenate([self._colors * depth[:, None], depth[:, None]], axis=1)
        key, ends = self._lines, self._ends
        if len(depth) > _MOST_COVERED:  # what all of them cover would not fit into memory
            shown = _shown(self._opacities)
            key, carried = key + shown.tobytes(), carried[shown]
            ends = ends[np.concatenate([shown, shown + len(depth)])]
        return _LINES.cover(key, ends, self._width, self._box).sums(carried)


_MOST_COVERED = 20_000


class _Lines:
    """Which pixels lines cover, remembered for the few sets of lines that a picture shows.

    A pulse runs along the very lines of the idle edges under it.
    """

    def __init__(self) -> None:
        self._covers: OrderedDict[bytes, LineCover] = OrderedDict()

    def cover(
        self, key: bytes, ends: FloatArray, width: float, box: tuple[int, int, int, int]
    ) -> LineCover:
        """Return what each line covers of the box."""
        if key not in self._covers:
            top, left, bottom, right = box
            starts, stops = np.split(ends - (left, top), 2)
            while sum(cover.n_bytes for cover in self._covers.values()) > _MOST_BYTES:
                self._covers.popitem(last=False)
            self._covers[key] = LineCover(starts, stops, width, (bottom - top, right - left))
        self._covers.move_to_end(key)
        return self._covers[key]


# Of those that are kept while another is found.
_MOST_BYTES = 400_000_000
_LINES = _Lines()


def _shown(opacities: FloatArray) -> NDArray[np.intp]:
    """Return the lines that show: all but the faintest, which together give next to no light."""
    faintest = np.argsort(opacities, kind="stable")
    light = np.cumsum(opacities[faintest], dtype=np.float64)
    faint = (light <= _FAINT_SHARE * light[-1]) & (opacities[faintest] < _FAINT)
    return np.sort(faintest[~faint])


# Of the layer's light, all that is left out; and opacity of a line that can be, half a level.
_FAINT_SHARE, _FAINT = 0.02, 0.002
