"""The only module that touches Manim's internals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import manim
import numpy as np
from manim import Camera, Mobject
from numpy.typing import NDArray

from nnviz.errors import RenderError
from nnviz.mobjects.canvas import Canvas
from nnviz.mobjects.raster import Raster

_SUPPORTED = "0.22"


def check_version() -> None:
    """Raise ``RenderError`` if the Manim that is installed is not the one nnviz knows."""
    if not manim.__version__.startswith(f"{_SUPPORTED}."):
        message = (
            f"manim must be version {_SUPPORTED}; got {manim.__version__}. "
            f"Install it with: pip install 'manim[typst]>={_SUPPORTED},<0.23'"
        )
        raise RenderError(message)


class RasterCamera(Camera):
    """Manim's Cairo camera, which can also be handed rasters.

    Manim sorts what it draws by class and looks the class up in ``display_funcs``, a table
    that ``type_or_raise`` fills; rasters get an entry of their own.
    """

    def type_or_raise(self, mobject: Mobject) -> type[Mobject]:
        """Return the class that says how a mobject is drawn."""
        if not isinstance(mobject, Raster):
            return super().type_or_raise(mobject)
        if not hasattr(self, "display_funcs"):
            super().type_or_raise(Mobject())
        self.display_funcs: dict[type[Mobject], Callable[..., Any]]
        self.display_funcs[Raster] = self._paint_rasters
        return Raster

    def _paint_rasters(self, rasters: Iterable[Raster], pixels: NDArray[np.uint8]) -> None:
        canvas = Canvas(pixels, self.frame_width, self.frame_height, self.frame_center)
        for raster in rasters:
            raster.paint(canvas)


def disable_animation_cache() -> None:
    """Make Manim render every animation anew.

    Its cache looks at no more than the beginning of an array, so it would show the frames
    of another recording.
    """
    manim.config.disable_caching = True
