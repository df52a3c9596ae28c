"""Numbers to colours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from nnviz.core.arrays import FloatArray
from nnviz.errors import SettingError
from nnviz.view.themes import Theme


def rgb(color: str) -> FloatArray:
    """Return red, green and blue of ``#RRGGBB``, ``(3,)``, in [0, 1].

    Examples
    --------
    >>> rgb("#FF0080").round(2)
    array([1. , 0. , 0.5])
    """
    return np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255


def hex_color(color: ArrayLike) -> str:
    """Return ``#RRGGBB`` of red, green and blue in [0, 1].

    Examples
    --------
    >>> hex_color([1, 0, 0.5])
    '#FF0080'
    """
    levels = (np.clip(color, 0, 1) * 255).round().astype(int)
    return "#" + "".join(f"{level:02X}" for level in levels)


def symmetric_limit(values: ArrayLike, *, quantile: float = 0.995) -> float:
    """Return the magnitude at which a diverging map reaches full colour.

    A few outliers would leave everything else dark, so the largest magnitudes are cut off.

    Parameters
    ----------
    values
        Any shape; values that are not finite do not count.
    quantile
        Share of magnitudes that lie within the limit, in (0, 1].

    Returns
    -------
    float
        Above 0, also for values that are all zero.
    """
    magnitudes = np.abs(np.asarray(values, np.float32).ravel())
    magnitudes = magnitudes[np.isfinite(magnitudes)]
    limit = float(np.quantile(magnitudes, quantile)) if magnitudes.size else 0.0
    return limit or float(magnitudes.max(initial=0.0)) or 1.0


def sign_hues(values: ArrayLike, theme: Theme) -> FloatArray:
    """Return the theme's hue of each number's sign, ``(*shape, 3)``, float32; 0 is positive."""
    signed = np.asarray(values)[..., None]
    return np.where(signed >= 0, _rgb32(theme.positive), _rgb32(theme.negative))


def diverging(values: ArrayLike, limit: float, theme: Theme) -> FloatArray:
    """Colour signed numbers: the background at zero, a hue by sign, stronger by magnitude.

    Parameters
    ----------
    values
        Any shape; NaN takes the theme's colour of a gap.
    limit
        Magnitude of full colour; larger ones are clipped.
    theme
        Gives the two hues and the background.

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
        Any shape, clipped to [0, 1]; NaN takes the colour of a gap.

    Returns
    -------
    FloatArray
        ``(*shape, 3)`` in [0, 1], float32.
    """
    is_none = np.isnan(np.asarray(values, np.float64))[..., None]
    return np.where(is_none, _rgb32(theme.gap), interpolate_colors(values, theme.sequential))


def interpolate_colors(values: ArrayLike, colors: Sequence[str]) -> FloatArray:
    """Interpolate evenly spaced colours at numbers in [0, 1]: ``(*shape, 3)``, float32."""
    at = np.nan_to_num(np.asarray(values, np.float64), nan=1.0)
    anchors = np.array([rgb(color) for color in colors])
    places = np.linspace(0, 1, len(anchors))
    channels = [np.interp(at, places, anchors[:, channel]) for channel in range(3)]
    return np.stack(channels, axis=-1).astype(np.float32)


def _rgb32(color: str) -> FloatArray:
    return rgb(color).astype(np.float32)
