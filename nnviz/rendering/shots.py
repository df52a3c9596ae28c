"""Draw shots of a film into files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from manim import Scene
from numpy.typing import NDArray

from nnviz.compat.player import EndOfShow
from nnviz.files import unfinished
from nnviz.rendering.checksums import write_checksum
from nnviz.rendering.content import Content
from nnviz.rendering.encoder import Format, ShotWriter
from nnviz.rendering.film import Film, Shot, content_of

#: Return the shots of an animation, given its number; none if there are no more to come.
ShotsOf = Callable[[int], Sequence[Shot] | None]
#: Whether a shot is this process's to draw; asked once of each.
Claim = Callable[[Shot], bool]


def draw_shots(
    film: Film,
    form: Format,
    shots_of: ShotsOf,
    folder: Path,
    media: Path,
    *,
    claim: Claim,
    on_frames: Callable[[int], None],
) -> None:
    """Draw the shots that can be claimed, in one pass through the scene.

    Parameters
    ----------
    film
        The scene.
    form
        Format of the shots.
    shots_of
        Asked of each animation when it begins.
    folder
        For the files, each named by its shot's key; they appear whole.
    media
        For what Manim makes on the way.
    claim
        Whether a shot is this process's to draw.
    on_frames
        Told of frames drawn since the last call.
    """
    crew = _Crew(film, form, shots_of, folder, claim, on_frames)
    try:
        film.play_to(crew, media)
    finally:
        crew.stop()


class UnrepeatableSceneError(Exception):
    """Raised where a scene is not what it was when it was gone through to be cut."""


def draw_at_once(
    film: Film, form: Format, folder: Path, media: Path, on_frames: Callable[[int], None]
) -> list[Path]:
    """Draw a scene that is another every time it is played: all of it, in one pass.

    Parameters
    ----------
    film, form, media, on_frames
        See :func:`draw_shots`.
    folder
        For the files; must be there.

    Returns
    -------
    list of Path
        In order; together they are the whole film.
    """
    pass_ = _OnePass(film, form, folder, on_frames)
    try:
        film.play_to(pass_, media)
    finally:
        pass_.stop()
    return pass_.files


def listed(shots: Sequence[Shot]) -> ShotsOf:
    """Return what tells of shots that are all known."""
    by_play: dict[int, list[Shot]] = defaultdict(list)
    for shot in shots:
        by_play[shot.play].append(shot)
    last = max(by_play, default=-1)
    return lambda play: None if play > last else by_play.get(play, [])


def claimer(folder: Path) -> Claim:
    """Return what claims shots, each for one of the processes that share a folder."""

    def claim(shot: Shot) -> bool:
        try:
            (folder / shot.key).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    return claim


def shot_file(folder: Path, shot: Shot, form: Format) -> Path:
    """Return the file of a shot."""
    return folder / f"{shot.key}{form.suffix}"


class _Crew:
    """An audience that films what it has claimed."""

    def __init__(
        self,
        film: Film,
        form: Format,
        shots_of: ShotsOf,
        folder: Path,
        claim: Claim,
        on_frames: Callable[[int], None],
    ) -> None:
        self._film, self._form, self._folder = film, form, folder
        self._shots_of, self._claim, self._on_frames = shots_of, claim, on_frames
        self._play = -1
        self._taken = _Taken([], claim)
        self._writer: ShotWriter | None = None
        self._file = folder  # the shot's that is written
        self._seen: list[bytes] = []

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:  # noqa: ARG002
        self._play += 1
        self._content = Content(scene, is_still=is_still)
        shots = self._shots_of(self._play)
        if shots is None:
            raise EndOfShow
        self._taken = _Taken(shots, self._claim)
        return self._taken

    def show(self, frame: int, pixels: NDArray[np.uint8]) -> None:
        shot = self._taken.shot_at(frame)
        assert shot is not None
        if self._writer is None:
            self._file = shot_file(self._folder, shot, self._form)
            self._writer = ShotWriter(
                unfinished(self._file), self._form, self._film.size, self._film.frame_rate
            )
        self._writer.write(pixels)
        self._on_frames(1)
        if shot.content:
            self._seen.append(self._content.digest())
        if frame == shot.first + shot.n_frames - 1:
            if shot.content and content_of(self._seen) != shot.content:
                raise UnrepeatableSceneError
            self._seen.clear()
            self._writer.close()
            unfinished(self._file).replace(self._file)
            write_checksum(self._file)
            self._writer = None

    def stop(self) -> None:
        """Leave nothing unfinished behind."""
        if self._writer is not None:
            with suppress(OSError, EOFError):  # it may be what failed
                self._writer.close()
            unfinished(self._file).unlink(missing_ok=True)


class _OnePass:
    """An audience that films everything, an animation a file."""

    def __init__(
        self, film: Film, form: Format, folder: Path, on_frames: Callable[[int], None]
    ) -> None:
        self.files: list[Path] = []
        self._film, self._form, self._folder, self._on_frames = film, form, folder, on_frames
        self._writer: ShotWriter | None = None

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:  # noqa: ARG002
        self.stop()
        return range(n_frames)

    def show(self, frame: int, pixels: NDArray[np.uint8]) -> None:  # noqa: ARG002
        if self._writer is None:
            file = self._folder / f"{len(self.files):05}{self._form.suffix}"
            self._writer = ShotWriter(file, self._form, self._film.size, self._film.frame_rate)
            self.files.append(file)
        self._writer.write(pixels)
        self._on_frames(1)

    def stop(self) -> None:
        """Finish the file that is written."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None


class _Taken:
    """The frames of one animation that are drawn here; shots are claimed when reached."""

    def __init__(self, shots: Sequence[Shot], claim: Claim) -> None:
        self._shots, self._claim = shots, claim
        self._claimed: dict[int, bool] = {}

    def shot_at(self, frame: int) -> Shot | None:
        for shot in self._shots:
            if shot.first <= frame < shot.first + shot.n_frames:
                return shot
        return None

    def __contains__(self, frame: object) -> bool:
        assert isinstance(frame, int)
        shot = self.shot_at(frame)
        if shot is None:
            return False
        if shot.first not in self._claimed:
            self._claimed[shot.first] = self._claim(shot)
        return self._claimed[shot.first]
