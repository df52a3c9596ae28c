"""Text set by Typst, and numbers that change, in as little time and memory as can be."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import DOWN, ORIGIN, RIGHT, DecimalNumber, Line, MathTypst, Mobject, Typst, VMobject
from manim.typing import Point3D, Vector3DLike

from nnviz.view.sentences.numbers import number_text

# Letters that reach below the line they stand on.
_DESCENDING = "gpqy"
# Decimals that places, in frame units, and sizes, in points, are rounded to: far below a pixel,
# and far above the errors of arithmetic.
_DECIMALS = 9
# Width of a space between words that change, frame units for each point of the font.
_SPACE = 0.0015


class Words(Typst):
    """Words set by Typst that do not keep the file's outlines once Manim has made points of them.

    Manim copies a mobject for every animation, and copying outlines takes most of that time.

    Parameters
    ----------
    *args, **choices
        Arguments of Manim's ``Typst``.
    """

    def __init__(self, *args: Any, **choices: Any) -> None:
        super().__init__(*args, **choices)
        _forget_outlines(self)

    def become(self, mobject: Mobject, *args: Any, **choices: Any) -> Self:
        """Look like other words, and say what they say."""
        if not isinstance(mobject, Words):
            return super().become(mobject, *args, **choices)
        # Manim would repeat glyphs until both texts have as many: what is drawn would then
        # depend on the texts before.
        self.submobjects = mobject.copy().submobjects
        self.set_z_index(self.z_index)
        self.typst_code = mobject.typst_code
        return self


class Formula(MathTypst):
    """A formula set by Typst that does not keep its outlines either; see :class:`Words`.

    Parameters
    ----------
    *args, **choices
        Arguments of Manim's ``MathTypst``.
    """

    def __init__(self, *args: Any, **choices: Any) -> None:
        super().__init__(*args, **choices)
        _forget_outlines(self)


class LiveText(DecimalNumber):
    """A number, or a few words with numbers in them, that can change in every frame.

    However large or small a number grows, its text stays short; see
    :func:`nnviz.view.sentences.numbers.number_text`. Each character is set once and used again.
    """

    _text: str | None = None

    def set_text(self, text: str) -> Self:
        """Show a short text of one line, now and until another is set."""
        if text != self._text:
            self._text = text
            self.set_value(0.0)
        return self

    # Manim measures where the old number is and how large, and puts the new one there. Without
    # rounding, the last bits would depend on the numbers shown before, and so on which process
    # draws a frame.

    def get_edge_center(self, direction: Vector3DLike) -> Point3D:
        """Return the middle of an edge or a corner, rounded to far less than a pixel."""
        return np.round(super().get_edge_center(direction), _DECIMALS)

    @property
    def font_size(self) -> float:
        """Size of the font, in Manim's points, rounded likewise; setting it scales the text."""
        return round(super().font_size, _DECIMALS)

    @font_size.setter
    def font_size(self, size: float) -> None:
        self.scale(size / self.font_size)

    @property
    def shown(self) -> str:
        """Text that is shown now."""
        return self._get_num_string(self.number)

    def _set_submobjects_from_number(self, number: float) -> None:
        super()._set_submobjects_from_number(number)
        # Manim puts the lower ends of all signs on the line; some have to reach below it.
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
    """Drop what Manim keeps of the SVG file that each glyph was read from."""
    for glyph in text.get_family():
        vars(glyph).pop("path_obj", None)
