"""Draw shots of a film into files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from pathlib import Path

import numpy as np
from manim import Scene
from numpy.typing import NDArray

from nnviz.files import unfinished
from nnviz.rendering.compat import EndOfShow
from nnviz.rendering.encoder import Format, ShotWriter
from nnviz.rendering.film import Film, Shot

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


def remove_unfinished(folder: Path, process: int) -> None:
    """Remove what a process that was ended did not finish."""
    for file in folder.glob(f".*.nnviz-{process}"):
        file.unlink(missing_ok=True)


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

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:  # noqa: ARG002
        self._play += 1
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
        if frame == shot.first + shot.n_frames - 1:
            self._writer.close()
            unfinished(self._file).replace(self._file)
            self._writer = None

    def stop(self) -> None:
        """Leave nothing unfinished behind."""
        if self._writer is not None:
            self._writer.close()
            unfinished(self._file).unlink(missing_ok=True)


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
