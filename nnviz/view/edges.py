"""How strongly each edge shows."""

from __future__ import annotations

import numpy as np

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
    return weights * activations


def edge_opacities(values: FloatArray, *, strongest: float = 1.0, power: float = 1.0) -> FloatArray:
    """Return opacities that grow with the magnitude of each edge's value.

    The more edges there are, the fainter each one: a hundred thousand crossing lines must
    stay a texture and not a slab, while the strongest still shows.

    Parameters
    ----------
    values
        Any shape: weights, contributions or gradients.
    strongest
        Opacity of the largest magnitude among few edges, in [0, 1].
    power
        Of the share of the largest magnitude; above 1 leaves only the strongest.

    Returns
    -------
    FloatArray
        As ``values``, in [0, 1]; zero where a value is not finite.
    """
    magnitudes = np.nan_to_num(np.abs(values), nan=0.0, posinf=0.0, neginf=0.0)
    largest = magnitudes.max(initial=0.0)
    if largest == 0:
        return np.zeros_like(magnitudes)
    share = (magnitudes / largest) ** power
    # Few edges carry most of the sum, or all of them do: what a pixel sees is the sum.
    crowding = max(1.0, float(share.sum()) / _COMFORTABLE_SUM)
    return strongest * share / crowding**0.5


# Edges of full strength that can cross a column of a picture and still be told apart.
_COMFORTABLE_SUM = 40.0
