"""Render one scene into one file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from nnviz.errors import RenderError, SettingError, find_named
from nnviz.files import check_replaceable
from nnviz.recording.default import find_recording
from nnviz.recording.recording import Recording
from nnviz.rendering.catalog import scene_class, scene_classes, scene_name
from nnviz.rendering.encoder import FRAMES_MARKER, Format, film_format, join
from nnviz.rendering.film import Film, Shot, cut, digest_of, stored_as
from nnviz.rendering.fingerprint import (
    library_fingerprint,
    recording_fingerprint,
    source_fingerprint,
)
from nnviz.rendering.scene import RecordingScene
from nnviz.rendering.scratch import scratch
from nnviz.rendering.shots import shot_file
from nnviz.rendering.store import ShotStore
from nnviz.rendering.workers import Workers, can_be_told

#: Told of the frames done so far and of all there are.
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
        The training to show, or its folder; by default the run that ``NNVIZ_RUN`` names,
        and without one the embedded default run.
    out
        A file that ends in ``.mp4``, ``.webm`` (without a background) or ``.gif``, or, with
        no ending, a folder of PNG files. By default the scene's name with ``.mp4``, in the
        working folder.
    quality
        ``draft`` (480p), ``medium`` (720p), ``high`` (1080p) or ``4k``.
    workers
        Processes that draw; by default as many as there are processors. A scene that was
        not imported from a file, as one in a notebook, or that is given an option other than
        text and numbers is drawn by this process alone.
    cache
        Take what was drawn before, by this scene or another, from the cache folder.
    force
        Replace a file that is not a film, too. A folder is only replaced where it holds
        nothing but frames that were drawn before.
    on_progress
        Told of every frame.
    **options
        Options of the scene.

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
    if workers is not None and workers < 1:
        message = f"workers must be at least 1; got {workers}."
        raise SettingError(message)
    _check_free(path, force=force)
    n_workers = (workers or _n_processors()) if can_be_told(film) else 1
    with scratch(path, chosen) as folder:
        store = ShotStore() if cache else ShotStore(folder / "shots")
        crew = Workers(film, form, n_workers - 1, room=folder, folder=store.folder)
        with crew:
            shots, missing = _plan(film, form, store, folder, crew)
            if not shots:
                message = f"scene {scene_name(chosen)} must play or wait; it shows nothing."
                raise RenderError(message)
            progress = _Progress(on_progress, shots, converts=form.is_converted)
            progress.tell(sum(s.n_frames for s in shots) - sum(s.n_frames for s in missing))
            if missing:
                crew.draw(missing, folder / "media", progress.tell)
        finished = folder / f"film{path.suffix.lower()}"
        files = [shot_file(store.folder, shot, form) for shot in shots]
        join(files, finished, film.frame_rate, progress.tell)
        _put_in_place(finished, path)
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
    """Return a film of a scene in one of the qualities."""
    size = find_named("quality", quality, QUALITIES)
    if not isinstance(recording, Recording):
        recording = find_recording(recording)
    return Film(scene, recording, (size.width, size.height), size.frame_rate, options, transparent)


def _plan(
    film: Film, form: Format, store: ShotStore, folder: Path, crew: Workers
) -> tuple[list[Shot], list[Shot]]:
    """Return a film's shots and those to be drawn, which others may already be drawing."""
    media = folder / "media"
    media.mkdir()
    missing: dict[str, Shot] = {}

    def sort_out(shots: Iterable[Shot]) -> list[Shot]:
        new = []
        for shot in shots:
            if shot.key not in missing and not store.has(shot_file(store.folder, shot, form)):
                missing[shot.key] = shot
                new.append(shot)
        return new

    key = _list_key(film, form)
    shots = store.find_list(key) if key else None
    if shots is None:
        crew.start()  # there will be something to draw
        shots = cut(film, form, media, lambda shots: crew.announce(sort_out(shots)))
        if key:
            store.keep_list(key, shots)
    elif len(sort_out(shots)) > 1:
        crew.start()
        for _, together in groupby(missing.values(), attrgetter("play")):
            crew.announce(list(together))
    return shots, list(missing.values())


def _list_key(film: Film, form: Format) -> str | None:
    """Return what tells films apart, without looking at them; none if only that can tell."""
    if film.scene not in scene_classes().values() or not film.is_plain:
        return None
    parts = [library_fingerprint(), source_fingerprint(film.scene)]
    look = [film.scene.__name__, film.size, film.frame_rate, film.options]
    return digest_of([*parts, recording_fingerprint(film.recording), look, stored_as(form)])


def _n_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Progress:
    """Counts frames that are done."""

    def __init__(
        self, on_progress: OnProgress | None, shots: Sequence[Shot], *, converts: bool
    ) -> None:
        n_frames = sum(shot.n_frames for shot in shots)
        self._total = 2 * n_frames if converts else n_frames
        self._done, self._on_progress = 0, on_progress

    def tell(self, n: int) -> None:
        self._done += n
        if self._on_progress is not None:
            self._on_progress(min(self._done, self._total), self._total)


_FRAME_NAME = re.compile(r"\d{5,}\.png")


def _check_free(path: Path, *, force: bool) -> None:
    """Raise ``SettingError`` if a film would replace what nnviz did not write."""
    if path.suffix:
        check_replaceable(path, force=force)
        return
    if not path.exists() or (path.is_dir() and not any(path.iterdir())):
        return
    names = sorted(file.name for file in path.iterdir()) if path.is_dir() else []
    others = [name for name in names if not _FRAME_NAME.fullmatch(name) and name != FRAMES_MARKER]
    if FRAMES_MARKER not in names or others:
        message = (
            f"{path} must be a new folder or hold nothing but frames that nnviz drew; it is "
            f"{f'one that holds {others[0]}' if others else 'something else'}. "
            "Choose another name."
        )
        raise SettingError(message)


def _put_in_place(finished: Path, path: Path) -> None:
    if path.is_dir():
        _check_free(path, force=False)  # it may have changed meanwhile
        path.rename(finished.parent / "older")  # goes with the scratch folder
    finished.replace(path)
