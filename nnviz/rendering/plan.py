"""What a film consists of, and what of that is still to be drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from nnviz.rendering.film import Film, Shot, cut, digest_of
from nnviz.rendering.fingerprint import (
    library_fingerprint,
    recording_fingerprint,
    scenes_fingerprint,
)
from nnviz.rendering.formats import Format
from nnviz.rendering.scene_registry import scene_classes
from nnviz.rendering.shots import shot_file
from nnviz.rendering.store import ShotStore

#: Called with shots of one animation that are to be drawn, perhaps none.
Announce = Callable[[Sequence[Shot]], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """The shots of a film.

    Parameters
    ----------
    shots
        All shots in order; together they are the whole film.
    missing
        Those of the shots that are to be drawn, in order, one of each key.
    """

    shots: list[Shot]
    missing: list[Shot]

    @property
    def n_frames(self) -> int:
        """Length of the film, frames."""
        return _n_frames(self.shots)

    @property
    def n_missing(self) -> int:
        """Number of frames to be drawn."""
        return _n_frames(self.missing)


def make_plan(film: Film, form: Format, store: ShotStore, media: Path, announce: Announce) -> Plan:
    """Find out what a film's shots are, and which of them are to be drawn.

    Parameters
    ----------
    film
        The film; it is played, without being drawn, unless its list of shots is in the store.
    form
        Format of the shots.
    store
        Holds shots and lists of shots; a list that was found out is kept in it.
    media
        Folder for Manim's temporary files; must be there.
    announce
        Called with each animation's shots that are to be drawn, as soon as they are known: others
        may begin with them while the rest of the film is still gone through.

    Raises
    ------
    UnknownContentError
        If it is not known what a frame's picture depends on.
    """
    missing = _MissingShots(store, form, announce)
    key = _film_key(film, form)
    shots = store.find_list(key) if key else None
    if shots is None:
        shots = cut(film, form, media, missing.add, source=key)
        if key:
            store.keep_list(key, shots)
    else:
        for _, of_one_animation in groupby(shots, attrgetter("play")):
            missing.add(list(of_one_animation))
    return Plan(shots, missing.found)


class _MissingShots:
    """Collects the shots that are not in a store, and announces them."""

    def __init__(self, store: ShotStore, form: Format, announce: Announce) -> None:
        self._store, self._form, self._announce = store, form, announce
        self._by_key: dict[str, Shot] = {}

    @property
    def found(self) -> list[Shot]:
        """The shots found so far, one of each key."""
        return list(self._by_key.values())

    def add(self, shots: Sequence[Shot]) -> None:
        """Look for the shots of an animation in the store; announce those that are missing."""
        new = []
        for shot in shots:
            if shot.key not in self._by_key and not self._is_stored(shot):
                self._by_key[shot.key] = shot
                new.append(shot)
        self._announce(new)

    def _is_stored(self, shot: Shot) -> bool:
        return self._store.has(shot_file(self._store.folder, shot, self._form))


def _n_frames(shots: Sequence[Shot]) -> int:
    return sum(shot.n_frames for shot in shots)


def _film_key(film: Film, form: Format) -> str | None:
    """Return a digest that tells films apart, without looking at them; None if only that can tell.

    What nnviz's own scenes show follows from nnviz's code, what is installed, the recording and
    the options. A user's scene may depend on anything.
    """
    if film.scene not in scene_classes().values() or not film.is_plain:
        return None
    if film.recording.manifest["status"] == "running":  # it grows
        return None
    fingerprints = [
        library_fingerprint(), scenes_fingerprint(), recording_fingerprint(film.recording)
    ]  # fmt: skip
    look = [film.scene.__name__, film.size, film.frame_rate, film.options, film.seed]
    return digest_of([*fingerprints, look, form.encoding()])
