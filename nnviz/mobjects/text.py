"""Words, numbers and formulas, set by Typst in its own fonts: the same on every machine."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from manim import LEFT, ORIGIN, UP, MathTypst, Typst, VGroup

from nnviz.compat.text import Formula, LiveText, Words
from nnviz.mobjects.frame import Points, at
from nnviz.view.themes import Theme

# Typst has this font built in: no other needs to be there.
_PREAMBLE = '#set text(font: "New Computer Modern")'
# From one line of words to the next, frame units for each point of the font size.
_LEADING = 0.0155
# Characters that Typst would take for markup.
_MARKUP = re.compile(r"([\\#$*_`<>@\[\]~=/+-])")


def words(text: str, *, color: str, size: float = 26, max_width: float = np.inf) -> Typst:
    """Set a line of plain words.

    Parameters
    ----------
    text
        The words; no character of them is markup.
    color
        Colour of the words, ``#RRGGBB``.
    size
        Font size in Manim's points; 48 makes a capital letter about 0.5 frame units high.
    max_width
        Widest that the line may be, frame units; a wider one is set smaller. By default any
        width will do.
    """
    line = Words(_MARKUP.sub(r"\\\1", text), typst_preamble=_PREAMBLE, color=color, font_size=size)
    return line.scale(min(1.0, max_width / max(line.width, 1e-6)))


def stand(text: Typst, y: float) -> Typst:
    """Move words up or down so that they stand on a line, whichever letters reach below it.

    Parameters
    ----------
    text
        The words to move.
    y
        Height of the line, frame units above the middle of the frame.
    """
    feet = float(np.median([glyph.get_bottom()[1] for glyph in text.family_members_with_points()]))
    return text.shift((y - feet) * UP)


def lines_of_words(
    lines: Sequence[str], theme: Theme, *, size: float = 24, max_width: float = np.inf
) -> VGroup:
    """Set lines of plain words in the theme's muted colour, evenly one under the other.

    Parameters
    ----------
    lines
        The words of each line.
    theme
        Gives the colour.
    size
        Font size in Manim's points.
    max_width
        Widest that a line may be, frame units; a wider one is set smaller. By default any width
        will do.
    """
    texts = VGroup()
    for i, line in enumerate(lines):
        text = words(line, color=theme.muted, size=size, max_width=max_width)
        texts.add(stand(text.align_to(ORIGIN, LEFT), -i * _LEADING * size))
    return texts


def heading(text: str, theme: Theme) -> Typst:
    """Set the sentence that tells what a scene shows just now, at the top left of the frame."""
    line = words(text, color=theme.foreground, size=34, max_width=13.6)
    return stand(line.move_to(at(-6.8, 0), aligned_edge=LEFT), 3.4)


def formula(code: str, *, color: str, size: float = 30) -> MathTypst:
    """Set a formula.

    Parameters
    ----------
    code
        The formula in Typst's mathematics, such as ``a^((1)) = sigma(W a^((0)) + b)``.
    color
        Colour of the formula, ``#RRGGBB``.
    size
        Font size in Manim's points.
    """
    return Formula(code, color=color, font_size=size)


def number(
    value: float,
    *,
    decimals: int = 2,
    color: str,
    size: float = 26,
    fixed_edge: Points = LEFT,
) -> LiveText:
    """Set a number that can change: its ``set_value`` reuses the digits that were set before.

    Parameters
    ----------
    value
        The number to show at first.
    decimals
        Digits shown after the decimal point.
    color
        Colour of the number, ``#RRGGBB``.
    size
        Font size in Manim's points.
    fixed_edge
        Manim's ``LEFT`` or ``RIGHT``: the edge that stays where it is when the number changes.
        Moving a number after every change would make it depend, in its last bits, on all before.
    """
    return LiveText(
        value,
        edge_to_fix=fixed_edge,
        num_decimal_places=decimals,
        mob_class=Formula,  # type: ignore[arg-type]  # as good as its own class
        color=color,
        font_size=size,
    )
