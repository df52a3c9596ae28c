"""Numbers to colours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from nnviz.core.arrays import FloatArray
from nnviz.errors import SettingError
from nnviz.view.themes import Theme

# Share of magnitudes within the limit of a diverging map: beyond it are the few outliers that
# would leave everything else dark.
_USUAL_SHARE = 0.995


def rgb(color: str) -> FloatArray:
    """Return the red, green and blue of a colour, in [0, 1].

    Parameters
    ----------
    color
        ``#RRGGBB``.

    Returns
    -------
    FloatArray
        ``(3,)``.

    Examples
    --------
    >>> rgb("#FF0080").round(2)
    array([1. , 0. , 0.5])
    """
    return np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def hex_color(color: ArrayLike) -> str:
    """Return a colour as ``#RRGGBB``.

    Parameters
    ----------
    color
        Red, green and blue, ``(3,)``, in [0, 1]; what lies beyond is clipped.

    Examples
    --------
    >>> hex_color([1, 0, 0.5])
    '#FF0080'
    """
    levels = (np.clip(color, 0, 1) * 255).round().astype(int)
    return "#" + "".join(f"{level:02X}" for level in levels)


def symmetric_limit(values: ArrayLike, *, quantile: float = _USUAL_SHARE) -> float:
    """Return the magnitude at which a diverging map reaches full colour.

    A few outliers would leave everything else dark, so the largest magnitudes are cut off.

    Parameters
    ----------
    values
        Numbers of any shape and sign; those that are not finite do not count.
    quantile
        Share of magnitudes that lie within the limit, in (0, 1].

    Returns
    -------
    float
        Above 0; 1 if no value is both finite and other than zero.
    """
    magnitudes = np.abs(np.asarray(values, np.float32).ravel())
    magnitudes = magnitudes[np.isfinite(magnitudes)]
    limit = float(np.quantile(magnitudes, quantile)) if magnitudes.size else 0.0
    return limit or float(magnitudes.max(initial=0.0)) or 1.0


def sign_hues(values: ArrayLike, theme: Theme) -> FloatArray:
    """Return the theme's colour of each number's sign.

    Parameters
    ----------
    values
        Numbers of any shape; zero counts as positive, NaN as negative.
    theme
        Theme that gives the colours of the two signs.

    Returns
    -------
    FloatArray
        ``(*shape, 3)`` in [0, 1], float32.
    """
    signed = np.asarray(values)[..., None]
    return np.where(signed >= 0, _rgb32(theme.positive), _rgb32(theme.negative))


def diverging(values: ArrayLike, limit: float, theme: Theme) -> FloatArray:
    """Colour signed numbers: the background at zero, a hue by sign, stronger by magnitude.

    Parameters
    ----------
    values
        Numbers of any shape; NaN takes the theme's colour of a gap.
    limit
        Magnitude of full colour, above 0; larger ones, also infinite ones, are clipped.
    theme
        Theme that gives the colours of the two signs and the background.

    Returns
    -------
    FloatArray
        ``(*shape, 3)`` in [0, 1], float32.

    Raises
    ------
    SettingError
        If the limit is not above zero.
    """
    if not limit > 0:
        message = f"colour limit must be above 0; got {limit}."
        raise SettingError(message)
    signed = np.asarray(values, np.float32)[..., None]
    strength = np.clip(np.abs(signed) / limit, 0, 1)
    hue = sign_hues(signed[..., 0], theme)
    background = _rgb32(theme.background)
    colored = background + strength * (hue - background)
    return np.where(np.isnan(signed), _rgb32(theme.gap), colored)


def sequential(values: ArrayLike, theme: Theme) -> FloatArray:
    """Colour numbers in [0, 1] along the theme's sequential map.

    Parameters
    ----------
    values
        Numbers of any shape, clipped to [0, 1]; NaN takes the theme's colour of a gap.
    theme
        Theme that gives the sequential map.

    Returns
    -------
    FloatArray
        ``(*shape, 3)`` in [0, 1], float32.
    """
    is_gap = np.isnan(np.asarray(values, np.float64))[..., None]
    return np.where(is_gap, _rgb32(theme.gap), interpolate_colors(values, theme.sequential))


def interpolate_colors(values: ArrayLike, colors: Sequence[str]) -> FloatArray:
    """Interpolate evenly spaced colours.

    Parameters
    ----------
    values
        Numbers of any shape, clipped to [0, 1]: 0 is the first colour, 1 and NaN the last.
    colors
        At least two, each ``#RRGGBB``.

    Returns
    -------
    FloatArray
        ``(*shape, 3)`` in [0, 1], float32.
    """
    places = np.nan_to_num(np.asarray(values, np.float64), nan=1.0)
    anchors = np.array([rgb(color) for color in colors])
    anchor_places = np.linspace(0, 1, len(anchors))
    channels = [np.interp(places, anchor_places, anchors[:, channel]) for channel in range(3)]
    return np.stack(channels, axis=-1).astype(np.float32)


def _rgb32(color: str) -> FloatArray:
    return rgb(color).astype(np.float32)
