"""Single frames of a scene: one as a picture, or several on a storyboard."""

from __future__ import annotations

from collections.abc import Container, Set
from pathlib import Path
from typing import Any

import numpy as np
from manim import Scene
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from nnviz.compat.player import EndOfShow
from nnviz.errors import SettingError
from nnviz.files import check_replaceable
from nnviz.recording.recording import Recording
from nnviz.rendering.film import Film
from nnviz.rendering.job import make_film
from nnviz.rendering.scene_registry import scene_class, scene_name
from nnviz.rendering.scratch import scratch
from nnviz.stage.scene import RecordingScene
from nnviz.view.sentences.runs import run_text
from nnviz.view.themes import get_theme

# Pixels of the storyboard.
_TILE_WIDTH, _GAP, _CAPTION, _TEXT = 480, 12, 26, 15
_COLUMNS = 4
# Of a storyboard; and what no scene lasts, seconds.
_MOST_FRAMES, _LONGEST = 400, 1e6


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
    scene, recording, quality, force, **options
        As of :func:`nnviz.rendering.job.render`.
    out
        A file that ends in ``.png``; by default the scene's name, in the working folder.
    second
        Time of the frame, from 0.

    Raises
    ------
    SettingError
        If the scene is shorter, or the file has another ending.
    """
    chosen = scene_class(scene)
    path = _picture_path(out, f"{scene_name(chosen)}.png", force=force)
    film = make_film(chosen, recording, quality, options)
    if not 0 <= second < _LONGEST:
        message = f"second must lie in 0 to the scene's length; got {second:g}."
        raise SettingError(message)
    wanted = round(second * film.frame_rate)
    with scratch(path, chosen) as folder:
        seen = _see(film, {wanted}, folder)
        if wanted not in seen.pictures:
            length = seen.n_frames / film.frame_rate
            message = f"second must lie in 0 to {length:.1f}, the scene's length; got {second:g}."
            raise SettingError(message)
        _save(Image.fromarray(seen.pictures[wanted]), path, folder)
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
    scene, recording, force, **options
        As of :func:`nnviz.rendering.job.render`.
    out
        A file that ends in ``.png``; by default the scene's name with ``-storyboard.png``.
    n_frames
        How many.

    Raises
    ------
    SettingError
        If the file has another ending, or there would be no frame.
    """
    chosen = scene_class(scene)
    path = _picture_path(out, f"{scene_name(chosen)}-storyboard.png", force=force)
    if not 1 <= n_frames <= _MOST_FRAMES:
        message = f"frames must lie in 1 to {_MOST_FRAMES}; got {n_frames}."
        raise SettingError(message)
    film = make_film(chosen, recording, "draft", options)
    with scratch(path, chosen) as folder:
        total = _see(film, set(), folder).n_frames
        # The middles of equal parts: a scene's first and last frames are often empty.
        numbers = (np.arange(n_frames) + 0.5) / n_frames * total
        seen = _see(film, set(numbers.astype(int).tolist()), folder)
        _save(_sheet(film, seen.pictures, total), path, folder)
    return path


class _Seen:
    """An audience that remembers some frames, counted over the whole film, and then leaves.

    One that wants none counts them all.
    """

    def __init__(self, wanted: Set[int]) -> None:
        self._wanted = wanted
        self.n_frames = 0
        self._before = 0
        self.pictures: dict[int, NDArray[np.uint8]] = {}

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:  # noqa: ARG002
        if self._wanted and self._wanted <= self.pictures.keys():
            raise EndOfShow
        self._before = self.n_frames
        self.n_frames += n_frames
        return [frame for frame in range(n_frames) if self._before + frame in self._wanted]

    def show(self, frame: int, pixels: NDArray[np.uint8]) -> None:
        self.pictures[self._before + frame] = pixels[..., :3].copy()


def _see(film: Film, wanted: Set[int], folder: Path) -> _Seen:
    seen = _Seen(wanted)
    film.play_to(seen, folder)
    return seen


def _sheet(film: Film, pictures: dict[int, NDArray[np.uint8]], total: int) -> Image.Image:
    theme = get_theme(film.options.get("theme", film.scene.theme))
    height = round(_TILE_WIDTH * film.size[1] / film.size[0])
    n_columns = min(_COLUMNS, len(pictures))
    n_rows = -(-len(pictures) // n_columns)
    cell = (_TILE_WIDTH + _GAP, height + _CAPTION + _GAP)
    sheet = Image.new(
        "RGB", (n_columns * cell[0] + _GAP, n_rows * cell[1] + _CAPTION + _GAP), theme.background
    )
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(_TEXT)
    recording = film.recording
    title = (
        f"{scene_name(film.scene)}   {run_text(recording)}   "
        f"{total / film.frame_rate:.1f} s, {total:,} frames at {film.frame_rate} a second"
    )
    pen.text((_GAP, _GAP), title, theme.foreground, font)
    for place, (number, pixels) in enumerate(sorted(pictures.items())):
        row, column = divmod(place, n_columns)
        left, top = _GAP + column * cell[0], _GAP + _CAPTION + row * cell[1]
        tile = Image.fromarray(pixels).resize((_TILE_WIDTH, height), Image.Resampling.LANCZOS)
        sheet.paste(tile, (left, top))
        frame = (left - 1, top - 1, left + _TILE_WIDTH, top + height)
        pen.rectangle(frame, outline=theme.muted)
        pen.text((left, top + height + 4), f"{number / film.frame_rate:.1f} s", theme.muted, font)
    return sheet


def _picture_path(out: str | Path | None, default: str, *, force: bool) -> Path:
    path = Path(out or default)
    if path.suffix.lower() != ".png":
        message = f"picture must end in .png; got {path.name!r}."
        raise SettingError(message)
    check_replaceable(path, force=force)
    return path


def _save(picture: Image.Image, path: Path, folder: Path) -> None:
    unfinished = folder / "picture.png"
    picture.save(unfinished, optimize=True)
    unfinished.replace(path)
