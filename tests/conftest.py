"""Videos, frame by frame."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

Frames = Callable[[Path], NDArray[np.uint8]]


@pytest.fixture
def frames() -> Frames:
    """Return a function that decodes a video: ``(n, height, width, 3)``."""
    import av

    def decode(path: Path) -> NDArray[np.uint8]:
        with av.open(path) as container:
            return np.stack([f.to_ndarray(format="rgb24") for f in container.decode(video=0)])

    return decode
