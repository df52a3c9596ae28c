"""Which Manim there is."""

from __future__ import annotations

import cairo
import manim

from nnviz.errors import RenderError

_SUPPORTED = "0.22"


def check_version() -> None:
    """Raise ``RenderError`` if the Manim that is installed is not the one nnviz knows."""
    if not manim.__version__.startswith(f"{_SUPPORTED}."):
        message = (
            f"manim must be version {_SUPPORTED}; got {manim.__version__}. "
            f"Install it with: pip install 'manim[typst]>={_SUPPORTED},<0.23'"
        )
        raise RenderError(message)


def cairo_version() -> str:
    """Return the version of the library that Manim draws outlines with."""
    return str(cairo.cairo_version_string())
