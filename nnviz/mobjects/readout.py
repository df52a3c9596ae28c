"""A live number under its name."""

from __future__ import annotations

from typing import Self

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
        To begin with.
    theme
        Gives the colours.
    decimals
        Places shown after the point.
    """

    def __init__(self, name: str, value: float, theme: Theme, *, decimals: int = 0) -> None:
        self.value = number(value, decimals=decimals, color=theme.foreground, size=44)
        label = words(name, color=theme.muted, size=28)
        super().__init__(label, self.value)
        self.arrange(DOWN, aligned_edge=LEFT, buff=0.16)

    def set_value(self, value: float) -> Self:
        """Show another number."""
        self.value.set_value(value)
        return self
