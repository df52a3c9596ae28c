"""Scenes, played to someone who looks at the end of every animation and reads what is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from pathlib import Path
from typing import Any

import numpy as np
from manim import Mobject, Scene, Typst
from numpy.typing import NDArray

from nnviz.compat.player import perform
from nnviz.mobjects.text import LiveText
from nnviz.recording.recording import Recording
from nnviz.rendering.scene_registry import scene_class

SIZE = (854, 480)


class Watcher:
    """Remembers the scene, and of each animation's last frame the pixels and the texts."""

    def __init__(self, size: tuple[int, int] = SIZE) -> None:
        self.scene: Any = None
        self.size = size
        self.frames: list[NDArray[np.uint8]] = []
        self.texts: list[list[str]] = []

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:  # noqa: ARG002
        self.scene = scene
        return {n_frames - 1}

    def show(self, frame: int, pixels: NDArray[np.uint8]) -> None:  # noqa: ARG002
        self.frames.append(pixels[..., :3].copy())
        self.texts.append([text for mobject in self.scene.mobjects for text in said_by(mobject)])

    @property
    def said(self) -> list[str]:
        """Every text that was on screen at the end of an animation, once each, in order."""
        return list(dict.fromkeys(text for texts in self.texts for text in texts))

    def pixel(self, place: NDArray[np.floating]) -> tuple[int, int]:
        """Return the row and the column of a frame's point."""
        scale = self.size[1] / 8
        row = round(self.size[1] / 2 - place[1] * scale - 0.5)
        return row, round(self.size[0] / 2 + place[0] * scale - 0.5)

    def at(self, place: NDArray[np.floating], frame: int = -1) -> NDArray[np.floating]:
        """Return the colour at a point of the frame, in [0, 1]."""
        return self.frames[frame][self.pixel(place)] / 255


def said_by(mobject: Mobject) -> list[str]:
    """Return the texts in a mobject that can be seen."""
    if isinstance(mobject, LiveText):
        is_seen = any(part.get_fill_opacity() > 0 for part in mobject.submobjects)
        return [mobject.shown] if is_seen else []
    if isinstance(mobject, Typst):
        is_seen = any(part.get_fill_opacity() > 0 for part in mobject.family_members_with_points())
        return [re.sub(r"\\(.)", r"\1", mobject.typst_code)] if is_seen else []
    return [text for part in mobject.submobjects for text in said_by(part)]


Play = Callable[..., Watcher]


def play_to_watcher(
    name: str, recording: Recording, folder: Path, *, size: tuple[int, int] = SIZE, **options: Any
) -> Watcher:
    """Play a scene by its name."""
    watcher = Watcher(size)
    perform(
        scene_class(name),
        watcher,
        size=size,
        frame_rate=5,
        folder=folder,
        recording=recording,
        **options,
    )
    return watcher
