"""Words, numbers and formulas, set by Typst in its own fonts: the same on every machine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    DecimalNumber,
    Line,
    MathTypst,
    Mobject,
    Typst,
    VGroup,
    VMobject,
)

from nnviz.mobjects.frame import at
from nnviz.view.notation import number_text
from nnviz.view.themes import Theme

_PREAMBLE = '#set text(font: "New Computer Modern")'
# Letters of which a part is below the line.
_DESCENDING = "gpqy"
# Width of a space between words that change, frame units for each point of the font.
_SPACE = 0.0015
# From one line of words to the next, frame units for each point of the font.
_LEADING = 0.0155
_MARKUP = re.compile(r"([\\#$*_`<>@\[\]~=/+-])")


class _Words(Typst):
    """Words without the outlines they were read from, once the points are there.

    Manim copies a mobject for every animation, and the outlines take most of that time.
    """

    def __init__(self, *args: Any, **choices: Any) -> None:
        super().__init__(*args, **choices)
        _forget_outlines(self)

    def become(self, mobject: Mobject, *args: Any, **choices: Any) -> Self:
        """Look like other words, and say what they say."""
        super().become(mobject, *args, **choices)
        if isinstance(mobject, _Words):
            self.typst_code = mobject.typst_code
        return self


class _Formula(MathTypst):
    """A formula, likewise."""

    def __init__(self, *args: Any, **choices: Any) -> None:
        super().__init__(*args, **choices)
        _forget_outlines(self)


class LiveText(DecimalNumber):
    """A number that keeps short, whatever it grows to, or a few words with numbers in them.

    Each sign is set once and used again, so that the text may change in every frame.
    """

    _text: str | None = None

    def set_text(self, text: str) -> Self:
        """Show a short text, of one line."""
        if text != self._text:
            self._text = text
            self.set_value(0.0)
        return self

    @property
    def shown(self) -> str:
        """What it shows now."""
        return self._get_num_string(self.number)

    def _set_submobjects_from_number(self, number: float) -> None:
        super()._set_submobjects_from_number(number)
        # All signs stand on their lower ends; those that reach below the line are let down.
        signs = self._get_num_string(number)
        if any(sign in _DESCENDING for sign in signs):
            small = self._string_to_mob("x").height
            for sign, glyph in zip(signs, self.submobjects, strict=True):
                if sign in _DESCENDING:
                    glyph.shift((glyph.height - small) * DOWN)

    def _get_num_string(self, number: float | complex) -> str:
        assert not isinstance(number, complex)
        if self._text is not None:
            return self._text
        return number_text(number, self.num_decimal_places)

    def _string_to_mob(self, string: str, *args: Any, **choices: Any) -> VMobject:
        if string == " ":  # a line without a stroke: room for one
            return Line(ORIGIN, _SPACE * self._font_size * RIGHT, stroke_width=0)
        code = f'upright("{string}")' if string.isalpha() else string
        return super()._string_to_mob(code, *args, **choices)


def _forget_outlines(text: Typst) -> None:
    for glyph in text.get_family():
        vars(glyph).pop("path_obj", None)


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
    line = _Words(_MARKUP.sub(r"\\\1", text), typst_preamble=_PREAMBLE, color=color, font_size=size)
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
    return _Formula(code, color=color, font_size=size)


def number(value: float, *, decimals: int = 2, color: str, size: float = 26) -> LiveText:
    """Set a number that can change: ``set_value`` on it reuses the digits already set."""
    return LiveText(
        value,
        num_decimal_places=decimals,
        mob_class=_Formula,  # type: ignore[arg-type]  # as good as its own class
        color=color,
        font_size=size,
    )
