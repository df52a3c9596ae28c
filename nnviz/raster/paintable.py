"""What can be painted onto a canvas."""

from __future__ import annotations

from abc import ABC, abstractmethod

from nnviz.raster.canvas import Canvas


class Paintable(ABC):
    """Something that paints itself, as arrays of pixels, into a frame."""

    @abstractmethod
    def paint(self, canvas: Canvas) -> None:
        """Paint it as it is now over what is already there."""
