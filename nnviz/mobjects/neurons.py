"""All neurons of a layer, as one object."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.arrays import FloatArray
from nnviz.errors import ShapeError
from nnviz.mobjects.raster import Raster, SingleEntryCache
from nnviz.raster.canvas import Canvas
from nnviz.raster.layer import Layer

# Width of a ring, as a share of the radius.
_RING_WIDTH = 0.14


class NeuronLayer(Raster):
    """Neurons: rings that fill as far as they are active.

    With ``roundness`` 0 they are the square pixels of an image; on the way to 1 they turn
    into circles with space between.

    Parameters
    ----------
    centers
        ``(n, 2)``, frame units; no two may touch.
    radius
        Of a neuron, frame units.
    color
        Of light and rings, ``(3,)`` in [0, 1].
    ground
        Colour behind a square pixel's light, ``(3,)``: an image hides what is under it.
    cell
        Side of the square that each has to itself, frame units.
    ring
        Opacity of the rings, in [0, 1].

    Attributes
    ----------
    roundness
        From 0, a square pixel that fills its cell, to 1, a circle.
    """

    def __init__(
        self,
        centers: FloatArray,
        radius: float,
        color: FloatArray,
        *,
        ground: FloatArray | None = None,
        cell: float | None = None,
        ring: float = 0.8,
    ) -> None:
        # Two points more than neurons: the radius follows the mobject when it is scaled.
        extent = np.array([[-radius, 0.0], [radius, 0.0]]) + np.mean(centers, axis=0)
        super().__init__(np.concatenate([centers, extent]))
        self.light = np.asarray(color, np.float32)
        self.ground = None if ground is None else np.asarray(ground, np.float32)
        self.ring = ring
        self.roundness = 1.0
        self._cell_per_radius = (cell or 2.4 * radius) / radius
        # The cells change when the neurons move, the layer whenever they look different.
        self._cells, self._layer = SingleEntryCache[_CellPixels](), SingleEntryCache[Layer]()
        self.set_values(np.zeros(len(centers)))

    @property
    def n_neurons(self) -> int:
        """Number of neurons."""
        return len(self.points) - 2

    @property
    def radius(self) -> float:
        """Of a neuron, frame units."""
        return float(np.linalg.norm(self.points[-1] - self.points[-2]) / 2)

    @property
    def centers(self) -> FloatArray:
        """Centres, ``(n, 3)``, frame units."""
        centers: FloatArray = self.points[:-2]
        return centers

    def set_values(self, values: FloatArray) -> None:
        """Fill each neuron with light, ``(n,)`` in [0, 1]; NaN counts as none."""
        values = np.nan_to_num(np.asarray(values, np.float32))
        self.set_fills(np.broadcast_to(self.light, (self.n_neurons, 3)), values)

    def set_fills(self, colors: FloatArray, opacities: FloatArray) -> None:
        """Fill each neuron with a colour ``(n, 3)`` and an opacity ``(n,)``, in [0, 1]."""
        if np.shape(colors) != (self.n_neurons, 3) or np.shape(opacities) != (self.n_neurons,):
            message = (
                f"{self.n_neurons} neurons must have colours ({self.n_neurons}, 3) and "
                f"opacities ({self.n_neurons},); got {np.shape(colors)} and "
                f"{np.shape(opacities)}."
            )
            raise ShapeError(message)
        self.fill_colors = np.asarray(colors, np.float32)
        self.fill_opacities = np.clip(np.asarray(opacities, np.float32), 0, 1)

    def paint(self, canvas: Canvas) -> None:
        """Paint the neurons over the frame."""
        if self.opacity <= 0 or self.n_neurons == 0:
            return
        radius = self.radius * canvas.scale
        half_cell = radius * self._cell_per_radius / 2
        centers = canvas.to_pixels(self.centers)
        box = canvas.box(centers, margin=half_cell + 1)
        top, left, bottom, right = box
        if top < bottom and left < right:
            look = (radius, half_cell, self.roundness, self.ring, self.opacity)
            key = centers.tobytes() + np.array([*look, *box]).tobytes()
            key += self.fill_colors.tobytes() + self.fill_opacities.tobytes()
            layer = self._layer.find(key, lambda: self._draw(centers, radius, half_cell, box))
            canvas.composite(layer, top, left)

    def _draw(
        self,
        centers: FloatArray,
        radius: float,
        half_cell: float,
        box: tuple[int, int, int, int],
    ) -> Layer:
        key = centers.tobytes() + np.array([half_cell, *box]).tobytes()
        cells = self._cells.find(key, lambda: _find_cell_pixels(centers, half_cell, box))
        fill, ring = self._shares(cells, radius, half_cell)
        lit = self.fill_opacities[cells.neuron]
        behind = fill * (1 - lit) * np.float32(1 - self.roundness)
        fill *= lit
        top, left, bottom, right = box
        layer = Layer.empty(bottom - top, right - left)
        layer.colors[...], layer.transmittance[...] = 0, 1
        # What the ring leaves of what is inside it.
        inside = (1 - ring) * np.float32(self.opacity)
        ring *= np.float32(self.opacity)
        opacity = fill + behind if self.ground is not None else fill
        opacity = opacity * inside + ring
        layer.transmittance.reshape(-1)[cells.pixel] = 1 - opacity
        for channel in range(3):
            light = fill * self.fill_colors[cells.neuron, channel]
            if self.ground is not None:
                light += behind * self.ground[channel]
            light = light * inside + ring * self.light[channel]
            layer.colors[channel].reshape(-1)[cells.pixel] = 255 * light
        return layer

    def _shares(
        self, cells: _CellPixels, radius: float, half_cell: float
    ) -> tuple[FloatArray, FloatArray]:
        """Return the share of each pixel that the fill and the ring cover."""
        squareness = 1 - self.roundness
        half = radius + squareness * (half_cell - radius)
        distance = _distance_to_rounded_box(cells.x, cells.y, half, self.roundness * half)
        line = max(1.0, _RING_WIDTH * radius)
        # Square pixels touch: antialiasing their sides would draw seams between them.
        fill = np.clip(0.5 + 0.5 * squareness - distance, 0, 1)
        ring = np.clip(0.5 + line / 2 - np.abs(distance + line / 2), 0, 1)
        return fill, ring * np.float32(self.ring * self.roundness)


def _distance_to_rounded_box(
    x: FloatArray, y: FloatArray, half: float, corner: float
) -> FloatArray:
    """Return the signed distance to a square of side ``2 half`` with rounded corners.

    Source
    ------
    Quilez, *2D distance functions*, rounded box.
    """
    qx, qy = np.abs(x) - (half - corner), np.abs(y) - (half - corner)
    outside = np.hypot(np.maximum(qx, 0), np.maximum(qy, 0))
    distance: FloatArray = outside + np.minimum(np.maximum(qx, qy), 0) - np.float32(corner)
    return distance


@dataclass(frozen=True, slots=True)
class _CellPixels:
    """Every pixel of every cell: where in the box, whose, and how far from the centre."""

    pixel: NDArray[np.int64]
    neuron: NDArray[np.int64]
    x: FloatArray
    y: FloatArray


def _find_cell_pixels(
    centers: FloatArray, half_cell: float, box: tuple[int, int, int, int]
) -> _CellPixels:
    """Return the pixels of the cells around ``centers``, all in pixels."""
    top, left, bottom, right = box
    size = int(np.ceil(2 * half_cell)) + 1
    first = np.floor(centers - half_cell).astype(np.int64)
    at = first[:, None, :] + np.arange(size)[None, :, None]
    px = np.broadcast_to(at[:, None, :, 0], (len(centers), size, size))
    py = np.broadcast_to(at[:, :, None, 1], (len(centers), size, size))
    x = px + 0.5 - centers[:, 0, None, None]
    y = py + 0.5 - centers[:, 1, None, None]
    kept = (
        (np.maximum(np.abs(x), np.abs(y)) <= half_cell + 1e-6)
        & (px >= left)
        & (px < right)
        & (py >= top)
        & (py < bottom)
    )
    neuron = np.broadcast_to(np.arange(len(centers))[:, None, None], kept.shape)
    pixel = (py - top) * (right - left) + (px - left)
    return _CellPixels(
        pixel[kept], neuron[kept], x[kept].astype(np.float32), y[kept].astype(np.float32)
    )
