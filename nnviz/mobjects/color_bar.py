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
from nnviz.view.sentences.gaps import gap_name
from nnviz.view.sentences.numbers import level_texts
from nnviz.view.sentences.scales import bound_texts
from nnviz.view.themes import Theme

# Width of the bar and height of its tips, frame units: as narrow as colours can still be read.
_WIDTH, _TIP = 0.22, 0.16
# From the bar to its labels, frame units, and the size of the labels, points.
_LABEL_BUFF, _LABEL_SIZE = 0.15, 24
# About how many labels stand beside a bar of bands: more would crowd a low bar.
_N_LABELS = 4
# Pixels of each band: enough for a sharp border between two.
_PIXELS_PER_BAND = 16


class ColorBar(Group):
    """An upright bar of colours with a title above it and values beside it.

    Parameters
    ----------
    colors
        Colours from the lowest to the highest value, ``(n, 3)`` in [0, 1].
    ticks
        Labels beside the bar: the place of each, from 0 at the bottom to 1 at the top, and its
        text.
    title
        Name of the quantity that the colours show.
    theme
        Colours of the text, the frame and the gap.
    height
        Height of the bar, frame units.
    extends
        Whether there are values below the lower end, and above the upper end, of the bar: each
        such end gets a tip of the end's colour.
    gap
        Text beside a swatch of the theme's gap colour, under the bar: what values without a
        colour are. With an empty text, the default, there is no swatch.

    Attributes
    ----------
    tips
        The tips at the ends of the bar, the lower one first; empty if it has none.
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
        self.tips = [
            _tip(bar, color, direction, theme) for extended, color, direction in ends if extended
        ]
        labels = [
            words(text, color=theme.muted, size=_LABEL_SIZE)
            .next_to(bar, RIGHT, buff=_LABEL_BUFF)
            .set_y(bar.get_bottom()[1] + place * height)
            for place, text in ticks
        ]
        heading = words(title, color=theme.foreground, size=26).next_to(bar, UP, buff=0.25)
        heading.align_to(bar, LEFT)
        super().__init__(bar, frame, *labels, heading, *self.tips)
        if gap:
            self.add(*_gap_swatch(bar, gap, theme))

    @classmethod
    def of_levels(
        cls, levels: FloatArray, values: FloatArray, title: str, theme: Theme, *, height: float
    ) -> ColorBar:
        """Make the bar of a map whose colours are bands between contour levels.

        Parameters
        ----------
        levels
            Borders of the bands, ascending, ``(n + 1,)``.
        values
            Values that the map shows, any shape. Where some lie beyond the levels, the labels at
            the ends say so and the bar has tips; where some are not finite, it names the gap.
            Where none is finite, the bar has no labels, as there is nothing to read.
        title
            Name of the quantity that the colours show.
        theme
            Colours of the bands, the text, the frame and the gap.
        height
            Height of the bar, frame units.
        """
        n_bands = len(levels) - 1
        stride = max(n_bands // _N_LABELS, 1)
        labelled = range(0, n_bands + 1, stride)
        texts = level_texts(levels[list(labelled)])
        extends = clips(values, float(levels[0]), float(levels[-1]))
        texts = bound_texts(texts, below=extends[0], above=extends[1])
        ticks = [(i / n_bands, text) for i, text in zip(labelled, texts, strict=True)]
        if not np.isfinite(values).any():
            ticks = []
        colors = sequential(np.linspace(0, 1, n_bands).repeat(_PIXELS_PER_BAND), theme)
        gap = gap_name(~np.isfinite(values))
        return cls(colors, ticks, title, theme, height=height, extends=extends, gap=gap)


def _tip(bar: ImageRaster, color: FloatArray, direction: Points, theme: Theme) -> Triangle:
    """Return the pointed end, upwards or downwards, of a bar that values go beyond."""
    tip = Triangle(color=theme.muted, stroke_width=1.5).set_fill(hex_color(color), 1)
    tip.rotate(0 if direction[1] > 0 else PI)
    tip.stretch_to_fit_width(_WIDTH).stretch_to_fit_height(_TIP)
    return tip.next_to(bar, direction, buff=0)


def _gap_swatch(bar: ImageRaster, name: str, theme: Theme) -> Group:
    """Return a square of the colour of a gap under a bar, with its name beside it."""
    swatch = Square(_WIDTH, color=theme.muted, stroke_width=1.5)
    swatch.set_fill(theme.gap, 1).next_to(bar, DOWN, buff=0.3)
    label = words(name, color=theme.muted, size=_LABEL_SIZE)
    return Group(swatch, label.next_to(swatch, RIGHT, buff=_LABEL_BUFF))
