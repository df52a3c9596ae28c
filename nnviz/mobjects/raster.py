"""Mobjects that are painted from arrays: one object, however many parts it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar

import numpy as np
from manim import Mobject

from nnviz.core.arrays import FloatArray
from nnviz.raster.paintable import Paintable


class Raster(Paintable, Mobject):
    """A mobject that paints itself into the frame.

    It moves, scales, fades and stacks like any mobject. A scene needs the camera that
    knows rasters: see :class:`nnviz.stage.RecordingScene`.

    Parameters
    ----------
    points
        What the mobject's transforms act on, ``(n, 2)``, frame units.

    Attributes
    ----------
    opacity
        Of the whole, in [0, 1].
    """

    def __init__(self, points: FloatArray) -> None:
        super().__init__()
        self.points = np.column_stack([points, np.zeros(len(points))])
        self.opacity = 1.0

    def set_opacity(self, opacity: float) -> Self:
        """Set the opacity of the whole, in [0, 1]."""
        self.opacity = opacity
        return self

    def fade(self, darkness: float = 0.5, family: bool = True) -> Self:  # noqa: ARG002
        """Take away a share of the opacity, as Manim's fading animations do."""
        return self.set_opacity(self.opacity * (1 - darkness))

    def interpolate_color(self, mobject1: Any, mobject2: Any, alpha: float) -> Self:
        """Take an opacity between those of two rasters of the same kind."""
        return self.set_opacity((1 - alpha) * mobject1.opacity + alpha * mobject2.opacity)

    def align_points_with_larger(self, larger_mobject: Mobject) -> Self:
        """Refuse: a raster only changes into a raster of as many points."""
        message = (
            f"{type(self).__name__} must be transformed into one with as many points; got "
            f"{len(self.points)} and {len(larger_mobject.points)}. Fade between the two."
        )
        raise ValueError(message)


class Shared:
    """Something that copies of a mobject share, as Manim copies mobjects at every turn."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


Made = TypeVar("Made")


class SingleEntryCache(Shared, Generic[Made]):
    """Keeps the last thing made, so that only changes cost time."""

    def __init__(self) -> None:
        self._key = b""
        self._made: Made | None = None

    def find(self, key: bytes, make: Callable[[], Made]) -> Made:
        """Return what belongs to a key, made anew if it is not the last one's."""
        if self._made is None or self._key != key:
            self._key, self._made = key, make()
        return self._made
