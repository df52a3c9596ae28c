"""The scale of a colour map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import DOWN, LEFT, PI, RIGHT, UP, Group, Rectangle, Square, Triangle

from nnviz.core.arrays import FloatArray
from nnviz.mobjects.frame import Points
from nnviz.mobjects.image import ImageRaster
from nnviz.mobjects.text import words
from nnviz.view.colors import hex_color, sequential
from nnviz.view.contours import clips
from nnviz.view.sentences.common import bound_texts, gap_name
from nnviz.view.sentences.numbers import level_texts
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
    extends
        Whether there are values below and above its ends: a tip says so.
    gap
        Name of what is drawn in the theme's colour of a gap; empty if nothing is.

    Attributes
    ----------
    tips
        The tips at the ends, the lower one first.
    """

    def __init__(
        self,
        colors: FloatArray,
        ticks: Sequence[tuple[float, str]],
        title: str,
        theme: Theme,
        *,
        height: float = 4.0,
        extends: tuple[bool, bool] = (False, False),
        gap: str = "",
    ) -> None:
        colors = np.asarray(colors)
        bar = ImageRaster(colors[::-1, None], height=height)
        bar.stretch_to_fit_width(_WIDTH)
        frame = Rectangle(width=_WIDTH, height=height, color=theme.muted, stroke_width=1.5)
        ends = ((extends[0], colors[0], DOWN), (extends[1], colors[-1], UP))
        self.tips = [_tip(color, way, bar, theme) for is_there, color, way in ends if is_there]
        labels = [
            words(text, color=theme.muted, size=24)
            .next_to(bar, RIGHT, buff=0.15)
            .set_y(bar.get_bottom()[1] + place * height)
            for place, text in ticks
        ]
        heading = words(title, color=theme.foreground, size=26).next_to(bar, UP, buff=0.25)
        heading.align_to(bar, LEFT)
        super().__init__(bar, frame, *labels, heading, *self.tips)
        if gap:
            swatch = Square(_WIDTH, color=theme.muted, stroke_width=1.5)
            swatch.set_fill(theme.gap, 1).next_to(bar, DOWN, buff=0.3)
            name = words(gap, color=theme.muted, size=24).next_to(swatch, RIGHT, buff=0.15)
            self.add(swatch, name)

    @classmethod
    def of_levels(
        cls, levels: FloatArray, values: FloatArray, title: str, theme: Theme, *, height: float
    ) -> ColorBar:
        """Make the bar of a map in bands.

        Parameters
        ----------
        levels
            Between bands, ascending, ``(n + 1,)``.
        values
            Of the map, any shape; where some lie beyond the levels, or are not finite, the bar
            says so. Where none is finite there is nothing to read.
        title, theme, height
            See the class.
        """
        n_bands = len(levels) - 1
        stride = max(n_bands // _TICKS, 1)
        shown = range(0, n_bands + 1, stride)
        texts = level_texts(levels[list(shown)])
        extends = clips(values, float(levels[0]), float(levels[-1]))
        texts = bound_texts(texts, below=extends[0], above=extends[1])
        ticks = [(i / n_bands, text) for i, text in zip(shown, texts, strict=True)]
        if not np.isfinite(values).any():
            ticks = []
        colors = sequential(np.linspace(0, 1, n_bands).repeat(_PER_BAND), theme)
        gap = gap_name(~np.isfinite(values))
        return cls(colors, ticks, title, theme, height=height, extends=extends, gap=gap)


def _tip(color: FloatArray, way: Points, bar: ImageRaster, theme: Theme) -> Triangle:
    """Return the end of a bar that goes on beyond it."""
    tip = Triangle(color=theme.muted, stroke_width=1.5).set_fill(hex_color(color), 1)
    tip.rotate(0 if way[1] > 0 else PI)
    tip.stretch_to_fit_width(_WIDTH).stretch_to_fit_height(_TIP)
    return tip.next_to(bar, way, buff=0)


# Of the bar and of its tips, frame units.
_WIDTH, _TIP = 0.22, 0.16
# Labels, and pixels of each band: enough for a sharp border between two.
_TICKS, _PER_BAND = 4, 16
