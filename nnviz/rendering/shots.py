"""Draw shots of a film into files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

import numpy as np
from manim import Scene
from numpy.typing import NDArray

from nnviz.compat.player import EndOfShow
from nnviz.files import unfinished
from nnviz.rendering.checksums import write_checksum
from nnviz.rendering.claims import Claim
from nnviz.rendering.content import Content
from nnviz.rendering.encoder import ShotWriter
from nnviz.rendering.film import Film, Shot, content_of
from nnviz.rendering.formats import Format
from nnviz.rendering.frame_counter import OnFrames

#: Return the shots of an animation, given its number; None if there are no more to come.
ShotsOf = Callable[[int], Sequence[Shot] | None]


class UnrepeatableSceneError(Exception):
    """Raised where a scene is not what it was when it was gone through to be cut."""


def draw_shots(
    film: Film,
    form: Format,
    shots_of: ShotsOf,
    folder: Path,
    media: Path,
    *,
    claim: Claim,
    on_frames: OnFrames,
) -> None:
    """Draw the shots that can be claimed, and play the scene once for that.

    Parameters
    ----------
    film
        The scene to draw.
    form
        Format of the shots.
    shots_of
        Called with the number of each animation when it begins; returns its shots, or None once
        there are no more in the rest of the scene.
    folder
        Folder for the shots' files, each named by its shot's key; they appear whole.
    media
        Folder for Manim's temporary files; must be there.
    claim
        Called once with each shot; returns whether it is this process's to draw.
    on_frames
        Called with the number of frames drawn since the last call.

    Raises
    ------
    UnrepeatableSceneError
        If a shot does not show what it showed when the scene was cut.
    """
    with _ShotDrawer(film, form, shots_of, folder, claim, on_frames) as drawer:
        film.play_to(drawer, media)


def draw_at_once(
    film: Film, form: Format, folder: Path, media: Path, on_frames: OnFrames
) -> list[Path]:
    """Draw all of a scene that is another every time it is played, and play it once.

    Parameters
    ----------
    film, form, media, on_frames
        See :func:`draw_shots`.
    folder
        Folder for the files; must be there.

    Returns
    -------
    list of Path
        One file for each animation, in order; together they are the whole film.
    """
    with _AnimationDrawer(film, form, folder, on_frames) as drawer:
        film.play_to(drawer, media)
        drawer.finish_file()
    return drawer.files


def known_shots(shots: Sequence[Shot]) -> ShotsOf:
    """Return the function that finds the shots of an animation in a list of all shots."""
    by_play: dict[int, list[Shot]] = defaultdict(list)
    for shot in shots:
        by_play[shot.play].append(shot)
    last = max(by_play, default=-1)
    return lambda play: None if play > last else by_play.get(play, [])


def shot_file(folder: Path, shot: Shot, form: Format) -> Path:
    """Return the file of a shot within a folder of shots."""
    return folder / f"{shot.key}{form.suffix}"


class _ShotFile:
    """A file of encoded frames, which appears under its name once it is finished.

    Its frames come one call at a time, so that no ``with`` statement, as of
    :func:`nnviz.files.appearing`, can span its writing.
    """

    def __init__(self, path: Path, form: Format, film: Film) -> None:
        self.path = path
        self._writer = ShotWriter(unfinished(path), form, film.size, film.frame_rate)

    def write(self, pixels: NDArray[np.uint8]) -> None:
        self._writer.write(pixels)

    def finish(self) -> None:
        self._writer.close()
        unfinished(self.path).replace(self.path)

    def discard(self) -> None:
        """Leave nothing behind."""
        with suppress(OSError, EOFError):  # the file may be what failed
            self._writer.close()
        unfinished(self.path).unlink(missing_ok=True)


class _Drawer:
    """An audience that writes frames into files, one at a time.

    On leaving its ``with`` statement, a file that is not finished is removed.
    """

    def __init__(self, film: Film, form: Format, on_frames: OnFrames) -> None:
        self._film, self._form, self._on_frames = film, form, on_frames
        self._file: _ShotFile | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.discard()

    def _write(self, path: Path, pixels: NDArray[np.uint8]) -> None:
        """Add a frame to the open file; without one, open the file of that path."""
        if self._file is None:
            self._file = _ShotFile(path, self._form, self._film)
        self._file.write(pixels)
        self._on_frames(1)

    def finish_file(self) -> None:
        """Let the open file, if there is one, appear."""
        if self._file is not None:
            self._file.finish()
            self._file = None


class _ShotDrawer(_Drawer):
    """Draws the shots that it can claim, each into a file."""

    def __init__(
        self,
        film: Film,
        form: Format,
        shots_of: ShotsOf,
        folder: Path,
        claim: Claim,
        on_frames: OnFrames,
    ) -> None:
        super().__init__(film, form, on_frames)
        self._shots_of, self._folder, self._claim = shots_of, folder, claim
        self._play = -1
        self._frames = _ClaimedFrames([], claim)
        self._digests: list[bytes] = []  # of the frames of the present shot

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:  # noqa: ARG002
        self._play += 1
        self._content = Content(scene, is_still=is_still)
        shots = self._shots_of(self._play)
        if shots is None:
            raise EndOfShow
        self._frames = _ClaimedFrames(shots, self._claim)
        return self._frames

    def show(self, frame: int, pixels: NDArray[np.uint8]) -> None:
        shot = self._frames.shot_at(frame)
        assert shot is not None
        path = shot_file(self._folder, shot, self._form)
        self._write(path, pixels)
        if shot.content:
            self._digests.append(self._content.digest())
        if frame == shot.first + shot.n_frames - 1:
            if shot.content and content_of(self._digests) != shot.content:
                raise UnrepeatableSceneError
            self._digests.clear()
            self.finish_file()
            write_checksum(path)


class _AnimationDrawer(_Drawer):
    """Draws everything, each animation into a file."""

    def __init__(self, film: Film, form: Format, folder: Path, on_frames: OnFrames) -> None:
        super().__init__(film, form, on_frames)
        self.files: list[Path] = []
        self._folder = folder

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:  # noqa: ARG002
        self.finish_file()
        return range(n_frames)

    def show(self, frame: int, pixels: NDArray[np.uint8]) -> None:
        if frame == 0:
            self.files.append(self._folder / f"{len(self.files):05}{self._form.suffix}")
        self._write(self.files[-1], pixels)


class _ClaimedFrames:
    """Those frames of one animation that are drawn here; a shot is claimed when it is reached."""

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
