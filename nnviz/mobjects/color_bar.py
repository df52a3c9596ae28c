"""The scale of a colour map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, UP, Group, Rectangle

from nnviz.core.arrays import FloatArray
from nnviz.mobjects.image import ImageRaster
from nnviz.mobjects.text import words
from nnviz.view.colors import sequential
from nnviz.view.notation import level_texts
from nnviz.view.themes import Theme


class ColorBar(Group):
    """An upright bar of colours with a title above and values beside it.

    Parameters
    ----------
    colors
        From the lowest to the highest value, ``(n, 3)`` in [0, 1].
    ticks
        Place of each label, from 0 at the bottom to 1 at the top, and its text.
    title
        What the colours show.
    theme
        Gives the colours of text and frame.
    height
        Of the bar, frame units.
    """

    def __init__(
        self,
        colors: FloatArray,
        ticks: Sequence[tuple[float, str]],
        title: str,
        theme: Theme,
        *,
        height: float = 4.0,
    ) -> None:
        bar = ImageRaster(np.asarray(colors)[::-1, None], height=height)
        bar.stretch_to_fit_width(0.22)
        frame = Rectangle(width=0.22, height=height, color=theme.muted, stroke_width=1.5)
        labels = [
            words(text, color=theme.muted, size=24)
            .next_to(bar, RIGHT, buff=0.15)
            .set_y(bar.get_bottom()[1] + place * height)
            for place, text in ticks
        ]
        heading = words(title, color=theme.foreground, size=26).next_to(bar, UP, buff=0.25)
        heading.align_to(bar, LEFT)
        super().__init__(bar, frame, *labels, heading)

    @classmethod
    def of_levels(cls, levels: FloatArray, title: str, theme: Theme, *, height: float) -> ColorBar:
        """Make the bar of a map in bands between ``levels`` ``(n + 1,)``."""
        n_bands = len(levels) - 1
        stride = max(n_bands // _TICKS, 1)
        shown = range(0, n_bands + 1, stride)
        places = [i / n_bands for i in shown]
        ticks = list(zip(places, level_texts(levels[list(shown)]), strict=True))
        colors = sequential(np.linspace(0, 1, n_bands).repeat(_PER_BAND), theme)
        return cls(colors, ticks, title, theme, height=height)


# Labels, and pixels of each band: enough for a sharp border between two.
_TICKS, _PER_BAND = 4, 16
