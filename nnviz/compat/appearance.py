"""What Manim's camera reads of a mobject when it paints it."""

from __future__ import annotations

from typing import Any

from manim import ImageMobject, Mobject, PMobject, VMobject
from manim.mobject.types.image_mobject import AbstractImageMobject


class UnknownContentError(Exception):
    """Raised where a mobject's picture depends on something that cannot be known."""


def appearance(mobject: Mobject) -> list[Any]:
    """Return everything that one mobject, without its parts, is painted from.

    Mobjects with the same appearance give the same pixels; rasters are not asked for here, as
    they paint themselves.

    Parameters
    ----------
    mobject
        Any mobject of Manim.

    Returns
    -------
    list
        Numbers, texts, arrays, and lists of these; empty if nothing of the mobject is painted.

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
    """Return the points, fill and strokes of a mobject that is drawn as curves."""
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
