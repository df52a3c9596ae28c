"""What Manim's camera reads of a mobject when it paints it."""

from __future__ import annotations

from typing import Any

from manim import ImageMobject, Mobject, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject


class UnknownContentError(Exception):
    """Raised of a mobject of which it is not known what its picture depends on."""


def appearance(mobject: Mobject) -> list[Any]:
    """Return the numbers, texts and arrays that one mobject, without its parts, is painted from.

    Raises
    ------
    UnknownContentError
        If it is painted by code that may look at anything.
    """
    if isinstance(mobject, VMobject):
        return _outline(mobject)
    if isinstance(mobject, PMobject):
        return [[b"points", mobject.points, mobject.rgbas, mobject.stroke_width]]
    if isinstance(mobject, ImageMobject):
        pixels = mobject.get_pixel_array()
        return [[b"image", mobject.points, pixels, mobject.resampling_algorithm]]
    if isinstance(mobject, AbstractImageMobject):
        raise UnknownContentError(type(mobject).__name__)
    return []  # such as trackers of values: nothing of them is painted


def _outline(mobject: VMobject) -> list[Any]:
    if mobject.get_background_image() is not None:
        message = f"{type(mobject).__name__} with a background image"
        raise UnknownContentError(message)
    fill = mobject.get_fill_rgbas()
    values: list[Any] = [[b"outline", mobject.points, fill]]
    has_gradient = len(fill) > 1
    for background in (True, False):
        width = mobject.get_stroke_width(background)
        values.append(width)
        if width:
            stroke = mobject.get_stroke_rgbas(background)
            has_gradient = has_gradient or len(stroke) > 1
            values.append([stroke, mobject.joint_type, mobject.cap_style])
    if has_gradient:
        values.append(list(mobject.get_gradient_start_and_end_points()))
    return values
