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

    def lay(self, overlay: Overlay, top: int, left: int) -> None:
        """Lay a picture over the frame, its first pixel at ``top`` and ``left``."""
        height, width = overlay.keep.shape[:2]
        sum_ = np.empty((_BLOCK_ROWS, width, 4), np.uint16)
        for first in range(0, height, _BLOCK_ROWS):
            rows = slice(first, min(first + _BLOCK_ROWS, height))
            under = self.pixels[top + rows.start : top + rows.stop, left : left + width]
            block = sum_[: rows.stop - rows.start]
            np.multiply(under, overlay.keep[rows], out=block)
            np.add(block, overlay.over[rows], out=block)
            np.right_shift(block, 8, out=block)
            np.copyto(under, block, casting="unsafe")

    def blend(self, color: FloatArray, opacity: FloatArray, top: int, left: int) -> None:
        """Lay colours over the frame.

        Parameters
        ----------
        color
            ``(h, w, 3)`` in [0, 1], or one colour ``(3,)``.
        opacity
            ``(h, w)`` in [0, 1].
        top, left
            Where the first pixel goes.
        """
        light = np.empty((*opacity.shape, 4), np.float32)
        light[..., :3] = color
        light[..., 3] = 1
        light *= opacity[..., None]
        self.lay(Overlay.of(light), top, left)


@dataclass(frozen=True, slots=True)
class Overlay:
    """A picture made ready to be laid over a frame, in whole numbers, which are fast.

    Parameters
    ----------
    over
        ``(h, w, 4)``: what it adds to each pixel, in 256ths of a level, and half a level.
    keep
        ``(h, w, 4)``: how many 256ths of what is below stay.
    """

    over: NDArray[np.uint16]
    keep: NDArray[np.uint16]

    @classmethod
    def of(cls, light: FloatArray) -> Overlay:
        """Make a picture ready.

        Parameters
        ----------
        light
            ``(h, w, 4)``, float32 in [0, 1]: colours multiplied by opacity, and opacity.
        """
        over, keep = np.empty(light.shape, np.uint16), np.empty(light.shape, np.uint16)
        for first in range(0, len(light), _BLOCK_ROWS):
            rows = slice(first, first + _BLOCK_ROWS)
            share = np.rint(light[rows, :, 3:] * np.float32(256))
            keep[rows] = 256 - share
            block = light[rows] * np.float32(255 * 256)
            block += np.float32(128)
            # Rounding of the two together must not carry white beyond white.
            np.minimum(block, 255 * share + 255, out=block)
            np.copyto(over[rows], block, casting="unsafe")
        return cls(over, keep)


# Rows of a picture worked on at a time: few enough for a processor's cache.
_BLOCK_ROWS = 32
