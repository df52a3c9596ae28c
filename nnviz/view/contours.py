"""A grid of costs as filled contours."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import zoom

from nnviz.core.arrays import FloatArray
from nnviz.view.colors import sequential
from nnviz.view.themes import Theme

# A valley is told by its contours: lines this much towards the foreground of a band.
_LINE_STRENGTH = 0.35


def contour_levels(costs: FloatArray, *, n: int = 16) -> FloatArray:
    """Return costs at which contours run, evenly spaced in the logarithm.

    Parameters
    ----------
    costs
        Any shape; values that are not finite do not count.
    n
        Number of bands.

    Returns
    -------
    FloatArray
        ``(n + 1,)``, ascending, from the lowest to the highest cost.
    """
    finite = costs[np.isfinite(costs)]
    if finite.size == 0:
        return np.linspace(0.0, 1.0, n + 1)
    # A cost of nearly nothing would stretch the logarithm over empty bands.
    high = max(float(finite.max()), float(np.finfo(np.float32).tiny))
    low = max(float(finite.min()), high * 1e-4)
    if low == high:
        high = low * 2
    return np.geomspace(low, high, n + 1)


def filled_contours(
    costs: FloatArray, levels: FloatArray, theme: Theme, *, pixels_per_cell: int = 14
) -> FloatArray:
    """Paint bands between contours, each of one colour, with lines between them.

    Parameters
    ----------
    costs
        ``(n_y, n_x)``, rows ascending in y; not finite counts as above all levels.
    levels
        Ascending, ``(n + 1,)``.
    theme
        Gives the sequential map.
    pixels_per_cell
        Of the picture, along each axis; between grid points the logarithm of the cost is
        interpolated by cubic splines.

    Returns
    -------
    FloatArray
        ``(rows, columns, 3)`` in [0, 1], the first row on top.
    """
    clipped = np.clip(np.nan_to_num(costs, nan=np.inf), levels[0], levels[-1])
    fine = np.exp(zoom(np.log(clipped), pixels_per_cell, order=3, grid_mode=False))
    band = np.clip(np.searchsorted(levels, fine, side="right") - 1, 0, len(levels) - 2)
    colors = sequential(band / max(len(levels) - 2, 1), theme)
    line = np.zeros(band.shape, bool)
    line[:, 1:] |= band[:, 1:] != band[:, :-1]
    line[1:] |= band[1:] != band[:-1]
    toward = np.float32(1 if theme.background < "#808080" else 0)
    colors[line] += _LINE_STRENGTH * (toward - colors[line])
    return colors[::-1]
