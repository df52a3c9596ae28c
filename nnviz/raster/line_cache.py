"""The coverage of lines that are painted again and again."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Self

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.raster.line_sums import LineSums


class LineCache:
    """Which pixels sets of lines cover, kept for the few sets that a picture shows.

    A pulse runs along the very lines of the idle edges under it, and most lines stand still.
    Each camera has one, which goes when the camera does.

    Parameters
    ----------
    max_bytes
        Least recently used sets are dropped until no more than this is kept while another set
        is found. The default holds the 12,960 edges of a 784-16-16-10 network at 4K.
    """

    def __init__(self, max_bytes: int = 400_000_000) -> None:
        self.max_bytes = max_bytes
        self._kept: OrderedDict[bytes, LineSums] = OrderedDict()

    @property
    def n_bytes(self) -> int:
        """Size of what is kept."""
        return sum(lines.n_bytes for lines in self._kept.values())

    def find(
        self, key: bytes, ends: FloatArray, width: float, box: tuple[int, int, int, int]
    ) -> LineSums:
        """Return the coverage of lines, found anew if it is not kept.

        Parameters
        ----------
        key
            Tells sets of lines, their width and their box apart.
        ends
            Starts of all lines and then their ends, ``(2 n, 2)``: x to the right and y down,
            pixels of the frame.
        width
            Of every line, pixels.
        box
            Top, left, bottom and right of the part of the frame that they are in.
        """
        if key not in self._kept:
            top, left, bottom, right = box
            starts, stops = np.split(ends - (left, top), 2)
            while self.n_bytes > self.max_bytes:
                self._kept.popitem(last=False)
            self._kept[key] = LineSums(starts, stops, width, (bottom - top, right - left))
        self._kept.move_to_end(key)
        return self._kept[key]

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self  # it only saves time, for whoever asks
