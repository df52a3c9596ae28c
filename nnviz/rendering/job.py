"""Render one scene into one file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from nnviz.compat.appearance import UnknownContentError
from nnviz.compat.configuration import configured_seed
from nnviz.errors import RenderError, SettingError
from nnviz.files import check_replaceable
from nnviz.names import find_named
from nnviz.recording.default import find_recording
from nnviz.recording.recording import Recording
from nnviz.rendering.encoder import FRAMES_MARKER, Format, film_format, join
from nnviz.rendering.film import Film, Shot, cut, digest_of, stored_as
from nnviz.rendering.fingerprint import (
    library_fingerprint,
    recording_fingerprint,
    scenes_fingerprint,
)
from nnviz.rendering.scene_registry import scene_class, scene_classes, scene_name
from nnviz.rendering.scratch import scratch
from nnviz.rendering.shots import UnrepeatableSceneError, draw_at_once, shot_file
from nnviz.rendering.store import ShotStore
from nnviz.rendering.workers import Workers, can_be_told
from nnviz.stage.scene import RecordingScene

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
    most = _n_processors() if can_be_told(film) else 1
    n_workers = min(workers or most, most)
    with scratch(path, chosen) as folder:
        store = ShotStore() if cache else ShotStore(folder / "shots")
        progress = _Progress(on_progress, converts=form.is_converted)
        try:
            files = _draw(film, form, store, folder, n_workers, progress)
        except (UnrepeatableSceneError, UnknownContentError):
            # Parts of different shows are no film: it is drawn once, by one process.
            files = _draw_at_once(film, form, folder, progress)
        if not files:
            message = f"scene {scene_name(chosen)} must play or wait; it shows nothing."
            raise RenderError(message)
        finished = folder / f"film{path.suffix.lower()}"
        join(files, finished, film.frame_rate, progress.tell)
        _put_in_place(finished, path)
        if cache:
            store.prune()
    return path


def _draw(
    film: Film,
    form: Format,
    store: ShotStore,
    folder: Path,
    n_workers: int,
    progress: _Progress,
) -> list[Path]:
    """Draw those of a film's shots that were not drawn before; return the files of all."""
    with Workers(film, form, n_workers - 1, room=folder, folder=store.folder) as crew:
        shots, missing = _plan(film, form, store, folder, crew)
        n_missing = sum(shot.n_frames for shot in missing)
        progress.begin(sum(shot.n_frames for shot in shots), n_missing)
        if missing:
            crew.draw(missing, folder / "media", progress.tell)
    return [shot_file(store.folder, shot, form) for shot in shots]


def _draw_at_once(film: Film, form: Format, folder: Path, progress: _Progress) -> list[Path]:
    """Draw a film in one pass; return its files."""
    room, media = folder / "once", folder / "media-once"
    room.mkdir()
    media.mkdir()
    progress.begin(progress.n_frames, progress.n_frames)
    return draw_at_once(film, form, room, media, progress.tell)


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
    return Film(
        scene,
        recording,
        (size.width, size.height),
        size.frame_rate,
        options,
        transparent,
        configured_seed(),
    )


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
        shots = cut(film, form, media, lambda shots: crew.announce(sort_out(shots)), source=key)
        if key:
            store.keep_list(key, shots)
    else:
        for _, together in groupby(sort_out(shots), attrgetter("play")):
            crew.announce(list(together))
    return shots, list(missing.values())


def _list_key(film: Film, form: Format) -> str | None:
    """Return what tells films apart, without looking at them; none if only that can tell.

    What nnviz's own scenes show follows from nnviz's code, what is installed, the recording and
    the options. Somebody else's scene may depend on anything.
    """
    if film.scene not in scene_classes().values() or not film.is_plain:
        return None
    if film.recording.manifest["status"] == "running":  # it grows
        return None
    parts = [library_fingerprint(), scenes_fingerprint(), recording_fingerprint(film.recording)]
    look = [film.scene.__name__, film.size, film.frame_rate, film.options, film.seed]
    return digest_of([*parts, look, stored_as(form)])


def _n_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Progress:
    """Counts frames that are done."""

    def __init__(self, on_progress: OnProgress | None, *, converts: bool) -> None:
        self.n_frames = 0
        self._done, self._total = 0, 0
        self._on_progress, self._converts = on_progress, converts

    def begin(self, n_frames: int, n_missing: int) -> None:
        """Tell of the frames of a film, some of them done."""
        self.n_frames = n_frames
        self._total = 2 * n_frames if self._converts else n_frames
        self._done = 0
        self.tell(n_frames - n_missing)

    def tell(self, n: int) -> None:
        """Tell of frames that were done."""
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
