"""A small image, shown large and crisp."""

from __future__ import annotations

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.errors import ShapeError
from nnviz.mobjects.raster import Raster
from nnviz.raster.canvas import Canvas
from nnviz.raster.layer import Layer


class ImageRaster(Raster):
    """An image of few pixels, each drawn as a rectangle with sharp edges.

    Parameters
    ----------
    colors
        Colours of the pixels, ``(rows, columns, 3)`` in [0, 1], the top row first.
    height
        Height of the mobject, frame units; its width follows, as pixels are square.
    smooth
        Whether to interpolate between pixels instead of drawing sharp edges.

    Raises
    ------
    ShapeError
        If ``colors`` has not that shape.
    """

    def __init__(self, colors: FloatArray, *, height: float = 2.0, smooth: bool = False) -> None:
        self.smooth = smooth
        self.set_colors(colors)
        rows, columns = self.colors.shape[:2]
        half = np.array([height * columns / rows, height]) / 2
        super().__init__(np.array([-half, half]))

    def set_colors(self, colors: FloatArray) -> None:
        """Show another image in the same place, stretched if it has another shape.

        Parameters
        ----------
        colors
            Colours of the pixels, ``(rows, columns, 3)`` in [0, 1], the top row first.

        Raises
        ------
        ShapeError
            If ``colors`` has not that shape.
        """
        colors = np.asarray(colors, np.float32)
        if colors.ndim != 3 or colors.shape[2] != 3:
            message = f"an image's colours must have shape (rows, columns, 3); got {colors.shape}."
            raise ShapeError(message)
        self.colors = colors

    def paint(self, canvas: Canvas) -> None:
        """Paint the image over what the canvas shows."""
        corners = canvas.to_pixels(self.points)
        top, left, bottom, right = canvas.box(corners)
        if top >= bottom or left >= right or self.opacity <= 0:
            return
        low, high = corners.min(axis=0), corners.max(axis=0)
        rows, columns = self.colors.shape[:2]
        # The middle of each of the frame's pixels, counted in pixels of the image; a pixel on the
        # border is covered as far as the image reaches into it.
        v = (np.arange(top, bottom) + 0.5 - low[1]) / (high[1] - low[1]) * rows
        u = (np.arange(left, right) + 0.5 - low[0]) / (high[0] - low[0]) * columns
        cover_y = _overlap(np.arange(top, bottom), low[1], high[1]) * self.opacity
        cover_x = _overlap(np.arange(left, right), low[0], high[0])
        if self.smooth:
            layer = Layer.of_colors(_bilinear(self.colors, v, u), np.outer(cover_y, cover_x))
            canvas.composite(layer, top, left)
            return
        image = np.full((rows, columns, 4), 255, np.uint8)
        image[..., :3] = np.rint(np.clip(self.colors, 0, 1) * 255)
        v, u = np.clip(v, 0, rows - 1).astype(int), np.clip(u, 0, columns - 1).astype(int)
        canvas.put(image[:, u][v], cover_y, cover_x, top, left)


def _bilinear(colors: FloatArray, v: FloatArray, u: FloatArray) -> FloatArray:
    """Return the image interpolated at rows ``(h,)`` and columns ``(w,)``: ``(h, w, 3)``."""
    (v0, v1, v_share), (u0, u1, u_share) = (
        _neighbours(at, size) for at, size in zip((v, u), colors.shape[:2], strict=True)
    )
    rows = colors[v0] + v_share[:, None, None] * (colors[v1] - colors[v0])
    blended: FloatArray = rows[:, u0] + u_share[:, None] * (rows[:, u1] - rows[:, u0])
    return blended


def _neighbours(at: FloatArray, size: int) -> tuple[np.ndarray, np.ndarray, FloatArray]:
    """Return the pixels before and after each place, and how near it is to the one after."""
    center = np.clip(at - 0.5, 0, size - 1)
    before = np.floor(center).astype(int)
    after = np.minimum(before + 1, size - 1)
    return before, after, (center - before).astype(np.float32)


def _overlap(pixels: np.ndarray, low: float, high: float) -> FloatArray:
    """Return the share of each pixel that lies between two coordinates, in [0, 1]."""
    return np.clip(np.minimum(pixels + 1, high) - np.maximum(pixels, low), 0, 1)
