"""The frame's pixels, as a raster mobject paints them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.core.arrays import FloatArray

# Positions are told apart to this share of a pixel, far below what an eye can see.
_SUBPIXELS = 64


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
    """

    pixels: NDArray[np.uint8]
    frame_width: float
    frame_height: float
    center: FloatArray

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
        return np.round(np.column_stack([x, y]) * _SUBPIXELS) / _SUBPIXELS

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
        left, top = np.floor(corners.min(axis=0) - margin).astype(int)
        right, bottom = np.ceil(corners.max(axis=0) + margin).astype(int)
        top, bottom = np.clip((top, bottom), 0, height)
        left, right = np.clip((left, right), 0, width)
        return int(top), int(left), int(bottom), int(right)

    def blend(self, color: FloatArray, opacity: FloatArray, top: int, left: int) -> None:
        """Lay a picture over the frame.

        Parameters
        ----------
        color
            ``(h, w, 3)`` in [0, 1], or one colour ``(3,)``.
        opacity
            ``(h, w)`` in [0, 1].
        top, left
            Where its first pixel goes.
        """
        height, width = opacity.shape
        under = self.pixels[top : top + height, left : left + width]
        share = opacity[..., None].astype(np.float32)
        over = np.empty(under.shape, np.float32)
        over[..., :3] = color
        over[..., 3] = 1
        over *= share * 255
        over += under * (1 - share)
        over += 0.5  # the cast below cuts off
        under[...] = over
