"""Points of the frame, which is 8 frame units high and 14.2 wide, with (0, 0) in its middle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Points of the frame as Manim takes them, ``(..., 3)``: x to the right, y up, and 0.
Points = NDArray[np.float64]


def at(x: float, y: float) -> Points:
    """Return a point of the frame as Manim takes it, ``(3,)``.

    Parameters
    ----------
    x, y
        Distance to the right of and above the middle of the frame, frame units.

    Examples
    --------
    >>> at(1, 2)
    array([1., 2., 0.])
    """
    return np.array([x, y, 0.0])
