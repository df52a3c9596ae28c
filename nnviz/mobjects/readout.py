"""Live numbers under their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from manim import DOWN, LEFT, VGroup

from nnviz.mobjects.text import number, words
from nnviz.view.themes import Theme


class Readout(VGroup):
    """A number that can change in every frame, with its name above it.

    Parameters
    ----------
    name
        Name of the quantity.
    value
        What to show at first: a number, or a short text with numbers in it.
    theme
        Colours of the name and the number.
    decimals
        Digits shown after the decimal point.
    size
        Font size of the number, in Manim's points.
    max_width
        Widest that the name may be, frame units; a longer one is set smaller. By default any
        width will do.

    Attributes
    ----------
    value
        The mobject of the number.
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
        """Show another number, or another short text of one line."""
        if isinstance(value, str):
            self.value.set_text(value)
        else:
            self.value.set_value(value)
        return self


class Readouts(VGroup):
    """Several live numbers, one under the other.

    Parameters
    ----------
    entries
        Name of each number, and the digits that it shows after the decimal point.
    values
        Number to show at first under each name.
    theme
        Colours of the names and the numbers.
    buff
        Room between two readouts, frame units.
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
        """Show other numbers: one for each name, in their order."""
        for readout, value in zip(self.submobjects, values, strict=True):
            assert isinstance(readout, Readout)
            readout.set_value(value)
        return self
