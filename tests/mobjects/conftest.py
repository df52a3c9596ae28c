"""A small frame to paint rasters into."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.mobjects.canvas import Canvas


@pytest.fixture
def canvas() -> Canvas:
    """A black, opaque frame of 160 x 80 pixels, 10 to a frame unit."""
    pixels = np.zeros((80, 160, 4), np.uint8)
    pixels[..., 3] = 255
    return Canvas(pixels, 16.0, 8.0, np.zeros(3))
