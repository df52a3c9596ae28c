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
from nnviz.raster.pixel_box import PixelBox

# Width of a ring, as a share of the radius: seen at a neuron's size, without filling it.
_RING_WIDTH = 0.14
# Side of a neuron's cell in radii where none is given: room for the ring's soft edge around it.
_CELL_PER_RADIUS = 2.4


class NeuronLayer(Raster):
    """Neurons as rings, filled with more light the more active they are.

    With a ``roundness`` of 0 they are the square pixels of an image; between 0 and 1 they turn
    into circles with space between them.

    Parameters
    ----------
    centers
        Centre of each neuron, ``(n, 2)``, frame units; cells of two may not overlap.
    radius
        Radius of every neuron, frame units.
    color
        Colour of the light and of the rings, ``(3,)`` in [0, 1].
    ground
        Colour behind the light of a square pixel, ``(3,)`` in [0, 1]: an image hides what is
        under it. By default nothing is hidden.
    cell
        Side of the square that each neuron has to itself, frame units; by default 2.4 radii.
    ring
        Opacity of the rings, in [0, 1].

    Attributes
    ----------
    roundness
        Shape of the neurons, from 0, a square pixel that fills its cell, to 1, a circle.
    fill_colors, fill_opacities
        Colour ``(n, 3)`` and opacity ``(n,)`` of the light in each neuron, in [0, 1].
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
        self._cell_per_radius = (cell or _CELL_PER_RADIUS * radius) / radius
        # The cells change when the neurons move, the layer whenever they look different.
        self._cells, self._layer = SingleEntryCache[_CellPixels](), SingleEntryCache[Layer]()
        self.set_values(np.zeros(len(centers)))

    @property
    def n_neurons(self) -> int:
        """Number of neurons in the layer."""
        return len(self.points) - 2

    @property
    def radius(self) -> float:
        """Radius of every neuron, frame units; it follows the scale of the mobject."""
        return float(np.linalg.norm(self.points[-1] - self.points[-2]) / 2)

    @property
    def centers(self) -> FloatArray:
        """Centre of each neuron, ``(n, 3)``, frame units."""
        centers: FloatArray = self.points[:-2]
        return centers

    def set_values(self, values: FloatArray) -> None:
        """Fill each neuron with light of an opacity ``(n,)`` in [0, 1]; NaN is no light."""
        values = np.nan_to_num(np.asarray(values, np.float32))
        self.set_fills(np.broadcast_to(self.light, (self.n_neurons, 3)), values)

    def set_fills(self, colors: FloatArray, opacities: FloatArray) -> None:
        """Fill each neuron with light of a colour and an opacity of its own.

        Parameters
        ----------
        colors
            Colour of each neuron's light, ``(n, 3)`` in [0, 1].
        opacities
            Opacity of each neuron's light, ``(n,)``, clipped to [0, 1].

        Raises
        ------
        ShapeError
            If there is not one colour and one opacity for each neuron.
        """
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
        """Paint the neurons over what the canvas shows."""
        if self.opacity <= 0 or self.n_neurons == 0:
            return
        radius = self.radius * canvas.scale
        half_cell = radius * self._cell_per_radius / 2
        centers = canvas.to_pixels(self.centers)
        placed = _Placed(centers, radius, half_cell, canvas.box(centers, margin=half_cell + 1))
        top, left, bottom, right = placed.box
        if top < bottom and left < right:
            look = np.array([radius, self.roundness, self.ring, self.opacity]).tobytes()
            fills = self.fill_colors.tobytes() + self.fill_opacities.tobytes()
            layer = self._layer.find(placed.key + look + fills, lambda: self._draw(placed))
            canvas.composite(layer, top, left)

    def _draw(self, placed: _Placed) -> Layer:
        """Return the layer of the box that the neurons are in."""
        cells = self._cells.find(placed.key, lambda: _find_cell_pixels(placed))
        fill, ring = self._covered(cells, placed)
        lit = self.fill_opacities[cells.neuron]
        behind = fill * (1 - lit) * np.float32(1 - self.roundness)
        fill *= lit
        top, left, bottom, right = placed.box
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

    def _covered(self, cells: _CellPixels, placed: _Placed) -> tuple[FloatArray, FloatArray]:
        """Return the shares of each pixel that the fill and, with its opacity, the ring cover."""
        squareness = 1 - self.roundness
        half = placed.radius + squareness * (placed.half_cell - placed.radius)
        distance = _distance_to_rounded_box(cells.x, cells.y, half, self.roundness * half)
        line = max(1.0, _RING_WIDTH * placed.radius)
        # Square pixels touch: antialiasing their sides would draw seams between them.
        fill = np.clip(0.5 + 0.5 * squareness - distance, 0, 1)
        ring = np.clip(0.5 + line / 2 - np.abs(distance + line / 2), 0, 1)
        return fill, ring * np.float32(self.ring * self.roundness)


def _distance_to_rounded_box(
    x: FloatArray, y: FloatArray, half: float, corner: float
) -> FloatArray:
    """Return the signed distance of points to a square of side ``2 half`` with rounded corners.

    Parameters
    ----------
    x, y
        Coordinates of the points from the square's middle, ``(k,)``.
    half
        Half the side of the square.
    corner
        Radius of the corners, from 0 to ``half``.

    Source
    ------
    Quilez, *2D distance functions*, rounded box.
    """
    qx, qy = np.abs(x) - (half - corner), np.abs(y) - (half - corner)
    outside = np.hypot(np.maximum(qx, 0), np.maximum(qy, 0))
    distance: FloatArray = outside + np.minimum(np.maximum(qx, qy), 0) - np.float32(corner)
    return distance


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """Where neurons lie on a canvas, in pixels.

    Parameters
    ----------
    centers
        Centre of each neuron, ``(n, 2)``.
    radius
        Radius of every neuron.
    half_cell
        Half the side of every neuron's cell.
    box
        Part of the frame that the cells are in.
    """

    centers: FloatArray
    radius: float
    half_cell: float
    box: PixelBox

    @property
    def key(self) -> bytes:
        """Bytes that tell these cells from others."""
        return self.centers.tobytes() + np.array([self.half_cell, *self.box]).tobytes()


@dataclass(frozen=True, slots=True, eq=False)
class _CellPixels:
    """Every pixel of every cell that lies in the frame.

    Parameters
    ----------
    pixel
        Number of each within the box, row by row, ``(k,)``.
    neuron
        Number of the neuron whose cell each is in, ``(k,)``.
    x, y
        Distance of each pixel's middle from the neuron's centre, pixels, ``(k,)``.
    """

    pixel: NDArray[np.int64]
    neuron: NDArray[np.int64]
    x: FloatArray
    y: FloatArray


def _find_cell_pixels(placed: _Placed) -> _CellPixels:
    """Return the pixels of the cells of neurons."""
    centers, half_cell = placed.centers, placed.half_cell
    top, left, bottom, right = placed.box
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
