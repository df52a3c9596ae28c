"""A cache of the pixels that lines cover, for lines that are painted again and again."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Self

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.raster.line_sums import LineSums
from nnviz.raster.pixel_box import PixelBox

# Enough for the 12,960 edges of a 784-16-16-10 network at 4K.
_DEFAULT_MAX_BYTES = 400_000_000


class LineCache:
    """The pixels that sets of lines cover, kept for the few sets that a picture shows.

    A pulse runs along the very lines of the idle edges under it, and most lines stand still.
    Each camera owns one cache, which is dropped with the camera.

    Parameters
    ----------
    max_bytes
        Bytes to keep at most; before a new set is added, least recently used ones are dropped
        until no more than this is kept. The default holds the 12,960 edges of a 784-16-16-10
        network at 4K.
    """

    def __init__(self, max_bytes: int = _DEFAULT_MAX_BYTES) -> None:
        self.max_bytes = max_bytes
        self._kept: OrderedDict[bytes, LineSums] = OrderedDict()

    @property
    def n_bytes(self) -> int:
        """Number of bytes that are kept at present."""
        return sum(lines.n_bytes for lines in self._kept.values())

    def find(self, key: bytes, ends: FloatArray, width: float, box: PixelBox) -> LineSums:
        """Return the sums over a set of lines, measured anew if they are not kept.

        Parameters
        ----------
        key
            Name of the set: must differ where the lines, their width or their box differ.
        ends
            Starts of all lines and then their ends, ``(2 n, 2)``: x to the right and y down, in
            pixels of the frame.
        width
            Width of every line, in pixels.
        box
            The part of the frame that the lines are in; what lies outside is left out.
        """
        if key not in self._kept:
            starts, stops = np.split(ends - (box.left, box.top), 2)
            shape = (box.bottom - box.top, box.right - box.left)
            while self.n_bytes > self.max_bytes:
                self._kept.popitem(last=False)
            self._kept[key] = LineSums(starts, stops, width, shape)
        self._kept.move_to_end(key)
        return self._kept[key]

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self  # a copy of a camera may share what only saves time
