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


def value_levels(values: FloatArray, *, n: int = 16) -> FloatArray:
    """Return values at which contours run, closer to each other towards the lowest.

    Where a function rises with the square of the distance, they are evenly apart.

    Parameters
    ----------
    values
        Any shape and sign; values that are not finite do not count.
    n
        Number of bands.

    Returns
    -------
    FloatArray
        ``(n + 1,)``, ascending, from the lowest to the highest value.
    """
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    span = (high - low) or max(abs(high), 1.0)
    levels: FloatArray = low + span * np.linspace(0, 1, n + 1) ** 2
    return levels


def refined(costs: FloatArray, levels: FloatArray, *, pixels_per_cell: int = 14) -> FloatArray:
    """Interpolate a grid of costs by cubic splines, of the logarithm where levels allow it.

    Parameters
    ----------
    costs
        ``(n_y, n_x)``; not finite counts as above all levels.
    levels
        Ascending, ``(n + 1,)``; what is beyond them is clipped.
    pixels_per_cell
        Of the finer grid, along each axis.

    Returns
    -------
    FloatArray
        ``(n_y, n_x)`` times as fine.
    """
    clipped = np.clip(np.nan_to_num(costs, nan=np.inf), levels[0], levels[-1])
    if levels[0] > 0:
        fine = np.exp(zoom(np.log(clipped), pixels_per_cell, order=3, grid_mode=False))
    else:
        fine = zoom(clipped, pixels_per_cell, order=3, grid_mode=False)
    within: FloatArray = np.clip(fine, levels[0], levels[-1])
    return within


def filled_contours(
    costs: FloatArray,
    levels: FloatArray,
    theme: Theme,
    *,
    pixels_per_cell: int = 14,
    line_width: float = 1.0,
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
        Of the picture, along each axis; see :func:`refined`.
    line_width
        Pixels of the picture.

    Returns
    -------
    FloatArray
        ``(rows, columns, 3)`` in [0, 1], the first row on top.
    """
    fine = refined(costs, levels, pixels_per_cell=pixels_per_cell)
    place = np.interp(fine, levels, np.arange(len(levels)))
    band = np.clip(np.floor(place), 0, len(levels) - 2)
    colors = sequential(band / max(len(levels) - 2, 1), theme)
    # How far, in pixels, the nearest line is: where it is within half its width, it is seen.
    slope = np.hypot(*np.gradient(place))
    nearest = np.clip(np.rint(place), 1, len(levels) - 2)
    distance = np.abs(place - nearest) / np.maximum(slope, 1e-9)
    share = np.clip((line_width + 1) / 2 - distance, 0, 1).astype(np.float32)[..., None]
    toward = np.float32(1 if theme.background < "#808080" else 0)
    colors += _LINE_STRENGTH * share * (toward - colors)
    return colors[::-1]
