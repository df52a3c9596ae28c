"""The array types of the core."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Floating-point numbers of any precision; float32 or float64 in practice.
FloatArray = NDArray[np.floating]
#: Whole numbers: indices, classes and counts.
IntArray = NDArray[np.int64]
