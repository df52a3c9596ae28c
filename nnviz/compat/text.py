"""Text that Typst has set, and numbers that change, without what Manim keeps of their making."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import DOWN, ORIGIN, RIGHT, DecimalNumber, Line, MathTypst, Mobject, Typst, VMobject
from manim.typing import Point3D, Vector3DLike

from nnviz.view.sentences.numbers import number_text

# Letters of which a part is below the line.
_DESCENDING = "gpqy"
# Of places, frame units, and sizes, points: far below a pixel, far above rounding errors.
_DECIMALS = 9
# Width of a space between words that change, frame units for each point of the font.
_SPACE = 0.0015


class Words(Typst):
    """Words without the outlines they were read from, once the points are there.

    Manim copies a mobject for every animation, and the outlines take most of that time.
    """

    def __init__(self, *args: Any, **choices: Any) -> None:
        super().__init__(*args, **choices)
        _forget_outlines(self)

    def become(self, mobject: Mobject, *args: Any, **choices: Any) -> Self:
        """Look like other words, and say what they say."""
        super().become(mobject, *args, **choices)
        if isinstance(mobject, Words):
            self.typst_code = mobject.typst_code
        return self


class Formula(MathTypst):
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

    # Manim puts a new number where the old one is and makes it as large, up to the last bits:
    # these would depend on the numbers shown before, and so on which process draws a frame.

    def get_edge_center(self, direction: Vector3DLike) -> Point3D:
        """Return the middle of an edge, rounded to far less than a pixel."""
        return np.round(super().get_edge_center(direction), _DECIMALS)

    @property
    def font_size(self) -> float:
        """Size of the font in Manim's points, rounded likewise."""
        return round(super().font_size, _DECIMALS)

    @font_size.setter
    def font_size(self, size: float) -> None:
        self.scale(size / self.font_size)

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
