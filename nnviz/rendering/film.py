"""A scene to be rendered, cut into shots that can be drawn apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from manim import Scene
from numpy.typing import NDArray

from nnviz.recording.recording import Recording
from nnviz.rendering.compat import Audience, perform
from nnviz.rendering.encoder import Format
from nnviz.rendering.fingerprint import library_fingerprint, play_fingerprint
from nnviz.rendering.scene import RecordingScene

# Long enough that a shot's first frame, a whole picture, costs little; short enough that
# processors are done at about the same time.
_SHOT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Film:
    """A scene and how it is to be shown.

    Parameters
    ----------
    scene
        Its class.
    recording
        The training it shows.
    size
        Width and height, pixels.
    frame_rate
        Frames a second.
    options
        Of the scene.
    transparent
        Whether its background is left out.
    """

    scene: type[RecordingScene]
    recording: Recording
    size: tuple[int, int]
    frame_rate: int
    options: dict[str, Any] = field(default_factory=dict)
    transparent: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether all options are text and numbers, which can be written down."""
        return all(isinstance(value, str | int | float) for value in self.options.values())

    def play_to(self, audience: Audience, folder: Path) -> None:
        """Play the scene to an audience; ``folder`` is for what is made on the way."""
        perform(
            self.scene,
            audience,
            size=self.size,
            frame_rate=self.frame_rate,
            folder=folder,
            transparent=self.transparent,
            recording=self.recording,
            **self.options,
        )


@dataclass(frozen=True, slots=True)
class Shot:
    """A run of frames within one animation.

    Parameters
    ----------
    play
        Number of the animation, from 0.
    first, n_frames
        Its frames, counted from the animation's beginning.
    key
        Tells shots apart that show different things.
    """

    play: int
    first: int
    n_frames: int
    key: str


def cut(
    film: Film, form: Format, folder: Path, on_play: Callable[[list[Shot]], None]
) -> list[Shot]:
    """Go through a scene without drawing it, and cut it into shots.

    Parameters
    ----------
    film
        The scene.
    form
        Format that its shots will have.
    folder
        For what is made on the way.
    on_play
        Told of each animation's shots at once.

    Returns
    -------
    list of Shot
        In order; together they are the whole film.
    """
    rehearsal = _Rehearsal(film, form, on_play)
    film.play_to(rehearsal, folder)
    return rehearsal.shots


def digest_of(values: Any) -> str:
    """Return a short text that stands for plain values."""
    return hashlib.blake2b(json.dumps(values, default=str).encode(), digest_size=16).hexdigest()


def stored_as(form: Format) -> list[Any]:
    """Return what a shot's file depends on."""
    return [form.codec, form.pixel_format, form.options, form.transparent]


class _Rehearsal:
    """An audience that only wants to know what there will be."""

    def __init__(self, film: Film, form: Format, on_play: Callable[[list[Shot]], None]) -> None:
        self.shots: list[Shot] = []
        self._on_play = on_play
        self._n_plays = 0
        self._most = max(round(_SHOT_SECONDS * film.frame_rate), 1)
        self._common = [library_fingerprint(), film.size, film.frame_rate, stored_as(form)]

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:
        fingerprint = play_fingerprint(scene)
        n_shots = 1 if is_still else -(-n_frames // self._most)
        bounds = np.linspace(0, n_frames, n_shots + 1).round().astype(int).tolist()
        shots = []
        for first, last in pairwise(bounds):
            if last > first:
                key = digest_of([*self._common, fingerprint, n_frames, first, last])
                shots.append(Shot(self._n_plays, first, last - first, key))
        self._n_plays += 1
        self.shots += shots
        self._on_play(shots)
        return ()

    def show(self, frame: int, pixels: NDArray[np.uint8]) -> None:  # noqa: ARG002
        raise AssertionError
