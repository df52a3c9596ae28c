"""A live number under its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from manim import DOWN, LEFT, VGroup

from nnviz.mobjects.text import number, words
from nnviz.view.themes import Theme


class Readout(VGroup):
    """A number that changes, with what it is above it.

    Parameters
    ----------
    name
        What the number is.
    value
        To begin with: a number, or a short text with numbers in it.
    theme
        Gives the colours.
    decimals
        Places shown after the point.
    size
        Of the number, in Manim's points.
    max_width
        Of the name, frame units.
    """

    def __init__(
        self,
        name: str,
        value: float | str,
        theme: Theme,
        *,
        decimals: int = 0,
        size: float = 44,
        max_width: float = np.inf,
    ) -> None:
        self.value = number(0.0, decimals=decimals, color=theme.foreground, size=size)
        label = words(name, color=theme.muted, size=28, max_width=max_width)
        super().__init__(label, self.value)
        self.set_value(value)
        self.arrange(DOWN, aligned_edge=LEFT, buff=0.16)

    def set_value(self, value: float | str) -> Self:
        """Show another number or text."""
        if isinstance(value, str):
            self.value.set_text(value)
        else:
            self.value.set_value(value)
        return self


class Readouts(VGroup):
    """Live numbers under each other.

    Parameters
    ----------
    entries
        Name of each, and the places it shows after the point.
    values
        To begin with.
    theme
        Gives the colours.
    buff
        Between two, frame units.
    """

    def __init__(
        self,
        entries: Sequence[tuple[str, int]],
        values: Sequence[float],
        theme: Theme,
        *,
        buff: float = 0.45,
    ) -> None:
        super().__init__(
            *(
                Readout(name, value, theme, decimals=decimals)
                for (name, decimals), value in zip(entries, values, strict=True)
            )
        )
        self.arrange(DOWN, aligned_edge=LEFT, buff=buff)

    def set_values(self, *values: float) -> Self:
        """Show other numbers."""
        for readout, value in zip(self.submobjects, values, strict=True):
            assert isinstance(readout, Readout)
            readout.set_value(value)
        return self
