"""Render one scene into one file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnviz.compat.appearance import UnknownContentError
from nnviz.compat.configuration import configured_seed
from nnviz.errors import RenderError, SettingError
from nnviz.names import find_named
from nnviz.progress import OnProgress
from nnviz.recording.default import find_recording
from nnviz.recording.recording import Recording
from nnviz.rendering.destination import check_destination, put_in_place
from nnviz.rendering.film import Film
from nnviz.rendering.formats import Format, film_format
from nnviz.rendering.frame_counter import FrameCounter
from nnviz.rendering.joining import join
from nnviz.rendering.plan import make_plan
from nnviz.rendering.scene_registry import scene_class, scene_name
from nnviz.rendering.scratch import scratch
from nnviz.rendering.shots import UnrepeatableSceneError, draw_at_once, shot_file
from nnviz.rendering.store import ShotStore
from nnviz.rendering.worker_pool import WorkerPool, can_be_sent
from nnviz.stage.scene import RecordingScene


@dataclass(frozen=True, slots=True)
class Quality:
    """Size of a video and its frame rate.

    Parameters
    ----------
    width, height
        Size of the video, pixels.
    frame_rate
        Frames a second.
    """

    width: int
    height: int
    frame_rate: int


#: Qualities by their names.
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
    workers: int | None = None,
    cache: bool = True,
    force: bool = False,
    on_progress: OnProgress | None = None,
    **options: Any,
) -> Path:
    """Render a scene of a recording into a film.

    Parameters
    ----------
    scene
        A scene class or its name, such as ``feed-forward``.
    recording
        The recorded training to show, or its folder; by default the run that ``NNVIZ_RUN``
        names, and without one the embedded default run.
    out
        A file that ends in ``.mp4``, ``.webm`` (without a background) or ``.gif``, or, with
        no ending, a folder of PNG files. By default the scene's name with ``.mp4``, in the
        working folder.
    quality
        ``draft`` (480p), ``medium`` (720p), ``high`` (1080p) or ``4k``.
    workers
        Most processes that draw, at least 1; by default, and at most, as many as there are
        processors. A scene that was not imported from a file, as one in a notebook, or that is
        given an option other than text and numbers is drawn by this process alone.
    cache
        Whether shots that were drawn before, by this scene or another, are taken from the cache
        folder, and those drawn now are kept in it.
    force
        Whether a file that is not a film is replaced, too. A folder is only replaced where it
        holds nothing but frames that were drawn before.
    on_progress
        Called with the number of frames that are done and the number of all there are, once for
        those drawn before and then for every frame. Frames of a ``.gif`` file or a folder count
        twice, as they are also converted.
    **options
        Values of the scene's options by their names.

    Returns
    -------
    Path
        The film; it appears whole or not at all, and is the same however many workers
        drew it.

    Raises
    ------
    SettingError
        If the film's ending, an option, the quality or the number of workers cannot be, or
        something is in the film's place that is not replaced.
    RenderError
        If the scene fails or shows nothing.
    """
    chosen = scene_class(scene)
    path = Path(out or f"{scene_name(chosen)}.mp4")
    form = film_format(path)
    film = make_film(chosen, recording, quality, options, transparent=form.transparent)
    n_workers = _n_workers(workers, film)
    check_destination(path, force=force)
    with scratch(path, chosen) as folder:
        store = ShotStore() if cache else ShotStore(folder / "shots")
        counter = FrameCounter(on_progress, converts=form.is_converted)
        files = _draw(film, form, store, folder, n_workers, counter)
        if not files:
            message = f"scene {scene_name(chosen)} must play or wait; it shows nothing."
            raise RenderError(message)
        finished = folder / f"film{path.suffix.lower()}"
        join(files, finished, film.frame_rate, counter.add)
        put_in_place(finished, path)
        if cache:
            store.prune()
    return path


def make_film(
    scene: type[RecordingScene],
    recording: Recording | str | Path | None,
    quality: str,
    options: dict[str, Any],
    *,
    transparent: bool = False,
) -> Film:
    """Return a film of a scene in one of the qualities, with the seed of Manim's configuration.

    Parameters
    ----------
    scene
        Class of the scene.
    recording
        The recorded training to show, or its folder; None takes the default, see :func:`render`.
    quality
        Name of the quality, one of :data:`QUALITIES`.
    options
        Values of the scene's options by their names.
    transparent
        Whether the background is left out.

    Raises
    ------
    UnknownNameError
        If there is no such quality.
    RecordingError
        If the folder holds no recording that can be read.
    """
    size = find_named("quality", quality, QUALITIES)
    if not isinstance(recording, Recording):
        recording = find_recording(recording)
    return Film(
        scene,
        recording,
        (size.width, size.height),
        size.frame_rate,
        options,
        transparent,
        configured_seed(),
    )


def _n_workers(asked: int | None, film: Film) -> int:
    """Return how many processes draw a film, this one included."""
    if asked is not None and asked < 1:
        message = f"workers must be at least 1; got {asked}."
        raise SettingError(message)
    most = _n_processors() if can_be_sent(film) else 1
    return min(asked or most, most)


def _n_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _draw(
    film: Film,
    form: Format,
    store: ShotStore,
    folder: Path,
    n_workers: int,
    counter: FrameCounter,
) -> list[Path]:
    """Draw a film into files, which together are the whole film in order; return the files."""
    try:
        return _draw_missing_shots(film, form, store, folder, n_workers, counter)
    except (UnrepeatableSceneError, UnknownContentError):
        # Parts of different shows are no film: it is drawn once, by one process.
        return _draw_everything(film, form, folder, counter)


def _draw_missing_shots(
    film: Film,
    form: Format,
    store: ShotStore,
    folder: Path,
    n_workers: int,
    counter: FrameCounter,
) -> list[Path]:
    """Draw those of a film's shots that were not drawn before; return the files of all."""
    media = folder / "media"
    media.mkdir()
    with WorkerPool(film, form, n_workers - 1, scratch=folder, folder=store.folder) as pool:
        plan = make_plan(film, form, store, media, pool.announce)
        counter.begin(plan.n_frames, plan.n_missing)
        if plan.missing:
            pool.draw(plan.missing, media, counter.add)
    return [shot_file(store.folder, shot, form) for shot in plan.shots]


def _draw_everything(film: Film, form: Format, folder: Path, counter: FrameCounter) -> list[Path]:
    """Draw a film from its beginning to its end, whatever was drawn before; return its files."""
    shots, media = folder / "once", folder / "media-once"
    shots.mkdir()
    media.mkdir()
    counter.begin(counter.n_frames, counter.n_frames)
    return draw_at_once(film, form, shots, media, counter.add)
