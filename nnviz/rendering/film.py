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
from nnviz.rendering.fingerprint import library_fingerprint
from nnviz.rendering.formats import Format
from nnviz.stage.scene import RecordingScene

# Longest shot, seconds of film. Long enough that a shot's first frame, a whole picture, costs
# little; short enough that processors are done at about the same time.
_SHOT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Film:
    """A scene and how it is to be shown.

    Parameters
    ----------
    scene
        Class of the scene.
    recording
        The recorded training that the scene shows.
    size
        Width and height, pixels.
    frame_rate
        Frames a second.
    options
        Values of the scene's options by their names; an option that is missing has its default.
    transparent
        Whether the background is left out.
    seed
        Seed of the random numbers of Python and NumPy, 0 to 2**32 - 1.
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
        """Play the scene to an audience.

        Parameters
        ----------
        audience
            Says which frames are to be drawn, and sees them.
        folder
            Folder for Manim's temporary files; must be there.
        """
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
        Number of the animation within the scene, from 0.
    first
        Number of the shot's first frame within the animation, from 0.
    n_frames
        Length of the shot, frames; at least 1.
    key
        Short text that differs between shots that show different things.
    content
        Digest of what the frames are painted from; empty if they were not looked at.
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
        The scene to cut.
    form
        Format in which the shots will be stored.
    folder
        Folder for Manim's temporary files; must be there.
    on_shots
        Called with the shots of each animation, in order, as soon as they are known.
    source
        Short text for everything that the frames follow from. With None, every frame is gone
        through to see what it is painted from.

    Returns
    -------
    list of Shot
        All shots in order; together they are the whole film.

    Raises
    ------
    UnknownContentError
        If it is not known what a frame's picture depends on.
    """
    rehearsal = (
        _RehearsalByContent(film, form, on_shots)
        if source is None
        else _RehearsalBySource(film, source, on_shots)
    )
    film.play_to(rehearsal, folder)
    rehearsal.finish()
    return rehearsal.shots


def content_of(frames: Sequence[bytes]) -> str:
    """Return a digest of what a shot shows, from the digests of its frames."""
    return digest_of([frame.hex() for frame in frames])


def digest_of(values: Any) -> str:
    """Return a digest, 32 hexadecimal digits, of values that JSON or ``str`` can write."""
    return hashlib.blake2b(json.dumps(values, default=str).encode(), digest_size=16).hexdigest()


class _Rehearsal:
    """An audience that only wants to know what there will be, and has nothing drawn."""

    def __init__(self, film: Film, on_shots: Callable[[list[Shot]], None]) -> None:
        self.shots: list[Shot] = []
        self._on_shots = on_shots
        self._play = -1
        self._longest = max(round(_SHOT_SECONDS * film.frame_rate), 1)
        # First frame of each shot of the present animation, and the frame after its last.
        self._bounds: list[tuple[int, int]] = []

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:  # noqa: ARG002
        self._play += 1
        n_shots = 1 if is_still else -(-n_frames // self._longest)
        bounds = np.linspace(0, n_frames, n_shots + 1).round().astype(int).tolist()
        self._bounds = [(first, last) for first, last in pairwise(bounds) if last > first]
        return ()

    def show(self, frame: int, pixels: NDArray[np.uint8]) -> None:  # noqa: ARG002
        raise AssertionError

    def finish(self) -> None:
        """Take note that there are no more animations."""

    def _announce(self, shots: list[Shot]) -> None:
        self.shots += shots
        self._on_shots(shots)


class _RehearsalBySource(_Rehearsal):
    """Cuts a film whose frames follow from a source that is known."""

    def __init__(self, film: Film, source: str, on_shots: Callable[[list[Shot]], None]) -> None:
        super().__init__(film, on_shots)
        self._source = source

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:
        super().begin(scene, n_frames, is_still=is_still)
        self._announce(
            [
                Shot(self._play, first, last - first, digest_of([self._source, self._play, first]))
                for first, last in self._bounds
            ]
        )
        return ()


class _RehearsalByContent(_Rehearsal):
    """Cuts a film by looking at what each of its frames would be painted from."""

    def __init__(self, film: Film, form: Format, on_shots: Callable[[list[Shot]], None]) -> None:
        super().__init__(film, on_shots)
        self._common = [library_fingerprint(), film.size, film.frame_rate, form.encoding()]
        self._digests: list[bytes] = []  # of the frames of the present shot
        self._finished: list[Shot] = []  # of the present animation

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:
        self.finish()
        self._content = Content(scene, is_still=is_still)
        return super().begin(scene, n_frames, is_still=is_still)

    def look(self, frame: int) -> None:
        self._digests.append(self._content.digest())
        first, last = self._bounds[0]
        if frame == last - 1:
            content = content_of(self._digests)
            key = digest_of([*self._common, content])
            self._finished.append(Shot(self._play, first, last - first, key, content))
            self._digests.clear()
            del self._bounds[0]

    def finish(self) -> None:
        """Announce the shots of the animation that has ended."""
        self._announce(self._finished)
        self._finished = []
