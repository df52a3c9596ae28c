"""The frame's pixels, as a raster mobject paints them."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Any

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
        x, y = corners[:, 0], corners[:, 1]
        first = max(floor(y.min() - margin), 0), max(floor(x.min() - margin), 0)
        last = min(ceil(y.max() + margin), height), min(ceil(x.max() + margin), width)
        return *first, *last

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

    def filter(self, glass: Glass, top: int, left: int) -> None:
        """Let the frame be seen through coloured glass, its first pixel at ``top, left``."""
        height, width = glass.keep.shape
        under = self.pixels[top : top + height, left : left + width]
        # One channel after the other: runs of one kind of number are fast.
        for channel in range(3 if self.is_opaque else 4):
            sum_ = under[..., channel] * glass.keep
            sum_ += glass.add[channel]
            sum_ += np.float32(0.5)
            under[..., channel] = sum_

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
class Glass:
    """A picture to be looked through, in the numbers that it was summed up in.

    Parameters
    ----------
    add
        ``(4, h, w)`` float32: levels, 0 to 255, that it adds to each channel.
    keep
        ``(h, w)`` float32: the share of what is below that stays.
    """

    add: FloatArray
    keep: FloatArray

    @classmethod
    def of(cls, depth: FloatArray) -> Glass:
        """Make glass of what it is made of.

        Parameters
        ----------
        depth
            ``(4, h, w)`` float32: optical depth last, which lets exp(-depth) of the light
            pass, and before it the glass's colour, in [0, 1], multiplied by the depth.
        """
        keep = np.exp(-depth[3])
        gain = (1 - keep) * np.float32(255) / np.maximum(depth[3], np.float32(1e-9))
        return cls(np.multiply(depth, gain, order="C"), keep)

    def rows(self, first: int, last: int) -> Glass:
        """Return a part of the glass."""
        return Glass(self.add[:, first:last], self.keep[first:last])


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
