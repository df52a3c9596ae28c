"""Levels and filled contours of a grid of costs or other values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import Akima1DInterpolator
from scipy.ndimage import distance_transform_edt

from nnviz.core.arrays import FloatArray
from nnviz.view.colors import rgb, sequential
from nnviz.view.themes import Theme

# Share of the path from a band's colour to black or white that a contour's colour takes: enough to
# tell a valley by its contours, and still a part of the band.
_LINE_STRENGTH = 0.35
# Share of a map's points that are a few: a scale need not begin with them ...
_FEW = 0.02
# ... if they lie below this share of the highest cost.
_FAR_BELOW = 1e-4
# What lies further below the lowest level than this factor is all one to a logarithm.
_FLOOR = 1e-6
# Values within this share of a scale's end lie on it: the rest is rounding.
_ROUNDING = 1e-6
# Slope below which no contour is drawn: a level stretch has none, and no division by zero either.
_LEAST_SLOPE = 1e-9
# Pixels for each point of the grid, along each axis: a grid of 51 points fills 714 pixels.
_PIXELS_PER_CELL = 14


def contour_levels(costs: FloatArray, *, n: int = 16) -> FloatArray:
    """Return costs at which contours run, evenly spaced in the logarithm.

    Parameters
    ----------
    costs
        Costs of any shape; those that are not finite do not count.
    n
        Number of bands between contours, 1 or more.

    Returns
    -------
    FloatArray
        ``(n + 1,)``, ascending, from the lowest to the highest cost. Where a few points lie far
        below all others, at less than a ten-thousandth of the highest, the scale begins with the
        others.
    """
    finite = costs[np.isfinite(costs)]
    if finite.size == 0:
        return np.linspace(0.0, 1.0, n + 1)
    # A few costs of nearly nothing would stretch the logarithm over empty bands.
    high = max(float(finite.max()), float(np.finfo(np.float32).tiny))
    usual = float(np.quantile(finite, _FEW))
    least = min(usual, _FAR_BELOW * high) if usual > 0 else _FAR_BELOW * high
    low = max(float(finite.min()), least)
    if low == high:
        high = low * 2
    return np.geomspace(low, high, n + 1)


def value_levels(values: FloatArray, *, n: int = 16) -> FloatArray:
    """Return values at which contours run, closer to each other towards the lowest.

    Where a function rises with the square of the distance, its contours are evenly apart.

    Parameters
    ----------
    values
        Numbers of any shape and sign; those that are not finite do not count.
    n
        Number of bands between contours, 1 or more.

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


def refined(
    costs: FloatArray, levels: FloatArray, *, pixels_per_cell: int = _PIXELS_PER_CELL
) -> FloatArray:
    """Interpolate a grid of costs smoothly: their logarithm, if all levels are above zero.

    Parameters
    ----------
    costs
        Costs over an even grid, ``(n_y, n_x)``, at least 2 x 2; what is not finite is a gap.
    levels
        Ascending levels of the contours, ``(n + 1,)``; costs beyond them are clipped, after they
        were interpolated.
    pixels_per_cell
        Number of points of the finer grid for each point of the grid, along each axis.

    Returns
    -------
    FloatArray
        ``(n_y * pixels_per_cell, n_x * pixels_per_cell)``; NaN where the nearest point of the
        grid is a gap.

    Source
    ------
    Akima, *A new method of interpolation and smooth curve fitting* (1970), as modified for
    SciPy: unlike a cubic spline it does not swing beside an edge or a level stretch.
    """
    is_gap = ~np.isfinite(costs)
    filled = _without_gaps(np.asarray(costs, np.float64), is_gap)
    is_logarithmic = levels[0] > 0
    if is_logarithmic:  # far below the levels it does not matter how far
        filled = np.log(np.maximum(filled, levels[0] * _FLOOR))
    for axis, n in enumerate(filled.shape):
        at = np.linspace(0, n - 1, n * pixels_per_cell)
        along = Akima1DInterpolator(np.arange(n), filled, axis=axis, method="makima")
        filled = np.asarray(along(at))
    fine = np.exp(filled) if is_logarithmic else filled
    within: FloatArray = np.clip(fine, levels[0], levels[-1])
    if is_gap.any():
        rows, columns = (
            np.linspace(0, n - 1, n * pixels_per_cell).round().astype(int) for n in costs.shape
        )
        within[is_gap[np.ix_(rows, columns)]] = np.nan
    return within


def _without_gaps(costs: FloatArray, is_gap: NDArray[np.bool_]) -> FloatArray:
    """Return costs with each gap filled by the nearest that is finite."""
    if not is_gap.any():
        return costs
    if is_gap.all():
        return np.zeros_like(costs)
    rows, columns = distance_transform_edt(is_gap, return_distances=False, return_indices=True)
    filled: FloatArray = costs[rows, columns]
    return filled


def filled_contours(
    costs: FloatArray,
    levels: FloatArray,
    theme: Theme,
    *,
    pixels_per_cell: int = _PIXELS_PER_CELL,
    line_width: float = 1.0,
) -> FloatArray:
    """Paint bands between contours, each of one colour, with lines between them.

    Parameters
    ----------
    costs
        Costs over an even grid, ``(n_y, n_x)``, rows ascending in y; what is not finite is
        painted in the theme's colour of a gap, which no band has.
    levels
        Ascending levels of the contours, ``(n + 1,)``; costs beyond them have the first or the
        last band's colour.
    theme
        Theme that gives the sequential map.
    pixels_per_cell
        Number of pixels for each point of the grid, along each axis; see :func:`refined`.
    line_width
        Width of the lines, in pixels of the picture.

    Returns
    -------
    FloatArray
        ``(n_y * pixels_per_cell, n_x * pixels_per_cell, 3)`` in [0, 1], the first row on top.
    """
    fine = refined(costs, levels, pixels_per_cell=pixels_per_cell)
    is_gap = np.isnan(fine)
    place = np.interp(np.where(is_gap, levels[0], fine), levels, np.arange(len(levels)))
    band = np.clip(np.floor(place), 0, len(levels) - 2)
    colors = sequential(band / max(len(levels) - 2, 1), theme)
    # How far, in pixels, the nearest line is: where it is within half its width, it is seen.
    slope = np.hypot(*np.gradient(place))
    nearest = np.clip(np.rint(place), 1, len(levels) - 2)
    distance = np.abs(place - nearest) / np.maximum(slope, _LEAST_SLOPE)
    share = np.clip((line_width + 1) / 2 - distance, 0, 1).astype(np.float32)[..., None]
    toward = np.float32(1 if theme.background < "#808080" else 0)
    colors += _LINE_STRENGTH * share * (toward - colors)
    colors[is_gap] = rgb(theme.gap)
    return colors[::-1]


def clips(values: FloatArray, low: float, high: float) -> tuple[bool, bool]:
    """Tell whether finite values lie below a scale, and whether any lie above it.

    Parameters
    ----------
    values
        Numbers of any shape; those that are not finite do not count.
    low, high
        Ends of the scale.

    Examples
    --------
    >>> clips(np.array([0.5, 3.0, np.nan]), 0.5, 2.0)
    (False, True)
    """
    finite = np.asarray(values)[np.isfinite(values)]
    if not finite.size:
        return False, False
    hair = _ROUNDING * max(abs(low), abs(high))
    return bool(finite.min() < low - hair), bool(finite.max() > high + hair)
