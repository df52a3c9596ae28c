"""Render one scene into one file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnviz.errors import NnvizError, RenderError, SettingError, find_named
from nnviz.recording.default import find_recording
from nnviz.recording.recording import Recording
from nnviz.rendering.catalog import scene_class, scene_name
from nnviz.rendering.compat import measure, movie_path, movie_settings, watch_frames
from nnviz.rendering.scene import RecordingScene

#: Told of the frames drawn so far and of all there will be.
OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Quality:
    """Size of a video, pixels, and its frames a second."""

    width: int
    height: int
    frame_rate: int


QUALITIES = {
    "draft": Quality(854, 480, 15),
    "medium": Quality(1280, 720, 30),
    "high": Quality(1920, 1080, 60),
    "4k": Quality(3840, 2160, 60),
}


def render(
    scene: str | type[RecordingScene],
    recording: Recording | str | Path | None = None,
    out: str | Path | None = None,
    *,
    quality: str = "medium",
    on_progress: OnProgress | None = None,
    **options: Any,
) -> Path:
    """Render a scene of a recording into an mp4 file.

    Parameters
    ----------
    scene
        A scene class or its name, such as ``feed-forward``.
    recording
        The training to show, or its folder; by default the run that ``NNVIZ_RUN`` names,
        and without one the embedded default run.
    out
        The file; by default the scene's name with ``.mp4``, in the working folder.
    quality
        ``draft`` (480p), ``medium`` (720p), ``high`` (1080p) or ``4k``.
    on_progress
        Told of every frame.
    **options
        Options of the scene.

    Returns
    -------
    Path
        The file; it appears whole or not at all.

    Raises
    ------
    SettingError
        If the file does not end in ``.mp4``, or an option or the quality is unknown.
    RenderError
        If the scene fails.
    """
    chosen = scene_class(scene)
    size = find_named("quality", quality, QUALITIES)
    path = Path(out or f"{scene_name(chosen)}.mp4")
    check_ending(path)
    if not isinstance(recording, Recording):
        recording = find_recording(recording)
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = scratch_folder(path, os.getpid())
    arguments = {"recording": recording, **options}
    try:
        with movie_settings(
            folder, width=size.width, height=size.height, frame_rate=size.frame_rate
        ):
            movie = _draw(chosen, arguments, size.frame_rate, on_progress)
        movie.replace(path)
    except NnvizError:
        raise
    except Exception as error:
        message = f"scene {scene_name(chosen)} failed: {type(error).__name__}: {error}"
        raise RenderError(message) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return path


def scratch_folder(path: Path, process: int) -> Path:
    """Return where a process keeps what it has not finished of a file."""
    return path.with_name(f".{path.name}.{process}")


def check_ending(path: Path) -> None:
    """Raise ``SettingError`` unless a file's ending is one that can be rendered."""
    if path.suffix.lower() != ".mp4":
        message = f"video file must end in .mp4; got {path.name!r}."
        raise SettingError(message)


def _draw(
    scene: type[RecordingScene],
    arguments: dict[str, Any],
    frame_rate: float,
    on_progress: OnProgress | None,
) -> Path:
    performance = scene(**arguments)
    if on_progress is not None:
        n_frames = round(measure(scene, **arguments) * frame_rate)
        drawn = 0

        def count(n: int) -> None:
            nonlocal drawn
            drawn += n
            on_progress(min(drawn, n_frames), n_frames)

        watch_frames(performance, count)
    performance.render()
    return movie_path(performance)
