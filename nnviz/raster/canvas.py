"""The frame that layers are composited onto."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.arrays import FloatArray
from nnviz.raster.layer import Layer
from nnviz.raster.line_cache import LineCache
from nnviz.raster.line_sums import SUBPIXELS
from nnviz.raster.pixel_box import PixelBox

# Rows of a layer composited at a time: few enough for a processor's cache.
_BLOCK_ROWS = 16


@dataclass(frozen=True, slots=True)
class Canvas:
    """A frame of a film while it is being painted.

    Parameters
    ----------
    pixels
        The frame, ``(height, width, 4)`` uint8: red, green and blue, premultiplied by the fourth,
        opacity. It is painted in place.
    frame_width, frame_height
        Size of the frame, in frame units.
    center
        Frame coordinates of the frame's middle: x and y, ``(2,)``; more do not count.
    is_opaque
        Whether every pixel is opaque already; layers then leave the opacity as it is.
    line_cache
        Coverage of lines that were painted before. The camera owns it and hands it to every
        canvas; by default an empty one.
    """

    pixels: NDArray[np.uint8]
    frame_width: float
    frame_height: float
    center: FloatArray
    is_opaque: bool = False
    line_cache: LineCache = field(default_factory=LineCache)

    @property
    def scale(self) -> float:
        """Pixels per frame unit."""
        return self.pixels.shape[0] / self.frame_height

    def to_pixels(self, points: FloatArray) -> FloatArray:
        """Return where points of the frame lie on the canvas.

        Parameters
        ----------
        points
            Frame coordinates, ``(n, 2)`` or ``(n, 3)``, of which the third does not count.

        Returns
        -------
        FloatArray
            ``(n, 2)``: x to the right and y down from the upper left corner, in pixels, rounded
            to 1 / :data:`~nnviz.raster.line_sums.SUBPIXELS`.
        """
        height, width = self.pixels.shape[:2]
        x = (points[:, 0] - self.center[0]) * width / self.frame_width + width / 2
        y = (self.center[1] - points[:, 1]) * height / self.frame_height + height / 2
        # Transforms of the caller leave the last bits of a still point trembling; once rounded,
        # what was painted for the point a frame ago can be used again.
        return np.round(np.column_stack([x, y]) * SUBPIXELS) / SUBPIXELS

    def box(self, corners: FloatArray, margin: float = 0.0) -> PixelBox:
        """Return the smallest box of pixels around points, cut at the frame's borders.

        Parameters
        ----------
        corners
            Coordinates of the points, x and y, in pixels, ``(n, 2)``.
        margin
            Room to add on every side, in pixels.

        Returns
        -------
        PixelBox
            Empty if all points lie outside the frame.
        """
        height, width = self.pixels.shape[:2]
        x, y = corners[:, 0], corners[:, 1]
        first = max(floor(y.min() - margin), 0), max(floor(x.min() - margin), 0)
        last = min(ceil(y.max() + margin), height), min(ceil(x.max() + margin), width)
        return PixelBox(*first, *last)

    def composite(
        self, layer: Layer, top: int, left: int, *, column_shares: FloatArray | None = None
    ) -> None:
        """Composite a layer over what is already painted.

        Parameters
        ----------
        layer
            Layer to composite; all of it must lie within the frame.
        top, left
            Row and column of the frame that the layer's first pixel goes to.
        column_shares
            Factors of the opacity of each of the layer's columns, ``(width,)`` float32 in [0, 1];
            ``None`` leaves the layer as it is.
        """
        height, width = layer.transmittance.shape
        for first in range(0, height, _BLOCK_ROWS):
            rows = slice(first, min(first + _BLOCK_ROWS, height))
            background = self.pixels[top + rows.start : top + rows.stop, left : left + width]
            colors, transmittance = layer.colors[:, rows], layer.transmittance[rows]
            if column_shares is not None:
                colors = colors * column_shares
                transmittance = 1 - (1 - transmittance) * column_shares
            # One channel after the other: runs of one kind of number are fast.
            for channel in range(3):
                levels = background[..., channel].astype(np.float32)
                levels *= transmittance
                levels += colors[channel]
                levels += np.float32(0.5)
                background[..., channel] = levels
            if not self.is_opaque:
                opacity = background[..., 3] * transmittance + 255 * (1 - transmittance)
                background[..., 3] = opacity + np.float32(0.5)

    def put(
        self,
        image: NDArray[np.uint8],
        cover_y: FloatArray,
        cover_x: FloatArray,
        top: int,
        left: int,
    ) -> None:
        """Put an opaque image into the frame, whose border may run through the middle of pixels.

        Parameters
        ----------
        image
            ``(h, w, 4)`` uint8, fully opaque; all of it must lie within the frame.
        cover_y, cover_x
            Share of each row of pixels, ``(h,)``, and of each column, ``(w,)``, that the image
            covers, in [0, 1].
        top, left
            Row and column of the frame that the image's first pixel goes to.
        """
        height, width = image.shape[:2]
        frame = self.pixels[top : top + height, left : left + width]
        shares = np.outer(cover_y, cover_x)
        borders: list[Any] = [np.s_[:]]
        # Within the outermost rows and columns an image covers all of a pixel, or is faded.
        if min(height, width) > 2 and (shares[1:-1, 1:-1] == 1).all():
            frame[1:-1, 1:-1] = image[1:-1, 1:-1]
            borders = [np.s_[:1], np.s_[-1:], np.s_[1:-1, :1], np.s_[1:-1, -1:]]
        for border in borders:
            share = shares[border][..., None]
            frame[border] = np.rint(image[border] * share + frame[border] * (1 - share))
