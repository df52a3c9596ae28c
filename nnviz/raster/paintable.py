"""What can be painted onto a canvas."""

from __future__ import annotations

from abc import ABC, abstractmethod

from nnviz.raster.canvas import Canvas


class Paintable(ABC):
    """Base class of what paints itself, as arrays of pixels, onto a canvas."""

    @abstractmethod
    def paint(self, canvas: Canvas) -> None:
        """Paint its present state over what is already on the canvas."""
