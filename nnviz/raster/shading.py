"""The brightness of a height field in the light of a lamp."""

from __future__ import annotations

import numpy as np

from nnviz.core.arrays import FloatArray

# Where the light comes from, as x, y and z: from the left and above, so that slopes to the left
# and to the right, which a viewer in front sees side by side, differ most.
_LIGHT = np.array([-0.55, -0.25, 0.8])
# Share of the light that comes from everywhere: what faces away is dark and still has a colour.
_AMBIENT = 0.4


def diffuse_brightness(heights: FloatArray, size: tuple[float, float]) -> FloatArray:
    """Return how bright each grid point of a matte height field looks.

    Parameters
    ----------
    heights
        Heights over an even grid, ``(n_y, n_x)``, at least 2 x 2.
    size
        Extent of the grid along x and y, in units of the heights.

    Returns
    -------
    FloatArray
        Factor of each point's colour, ``(n_y, n_x)``: 1 where the surface is level, above 1
        where it faces the light more than a level one, and never below the share of light that
        comes from everywhere.

    Source
    ------
    Lambert, *Photometria* (1760): in proportion to the cosine of the light's angle.
    """
    n_y, n_x = heights.shape
    slope_y, slope_x = np.gradient(heights, size[1] / (n_y - 1), size[0] / (n_x - 1))
    toward = _LIGHT / np.linalg.norm(_LIGHT)
    facing = toward[2] - slope_x * toward[0] - slope_y * toward[1]
    facing = facing / np.sqrt(1 + slope_x**2 + slope_y**2)
    # A level surface has its own colour; what faces the light more is brighter.
    brightness: FloatArray = _AMBIENT + (1 - _AMBIENT) * np.maximum(facing, 0) / toward[2]
    return brightness
