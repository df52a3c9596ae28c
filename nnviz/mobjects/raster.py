"""Mobjects that are painted from arrays: one object, however many parts it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar

import numpy as np
from manim import Mobject

from nnviz.core.arrays import FloatArray
from nnviz.raster.paintable import Paintable

Made = TypeVar("Made")


class Raster(Paintable, Mobject):
    """A mobject that paints itself, as an array of pixels, into the frame.

    It moves, scales, fades and stacks like any mobject. Only a camera that knows rasters draws
    it: every :class:`nnviz.stage.RecordingScene` has one.

    Parameters
    ----------
    points
        Points that Manim's transforms of the mobject move, ``(n, 2)``, frame units.

    Attributes
    ----------
    opacity
        Opacity of the whole mobject, in [0, 1].
    """

    def __init__(self, points: FloatArray) -> None:
        super().__init__()
        self.points = np.column_stack([points, np.zeros(len(points))])
        self.opacity = 1.0

    def set_opacity(self, opacity: float) -> Self:
        """Set the opacity of the whole mobject, in [0, 1]."""
        self.opacity = opacity
        return self

    def fade(self, darkness: float = 0.5, family: bool = True) -> Self:  # noqa: ARG002
        """Take a share of the opacity away, as Manim's fading animations do.

        Parameters
        ----------
        darkness
            Share of the opacity to take away, in [0, 1].
        family
            Ignored: a raster has no parts.
        """
        return self.set_opacity(self.opacity * (1 - darkness))

    def interpolate_color(self, mobject1: Any, mobject2: Any, alpha: float) -> Self:
        """Take an opacity between those of two rasters, as Manim's transforms do.

        Parameters
        ----------
        mobject1, mobject2
            The two rasters.
        alpha
            How near to the second one, in [0, 1].
        """
        return self.set_opacity((1 - alpha) * mobject1.opacity + alpha * mobject2.opacity)

    def align_points_with_larger(self, larger_mobject: Mobject) -> Self:
        """Refuse, as a raster can only be transformed into one with as many points.

        Parameters
        ----------
        larger_mobject
            What Manim was asked to transform it into, or from.

        Raises
        ------
        ValueError
            Always.
        """
        message = (
            f"{type(self).__name__} must be transformed into one with as many points; got "
            f"{len(self.points)} and {len(larger_mobject.points)}. Fade between the two."
        )
        raise ValueError(message)


class Shared:
    """Something that all copies of a mobject share.

    Manim copies mobjects for every animation; this takes neither time nor memory then.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class SingleEntryCache(Shared, Generic[Made]):
    """Keeps the last thing that was made, so that time is only spent when it changes."""

    def __init__(self) -> None:
        self._key = b""
        self._made: Made | None = None

    def find(self, key: bytes, make: Callable[[], Made]) -> Made:
        """Return what belongs to a key.

        Parameters
        ----------
        key
            Bytes that everything the thing depends on goes into.
        make
            Makes the thing; called if the key is not that of the last call.
        """
        if self._made is None or self._key != key:
            self._key, self._made = key, make()
        return self._made
