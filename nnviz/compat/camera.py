"""Manim's camera, taught to paint rasters, and what a scene's camera looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import manim
import numpy as np
from manim import Camera, Mobject, Scene
from numpy.typing import NDArray

from nnviz.raster.canvas import Canvas
from nnviz.raster.line_cache import LineCache
from nnviz.raster.paintable import Paintable


class RasterCamera(Camera):
    """Manim's Cairo camera, which also paints rasters.

    Manim sorts mobjects by class, and looks up in a table, ``display_funcs``, which function draws
    a class. Its method ``type_or_raise`` fills the table; here it adds an entry for rasters.

    Parameters
    ----------
    *args, **settings
        Arguments of Manim's ``Camera``.
    """

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._line_cache = LineCache()

    def type_or_raise(self, mobject: Mobject) -> type[Mobject]:
        """Return the class under which ``display_funcs`` lists how a mobject is drawn."""
        if not isinstance(mobject, Paintable):
            return super().type_or_raise(mobject)
        if not hasattr(self, "display_funcs"):
            super().type_or_raise(Mobject())
        self.display_funcs: dict[type, Callable[..., Any]]
        self.display_funcs[Paintable] = self._paint_rasters
        return Paintable  # type: ignore[return-value]  # a raster is a Mobject, too

    def get_cached_cairo_context(self, pixel_array: Any) -> None:
        """Return no context: a kept one would still look from where the camera was before."""

    def _paint_rasters(self, rasters: Iterable[Paintable], pixels: NDArray[np.uint8]) -> None:
        """Paint rasters, one over the other, into the camera's pixels."""
        is_opaque = self.background_opacity == 1
        canvas = Canvas(
            pixels,
            self.frame_width,
            self.frame_height,
            self.frame_center,
            is_opaque,
            self._line_cache,
        )
        for raster in rasters:
            raster.paint(canvas)


def set_background(scene: Scene, color: str) -> None:
    """Give the frames of a scene a background colour, ``#RRGGBB``."""
    camera = scene.camera
    assert isinstance(camera, Camera)
    camera.background_color = manim.ManimColor(color)


def camera_state(scene: Scene) -> list[Any]:
    """Return what the frames of a scene depend on besides its mobjects.

    Returns
    -------
    list
        Background, size and place of the frame, and how lines are drawn: numbers, texts and, if
        the background is a picture, its array.
    """
    camera = scene.camera
    assert isinstance(camera, Camera)
    background = manim.ManimColor(camera.background_color).to_hex(), camera.background_opacity
    look = [camera.frame_width, camera.frame_height, list(camera.frame_center)]
    look += [camera.cairo_line_width_multiple, camera.use_z_index, type(camera).__qualname__]
    picture = camera.background if camera.background_image is not None else None
    return [*background, *look, picture]


def displayed(scene: Scene, mobjects: Iterable[Mobject]) -> list[Mobject]:
    """Return the mobjects that are painted, in the order in which they are.

    Parameters
    ----------
    scene
        The scene whose camera decides.
    mobjects
        Mobjects of the scene; their parts are looked at, too.
    """
    camera = scene.camera
    assert isinstance(camera, Camera)
    return camera.get_mobjects_to_display(mobjects)
