"""The only module that touches Manim's internals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import manim
import numpy as np
from manim import Camera, Mobject, Scene
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


def set_background(scene: Scene, color: str) -> None:
    """Give a scene's frames a background, ``#RRGGBB``."""
    camera = scene.camera
    assert isinstance(camera, Camera)
    camera.background_color = manim.ManimColor(color)


@contextmanager
def movie_settings(folder: Path, *, width: int, height: int, frame_rate: float) -> Iterator[None]:
    """Set Manim up to write one mp4 into a folder of its own.

    Parameters
    ----------
    folder
        For everything that Manim writes.
    width, height
        Of the video, pixels.
    frame_rate
        Frames a second.
    """
    settings = {
        "media_dir": str(folder),
        "pixel_width": width,
        "pixel_height": height,
        "frame_rate": frame_rate,
        "format": "mp4",
        "verbosity": "ERROR",
        "progress_bar": "none",
        "disable_caching": True,
        # Twice the speed of the default preset at the same size.
        "video_encoder_options": {"crf": "23", "preset": "veryfast"},
    }
    with manim.tempconfig(settings):
        yield


def measure(scene: type[Scene], **arguments: Any) -> float:
    """Return how long a scene lasts, seconds, by going through it without drawing."""
    tiny = {"dry_run": True, "pixel_width": 32, "pixel_height": 18, "verbosity": "ERROR"}
    with manim.tempconfig(tiny):
        rehearsal = scene(skip_animations=True, **arguments)
        rehearsal.render()
        return float(rehearsal.renderer.time)


def watch_frames(scene: Scene, on_frames: Callable[[int], None]) -> None:
    """Call ``on_frames`` with the number of frames whenever a scene adds some."""
    renderer: Any = scene.renderer
    add_frame = renderer.add_frame

    def add_and_tell(frame: NDArray[np.uint8], num_frames: int = 1) -> None:
        add_frame(frame, num_frames)
        on_frames(num_frames)

    renderer.add_frame = add_and_tell


def movie_path(scene: Scene) -> Path:
    """Return the file that a scene was written to."""
    return Path(scene.renderer.file_writer.movie_file_path)
