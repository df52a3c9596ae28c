"""The frame's pixels, as a raster mobject paints them."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.arrays import FloatArray
from nnviz.mobjects.glass import Glass
from nnviz.view.line_cover import SUBPIXELS


@dataclass(frozen=True, slots=True)
class Canvas:
    """A frame under way.

    Parameters
    ----------
    pixels
        ``(height, width, 4)`` uint8: red, green, blue, multiplied by the fourth, opacity.
    frame_width, frame_height
        Size of the frame, frame units.
    center
        Frame coordinates of its middle, ``(2,)`` or more.
    is_opaque
        Whether every pixel is, and stays.
    """

    pixels: NDArray[np.uint8]
    frame_width: float
    frame_height: float
    center: FloatArray
    is_opaque: bool = False

    @property
    def scale(self) -> float:
        """Pixels per frame unit."""
        return self.pixels.shape[0] / self.frame_height

    def to_pixels(self, points: FloatArray) -> FloatArray:
        """Return where frame points ``(n, 2 or 3)`` lie: x right and y down, ``(n, 2)``."""
        height, width = self.pixels.shape[:2]
        x = (points[:, 0] - self.center[0]) * width / self.frame_width + width / 2
        y = (self.center[1] - points[:, 1]) * height / self.frame_height + height / 2
        # Manim's transforms leave the last bits of a still point trembling; what was painted
        # for the point a moment ago can be used again.
        return np.round(np.column_stack([x, y]) * SUBPIXELS) / SUBPIXELS

    def box(self, corners: FloatArray, margin: float = 0.0) -> tuple[int, int, int, int]:
        """Return the pixels around points, within the frame.

        Parameters
        ----------
        corners
            Pixel coordinates, ``(n, 2)``.
        margin
            Added on every side, pixels.

        Returns
        -------
        tuple
            Top, left, bottom, right; bottom and right excluded.
        """
        height, width = self.pixels.shape[:2]
        x, y = corners[:, 0], corners[:, 1]
        first = max(floor(y.min() - margin), 0), max(floor(x.min() - margin), 0)
        last = min(ceil(y.max() + margin), height), min(ceil(x.max() + margin), width)
        return *first, *last

    def filter(
        self, glass: Glass, top: int, left: int, *, shares: FloatArray | None = None
    ) -> None:
        """Let the frame be seen through glass.

        Parameters
        ----------
        glass
            Painted over the frame.
        top, left
            Where its first pixel goes.
        shares
            How much of the glass there is in each column, ``(w,)`` float32 in [0, 1].
        """
        height, width = glass.keep.shape
        for first in range(0, height, _BLOCK_ROWS):
            rows = slice(first, min(first + _BLOCK_ROWS, height))
            under = self.pixels[top + rows.start : top + rows.stop, left : left + width]
            keep, add = glass.keep[rows], glass.add[:, rows]
            if shares is not None:
                keep, add = 1 - (1 - keep) * shares, add * shares
            # One channel after the other: runs of one kind of number are fast.
            for channel in range(3):
                levels = under[..., channel].astype(np.float32)
                levels *= keep
                levels += add[channel]
                levels += np.float32(0.5)
                under[..., channel] = levels
            if not self.is_opaque:
                under[..., 3] = under[..., 3] * keep + 255 * (1 - keep) + np.float32(0.5)

    def set(
        self,
        image: NDArray[np.uint8],
        cover_y: FloatArray,
        cover_x: FloatArray,
        top: int,
        left: int,
    ) -> None:
        """Put an opaque image into the frame, whose border may run through pixels.

        Parameters
        ----------
        image
            ``(h, w, 4)``.
        cover_y, cover_x
            How much of each row ``(h,)`` and column ``(w,)`` it covers, in [0, 1].
        top, left
            Where the first pixel goes.
        """
        height, width = image.shape[:2]
        frame = self.pixels[top : top + height, left : left + width]
        partly = np.outer(cover_y, cover_x)
        borders: list[Any] = [np.s_[:]]
        # Within the outermost rows and columns an image covers all of a pixel, or is faded.
        if min(height, width) > 2 and (partly[1:-1, 1:-1] == 1).all():
            frame[1:-1, 1:-1] = image[1:-1, 1:-1]
            borders = [np.s_[:1], np.s_[-1:], np.s_[1:-1, :1], np.s_[1:-1, -1:]]
        for border in borders:
            share = partly[border][..., None]
            frame[border] = np.rint(image[border] * share + frame[border] * (1 - share))


# Rows of a picture worked on at a time: few enough for a processor's cache.
_BLOCK_ROWS = 16
