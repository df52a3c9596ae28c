"""The versions of Manim and of the library that it draws with."""

from __future__ import annotations

import cairo
import manim

from nnviz.errors import RenderError

# The one minor release whose internals this package is written for.
_SUPPORTED = "0.22"


def check_version() -> None:
    """Make sure that the installed Manim is a release that nnviz knows.

    Raises
    ------
    RenderError
        If it is not.
    """
    if not manim.__version__.startswith(f"{_SUPPORTED}."):
        message = (
            f"manim must be version {_SUPPORTED}; got {manim.__version__}. "
            f"Install it with: pip install 'manim[typst]>={_SUPPORTED},<0.23'"
        )
        raise RenderError(message)


def cairo_version() -> str:
    """Return the version of Cairo, the library that Manim draws outlines with."""
    return str(cairo.cairo_version_string())
