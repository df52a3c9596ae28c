"""Manim's camera, which paints rasters, too."""

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
    """Manim's Cairo camera, which can also be handed rasters.

    Manim sorts what it draws by class and looks the class up in ``display_funcs``, a table
    that ``type_or_raise`` fills; rasters get an entry of their own.
    """

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._line_cache = LineCache()

    def type_or_raise(self, mobject: Mobject) -> type[Mobject]:
        """Return the class that says how a mobject is drawn."""
        if not isinstance(mobject, Paintable):
            return super().type_or_raise(mobject)
        if not hasattr(self, "display_funcs"):
            super().type_or_raise(Mobject())
        self.display_funcs: dict[type, Callable[..., Any]]
        self.display_funcs[Paintable] = self._paint_rasters
        return Paintable  # type: ignore[return-value]  # a raster is a Mobject, too

    def get_cached_cairo_context(self, pixel_array: Any) -> None:
        """Return none: one that was kept would look from where the camera was before."""

    def _paint_rasters(self, rasters: Iterable[Paintable], pixels: NDArray[np.uint8]) -> None:
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
    """Give a scene's frames a background, ``#RRGGBB``."""
    camera = scene.camera
    assert isinstance(camera, Camera)
    camera.background_color = manim.ManimColor(color)


def camera_state(scene: Scene) -> list[Any]:
    """Return what a scene's frames depend on besides what is in them."""
    camera = scene.camera
    assert isinstance(camera, Camera)
    background = manim.ManimColor(camera.background_color).to_hex(), camera.background_opacity
    look = [camera.frame_width, camera.frame_height, list(camera.frame_center)]
    look += [camera.cairo_line_width_multiple, camera.use_z_index, type(camera).__qualname__]
    picture = camera.background if camera.background_image is not None else None
    return [*background, *look, picture]


def displayed(scene: Scene, mobjects: Iterable[Mobject]) -> list[Mobject]:
    """Return what is painted of mobjects and their parts, in the order in which it is."""
    camera = scene.camera
    assert isinstance(camera, Camera)
    return camera.get_mobjects_to_display(mobjects)
