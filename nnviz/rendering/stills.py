"""Single frames of a scene: one as a picture, or several on a storyboard."""

from __future__ import annotations

from collections.abc import Container, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from manim import Scene
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from nnviz.compat.player import EndOfShow
from nnviz.errors import SettingError
from nnviz.files import appearing, check_replaceable
from nnviz.recording.recording import Recording
from nnviz.rendering.film import Film
from nnviz.rendering.job import make_film
from nnviz.rendering.scene_registry import scene_class, scene_name
from nnviz.rendering.scratch import scratch
from nnviz.stage.scene import RecordingScene
from nnviz.view.sentences.runs import run_text
from nnviz.view.themes import get_theme

# Layout of a storyboard, pixels. Four frames of this width are as wide as a full HD screen.
_TILE_WIDTH = 480
_COLUMNS = 4
_GAP = 12
# Height of a line of text with the space around it, and of the text itself.
_CAPTION = 26
_TEXT = 15
# Space between a frame and the line under it.
_CAPTION_GAP = 4

# Most frames on a storyboard: a hundred rows, some 30,000 pixels high.
_MOST_FRAMES = 400
# Longer than any scene, seconds; a time beyond it is refused before the scene is played.
_LONGEST = 1e6


def still(
    scene: str | type[RecordingScene],
    recording: Recording | str | Path | None = None,
    out: str | Path | None = None,
    *,
    second: float,
    quality: str = "medium",
    force: bool = False,
    **options: Any,
) -> Path:
    """Draw one frame of a scene, and no other.

    Parameters
    ----------
    scene, recording, quality, **options
        As of :func:`nnviz.rendering.job.render`.
    out
        A file that ends in ``.png``; by default the scene's name, in the working folder.
    second
        Time of the frame, seconds from the scene's beginning; at least 0.
    force
        Whether a file that is not a PNG file is replaced, too.

    Returns
    -------
    Path
        The picture; it appears whole or not at all.

    Raises
    ------
    SettingError
        If the scene is shorter, the file has another ending, or something is in its place that
        is not replaced.
    RenderError
        If the scene fails.
    """
    chosen = scene_class(scene)
    path = _picture_path(out, f"{scene_name(chosen)}.png", force=force)
    film = make_film(chosen, recording, quality, options)
    if not 0 <= second < _LONGEST:
        message = f"second must lie in 0 to the scene's length; got {second:g}."
        raise SettingError(message)
    wanted = round(second * film.frame_rate)
    with scratch(path, chosen) as folder:
        frames = _collect_frames(film, {wanted}, folder)
    if wanted not in frames.pictures:
        length = frames.n_frames / film.frame_rate
        message = f"second must lie in 0 to {length:.1f}, the scene's length; got {second:g}."
        raise SettingError(message)
    _save(Image.fromarray(frames.pictures[wanted]), path)
    return path


def storyboard(
    scene: str | type[RecordingScene],
    recording: Recording | str | Path | None = None,
    out: str | Path | None = None,
    *,
    n_frames: int = 16,
    force: bool = False,
    **options: Any,
) -> Path:
    """Draw frames of a scene, evenly spaced, on one sheet with their times.

    Parameters
    ----------
    scene, recording, **options
        As of :func:`nnviz.rendering.job.render`.
    out
        A file that ends in ``.png``; by default the scene's name with ``-storyboard.png``.
    n_frames
        Number of frames on the sheet, 1 to 400. A scene of fewer frames shows each once.
    force
        Whether a file that is not a PNG file is replaced, too.

    Returns
    -------
    Path
        The picture; it appears whole or not at all.

    Raises
    ------
    SettingError
        If the file has another ending, something is in its place that is not replaced, or the
        number of frames is out of range.
    RenderError
        If the scene fails.
    """
    chosen = scene_class(scene)
    path = _picture_path(out, f"{scene_name(chosen)}-storyboard.png", force=force)
    if not 1 <= n_frames <= _MOST_FRAMES:
        message = f"frames must lie in 1 to {_MOST_FRAMES}; got {n_frames}."
        raise SettingError(message)
    film = make_film(chosen, recording, "draft", options)
    with scratch(path, chosen) as folder:
        total = _collect_frames(film, set(), folder).n_frames
        # The middles of equal parts: a scene's first and last frames are often empty.
        numbers = (np.arange(n_frames) + 0.5) / n_frames * total
        frames = _collect_frames(film, set(numbers.astype(int).tolist()), folder)
        sheet = _sheet(film, frames.pictures, total)
    _save(sheet, path)
    return path


class _FrameCollector:
    """An audience that keeps some frames, numbered over the whole film, and then leaves.

    One that wants none stays to the end, and counts them all.
    """

    def __init__(self, wanted: Set[int]) -> None:
        self._wanted = wanted
        self.n_frames = 0
        self._first = 0  # number within the film of the present animation's first frame
        self.pictures: dict[int, NDArray[np.uint8]] = {}

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:  # noqa: ARG002
        if self._wanted and self._wanted <= self.pictures.keys():
            raise EndOfShow
        self._first = self.n_frames
        self.n_frames += n_frames
        return [frame for frame in range(n_frames) if self._first + frame in self._wanted]

    def show(self, frame: int, pixels: NDArray[np.uint8]) -> None:
        self.pictures[self._first + frame] = pixels[..., :3].copy()


def _collect_frames(film: Film, wanted: Set[int], folder: Path) -> _FrameCollector:
    collector = _FrameCollector(wanted)
    film.play_to(collector, folder)
    return collector


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the frames of a storyboard stand, pixels.

    Parameters
    ----------
    n_frames
        Number of frames.
    tile_height
        Height of a frame; its width is always the same.
    """

    n_frames: int
    tile_height: int

    @property
    def n_columns(self) -> int:
        """Number of frames next to each other."""
        return min(_COLUMNS, self.n_frames)

    @property
    def _row_height(self) -> int:
        return self.tile_height + _CAPTION + _GAP

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the whole sheet, with its title."""
        n_rows = -(-self.n_frames // self.n_columns)
        width = self.n_columns * (_TILE_WIDTH + _GAP) + _GAP
        return width, n_rows * self._row_height + _CAPTION + _GAP

    def corner(self, place: int) -> tuple[int, int]:
        """Return the left and upper edge of a frame, given its place in reading order."""
        row, column = divmod(place, self.n_columns)
        left = _GAP + column * (_TILE_WIDTH + _GAP)
        return left, _GAP + _CAPTION + row * self._row_height


def _sheet(film: Film, pictures: dict[int, NDArray[np.uint8]], total: int) -> Image.Image:
    """Draw frames, by their numbers, under a title that says the length of the film, frames."""
    theme = get_theme(film.options.get("theme", film.scene.theme))
    height = round(_TILE_WIDTH * film.size[1] / film.size[0])
    grid = _Grid(len(pictures), height)
    sheet = Image.new("RGB", grid.size, theme.background)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(_TEXT)
    pen.text((_GAP, _GAP), _title(film, total), theme.foreground, font)
    for place, (number, pixels) in enumerate(sorted(pictures.items())):
        left, top = grid.corner(place)
        tile = Image.fromarray(pixels).resize((_TILE_WIDTH, height), Image.Resampling.LANCZOS)
        sheet.paste(tile, (left, top))
        border = (left - 1, top - 1, left + _TILE_WIDTH, top + height)
        pen.rectangle(border, outline=theme.muted)
        time = f"{number / film.frame_rate:.1f} s"
        pen.text((left, top + height + _CAPTION_GAP), time, theme.muted, font)
    return sheet


def _title(film: Film, total: int) -> str:
    return (
        f"{scene_name(film.scene)}   {run_text(film.recording)}   "
        f"{total / film.frame_rate:.1f} s, {total:,} frames at {film.frame_rate} a second"
    )


def _picture_path(out: str | Path | None, default: str, *, force: bool) -> Path:
    """Return where a picture is to be written, checked."""
    path = Path(out or default)
    if path.suffix.lower() != ".png":
        message = f"picture must end in .png; got {path.name!r}."
        raise SettingError(message)
    check_replaceable(path, force=force)
    return path


def _save(picture: Image.Image, path: Path) -> None:
    with appearing(path) as unfinished:
        picture.save(unfinished, "PNG", optimize=True)
