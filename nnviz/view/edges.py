"""How strongly each edge shows."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from nnviz.core.arrays import FloatArray


def contributions(weights: FloatArray, activations: FloatArray) -> FloatArray:
    """Return what each neuron gives to each neuron of the next layer, w a.

    Parameters
    ----------
    weights
        ``(n_L, n_{L-1})``.
    activations
        Of layer L-1 for one example, ``(n_{L-1},)``.

    Returns
    -------
    FloatArray
        ``(n_L, n_{L-1})``; its rows sum to z - b.

    Examples
    --------
    >>> contributions(np.array([[1.0, -2.0]]), np.array([0.5, 1.0]))
    array([[ 0.5, -2. ]])
    """
    with np.errstate(invalid="ignore"):  # nothing times infinity: none
        return weights * activations


def edge_opacities(values: FloatArray, *, strongest: float = 1.0, power: float = 1.0) -> FloatArray:
    """Return opacities that grow with the magnitude of each edge's value.

    A hundred thousand crossing lines must not merge into a slab: the more edges are near the
    strongest, the more the strongest are set apart, and the fainter they all are.

    Parameters
    ----------
    values
        Any shape: weights, contributions or gradients.
    strongest
        Opacity of the largest magnitude among few edges, in [0, 1].
    power
        Of the share of the largest magnitude, at least; above 1 leaves only the strongest.

    Returns
    -------
    FloatArray
        As ``values``, in [0, 1]; zero where a value is not finite.
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
    def excess(power: float) -> float:
        return float((share**power).sum()) - _MOST_SUM

    if excess(least) <= 0:
        return least
    if excess(_MOST_POWER) >= 0:
        return _MOST_POWER
    return float(brentq(excess, least, _MOST_POWER, xtol=1e-3))


# Edges of full strength that can cross a column of a picture and still be told apart.
_COMFORTABLE_SUM = 60.0
# And those whose crowd is still a picture when they are all fainter.
_MOST_SUM, _MOST_POWER = 400.0, 8.0
