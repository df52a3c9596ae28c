"""A rectangle of pixels."""

from __future__ import annotations

from typing import NamedTuple


class PixelBox(NamedTuple):
    """A rectangle of pixels within a frame; it is empty if it ends where it begins, or before.

    Parameters
    ----------
    top, left
        Row and column of its first pixel, counted from the frame's upper left corner.
    bottom, right
        Row and column after its last pixel.
    """

    top: int
    left: int
    bottom: int
    right: int
