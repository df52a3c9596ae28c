"""Points of the frame: 8 units high, 14.2 wide, (0, 0) in its middle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Points of the frame as Manim takes them, ``(..., 3)``.
Points = NDArray[np.float64]


def at(x: float, y: float) -> Points:
    """Return a point as Manim takes it, ``(3,)``.

    Examples
    --------
    >>> at(1, 2)
    array([1., 2., 0.])
    """
    return np.array([x, y, 0.0])
