"""How strongly each edge shows."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from nnviz.core.arrays import FloatArray

# Edges of full strength that can cross a column of a picture and still be told apart.
_COMFORTABLE_SUM = 60.0
# Edges of full strength that are still a picture, and no slab, once they are all fainter.
_MOST_SUM = 400.0
# A higher power would leave no edge but the very strongest.
_MOST_POWER = 8.0
# The power is found this precisely: a finer one changes no pixel.
_POWER_TOLERANCE = 1e-3


def contributions(weights: FloatArray, activations: FloatArray) -> FloatArray:
    """Return what each neuron adds to each neuron of the next layer, w a.

    Parameters
    ----------
    weights
        Weights of layer L, ``(n_L, n_{L-1})``.
    activations
        Activations of layer L-1 for one example, ``(n_{L-1},)``.

    Returns
    -------
    FloatArray
        ``(n_L, n_{L-1})``; its rows sum to z - b. Zero times infinity is NaN.

    Examples
    --------
    >>> contributions(np.array([[1.0, -2.0]]), np.array([0.5, 1.0]))
    array([[ 0.5, -2. ]])
    """
    with np.errstate(invalid="ignore"):  # zero times infinity is NaN
        return weights * activations


def edge_opacities(values: FloatArray, *, strongest: float = 1.0, power: float = 1.0) -> FloatArray:
    """Return opacities that grow with the magnitude of each edge's value.

    A hundred thousand crossing lines must not merge into a slab: the more edges come near the
    largest magnitude, the more the strongest are set apart, and the fainter all of them are.

    Parameters
    ----------
    values
        Weights, contributions or gradients of the edges, of any shape.
    strongest
        Opacity of the largest magnitude where edges are few, in [0, 1].
    power
        Least exponent of each value's share of the largest magnitude, above 0; 1 is proportional,
        and the further above 1 it is, the more the strongest edges stand out.

    Returns
    -------
    FloatArray
        In [0, 1], in the shape of ``values``; zero where a value is not finite.
    """
    magnitudes = np.nan_to_num(np.abs(values), nan=0.0, posinf=0.0, neginf=0.0)
    largest = magnitudes.max(initial=0.0)
    if largest == 0:
        return np.zeros_like(magnitudes)
    share = magnitudes / largest
    share **= _power_that_tells_apart(share, power)
    # Few edges carry most of the sum, or all of them do: what a pixel sees is the sum.
    crowding = max(1.0, float(share.sum()) / _COMFORTABLE_SUM)
    return strongest * share / crowding**0.5


def _power_that_tells_apart(share: FloatArray, least: float) -> float:
    """Return the least exponent at which the shares add up to no more than a picture can hold."""

    def excess(power: float) -> float:
        return float((share**power).sum()) - _MOST_SUM

    if excess(least) <= 0:
        return least
    if excess(_MOST_POWER) >= 0:
        return _MOST_POWER
    return float(brentq(excess, least, _MOST_POWER, xtol=_POWER_TOLERANCE))
