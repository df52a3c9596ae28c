"""Videos, frame by frame, and the zoo of runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

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
