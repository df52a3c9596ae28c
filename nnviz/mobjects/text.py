"""Words, numbers and formulas, set by Typst in its own fonts: the same on every machine."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from manim import LEFT, ORIGIN, UP, MathTypst, Typst, VGroup

from nnviz.compat.text import Formula, LiveText, Words
from nnviz.mobjects.frame import at
from nnviz.view.themes import Theme

_PREAMBLE = '#set text(font: "New Computer Modern")'
# From one line of words to the next, frame units for each point of the font.
_LEADING = 0.0155
_MARKUP = re.compile(r"([\\#$*_`<>@\[\]~=/+-])")


def words(text: str, *, color: str, size: float = 26, max_width: float = np.inf) -> Typst:
    """Set plain words.

    Parameters
    ----------
    text
        Taken literally: no character of it is markup.
    color
        ``#RRGGBB``.
    size
        Font size in Manim's points; 48 makes a capital about 0.5 frame units high.
    max_width
        Words that would be wider, frame units, are set smaller: a name can be of any length.
    """
    line = Words(_MARKUP.sub(r"\\\1", text), typst_preamble=_PREAMBLE, color=color, font_size=size)
    return line.scale(min(1.0, max_width / max(line.width, 1e-6)))


def stand(text: Typst, y: float) -> Typst:
    """Put words on a line at a height: their letters' feet, whichever reach above or below it."""
    feet = float(np.median([glyph.get_bottom()[1] for glyph in text.family_members_with_points()]))
    return text.shift((y - feet) * UP)


def lines_of_words(
    lines: Sequence[str], theme: Theme, *, size: float = 24, max_width: float = np.inf
) -> VGroup:
    """Set secondary lines of plain words, evenly one under the other."""
    texts = VGroup()
    for i, line in enumerate(lines):
        text = words(line, color=theme.muted, size=size, max_width=max_width)
        texts.add(stand(text.align_to(ORIGIN, LEFT), -i * _LEADING * size))
    return texts


def heading(text: str, theme: Theme) -> Typst:
    """Set what a scene says just now, at the top left of the frame."""
    line = words(text, color=theme.foreground, size=34, max_width=13.6)
    return stand(line.move_to(at(-6.8, 0), aligned_edge=LEFT), 3.4)


def formula(code: str, *, color: str, size: float = 30) -> MathTypst:
    """Set a formula in Typst's mathematics, such as ``a^((1)) = sigma(W a^((0)) + b)``."""
    return Formula(code, color=color, font_size=size)


def number(value: float, *, decimals: int = 2, color: str, size: float = 26) -> LiveText:
    """Set a number that can change: ``set_value`` on it reuses the digits already set."""
    return LiveText(
        value,
        num_decimal_places=decimals,
        mob_class=Formula,  # type: ignore[arg-type]  # as good as its own class
        color=color,
        font_size=size,
    )
