"""Scenes, played to someone who looks at the end of every animation."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any

import numpy as np
import pytest
from manim import Scene
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.recording.recording import Recording
from nnviz.recording.run import train
from nnviz.rendering.catalog import scene_class
from nnviz.rendering.compat import perform

SIZE = (854, 480)


class Watcher:
    """Remembers the scene and the last frame of each animation."""

    def __init__(self) -> None:
        self.scene: Any = None
        self.frames: list[NDArray[np.uint8]] = []

    def begin(self, scene: Scene, n_frames: int, *, is_still: bool) -> Container[int]:  # noqa: ARG002
        self.scene = scene
        return {n_frames - 1}

    def show(self, frame: int, pixels: NDArray[np.uint8]) -> None:  # noqa: ARG002
        self.frames.append(pixels[..., :3].copy())

    def at(self, place: NDArray[np.floating], frame: int = -1) -> NDArray[np.floating]:
        """Return the colour at a point of the frame, in [0, 1]."""
        x, y = place[:2]
        scale = SIZE[1] / 8
        row, column = round(SIZE[1] / 2 - y * scale - 0.5), round(SIZE[0] / 2 + x * scale - 0.5)
        return self.frames[frame][row, column] / 255


Play = Callable[..., Watcher]


@pytest.fixture(scope="session")
def play(tmp_path_factory: pytest.TempPathFactory) -> Play:
    """Return a function that plays a scene by its name."""

    folder = tmp_path_factory.mktemp("played")

    def played(name: str, recording: Recording, **options: Any) -> Watcher:
        watcher = Watcher()
        perform(
            scene_class(name),
            watcher,
            size=SIZE,
            frame_rate=5,
            folder=folder,
            recording=recording,
            **options,
        )
        return watcher

    return played


@pytest.fixture(scope="session")
def odd(tiny_data: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """Record a network of four layers, three classes, and images that are not square."""

    def crop(labelled: Any) -> Any:
        kept = np.flatnonzero(labelled.labels < 3)
        return type(labelled)(labelled.images[kept][:, ::2, ::4], labelled.labels[kept])

    data = Dataset("odd", crop(tiny_data.train), crop(tiny_data.test), synthetic=True)
    path = tmp_path_factory.mktemp("runs") / "odd"
    return train(data, path, layers=[98, 5, 4, 6, 3], activation="relu", epochs=4, record="log:9")
