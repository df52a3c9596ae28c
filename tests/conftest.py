"""Videos, frame by frame; the zoo of runs; scenes that are watched; and a frame to paint on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nnviz.raster.canvas import Canvas
from nnviz.recording.recording import Recording
from tests.zoo import make

Frames = Callable[[Path], NDArray[np.uint8]]


@pytest.fixture
def frames() -> Frames:
    """Return a function that decodes a video: ``(n, height, width, 3)``."""
    import av

    def decode(path: Path) -> NDArray[np.uint8]:
        with av.open(path) as container:
            return np.stack([f.to_ndarray(format="rgb24") for f in container.decode(video=0)])

    return decode


Zoo = Callable[[str], Recording]


@pytest.fixture(scope="session")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Zoo:
    """Return a function that gives an animal of the zoo by its name, made once."""
    folder = tmp_path_factory.mktemp("zoo")
    made: dict[str, Recording] = {}

    def animal(name: str) -> Recording:
        if name not in made:
            made[name] = make(name, folder / name)
        return made[name]

    return animal


@pytest.fixture(scope="session")
def play(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Return a function that plays a scene by its name, for a recording and options."""
    from tests.watching import play_to_watcher

    folder = tmp_path_factory.mktemp("played")

    def played(name: str, recording: Recording, **options: Any) -> Any:
        return play_to_watcher(name, recording, folder, **options)

    return played


@pytest.fixture
def canvas() -> Canvas:
    """A black, opaque frame of 160 x 80 pixels, 10 to a frame unit."""
    pixels = np.zeros((80, 160, 4), np.uint8)
    pixels[..., 3] = 255
    return Canvas(pixels, 16.0, 8.0, np.zeros(3))
