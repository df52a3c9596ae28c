"""A scene to be rendered, cut into shots that can be drawn apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from manim import Scene
from numpy.typing import NDArray

from nnviz.compat.player import Audience, perform
from nnviz.recording.recording import Recording
from nnviz.rendering.content import Content
from nnviz.rendering.encoder import Format
from nnviz.rendering.fingerprint import library_fingerprint
from nnviz.stage.scene import RecordingScene

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
    seed
        Of random numbers.
    """

    scene: type[RecordingScene]
    recording: Recording
    size: tuple[int, int]
    frame_rate: int
    options: dict[str, Any] = field(default_factory=dict)
    transparent: bool = False
    seed: int = 0

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
            seed=self.seed,
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
    content
        What its frames are painted from, as a short text; empty if that was not looked at.
    """

    play: int
    first: int
    n_frames: int
    key: str
    content: str = ""


def cut(
    film: Film,
    form: Format,
    folder: Path,
    on_shots: Callable[[list[Shot]], None],
    *,
    source: str | None = None,
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
    on_shots
        Told of shots, in order, as soon as they are known.
    source
        What all frames follow from, as a short text. Without it, every frame is gone through
        to see what it is painted from.

    Returns
    -------
    list of Shot
        In order; together they are the whole film.

    Raises
    ------
    UnknownContentError
        If it is not known what a frame's picture depends on.
    """
    rehearsal = (
        _CloseLook(film, form, on_shots) if source is None else _Glance(film, source, on_shots)
    )
    film.play_to(rehearsal, folder)
    rehearsal.finish()
    return rehearsal.shots


def digest_of(values: Any) -> str:
    """Return a short text that stands for plain values."""
    return hashlib.blake2b(json.dumps(values, default=str).encode(), digest_size=16).hexdigest()


def stored_as(form: Format) -> list[Any]:
    """Return what a shot's file depends on."""
    return [form.codec, form.pixel_format, form.options, form.transparent]


class _Rehearsal:
    """An audience that only wants to know what there will be."""

    def __init__(self, film: Film, on_shots: Callable[[list[Shot]], None]) -> None:
        self.shots: list[Shot] = []
        self._on_shots = on_shots
        self._play = -1
        self._most = max(round(_SHOT_SECONDS * film.frame_rate), 1)
        self._bounds: list[tuple[int, int]] = []

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:  # noqa: ARG002
        self._play += 1
        n_shots = 1 if is_still else -(-n_frames // self._most)
        bounds = np.linspace(0, n_frames, n_shots + 1).round().astype(int).tolist()
        self._bounds = [(first, last) for first, last in pairwise(bounds) if last > first]
        return ()

    def show(self, frame: int, pixels: NDArray[np.uint8]) -> None:  # noqa: ARG002
        raise AssertionError

    def finish(self) -> None:
        """Hear that there are no more animations."""

    def _tell(self, shots: list[Shot]) -> None:
        self.shots += shots
        self._on_shots(shots)


class _Glance(_Rehearsal):
    """Goes through a film whose source says what its frames show."""

    def __init__(self, film: Film, source: str, on_shots: Callable[[list[Shot]], None]) -> None:
        super().__init__(film, on_shots)
        self._source = source

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:
        super().begin(scene, n_frames, is_still=is_still)
        self._tell(
            [
                Shot(self._play, first, last - first, digest_of([self._source, self._play, first]))
                for first, last in self._bounds
            ]
        )
        return ()


class _CloseLook(_Rehearsal):
    """Goes through every frame of a film that is known by what its frames are painted from."""

    def __init__(self, film: Film, form: Format, on_shots: Callable[[list[Shot]], None]) -> None:
        super().__init__(film, on_shots)
        self._common = [library_fingerprint(), film.size, film.frame_rate, stored_as(form)]
        self._seen: list[bytes] = []
        self._found: list[Shot] = []

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:
        self.finish()
        self._content = Content(scene, is_still=is_still)
        return super().begin(scene, n_frames, is_still=is_still)

    def look(self, frame: int) -> None:
        self._seen.append(self._content.digest())
        first, last = self._bounds[0]
        if frame == last - 1:
            content = content_of(self._seen)
            key = digest_of([*self._common, content])
            self._found.append(Shot(self._play, first, last - first, key, content))
            self._seen.clear()
            del self._bounds[0]

    def finish(self) -> None:
        """Tell of the shots of the animation that has ended."""
        self._tell(self._found)
        self._found = []


def content_of(frames: Sequence[bytes]) -> str:
    """Return what a shot shows as a short text, from the digests of its frames."""
    return digest_of([frame.hex() for frame in frames])
