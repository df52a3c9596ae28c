"""How a network's weights and biases start: drawn at random, layer by layer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.names import find_named

#: Draws one layer's weights and biases from its numbers of inputs and neurons and a generator.
Initializer = Callable[[int, int, np.random.Generator], tuple[FloatArray, FloatArray]]


def normal(n_in: int, n_out: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Draw weights and biases from N(0, 1), as in the video series.

    Parameters
    ----------
    n_in, n_out
        Number of neurons in the layer before and in this one.
    rng
        Where the random numbers come from.

    Returns
    -------
    tuple
        Weights ``(n_out, n_in)`` and biases ``(n_out,)``, unitless.
    """
    return rng.standard_normal((n_out, n_in)), rng.standard_normal(n_out)


def scaled(n_in: int, n_out: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Draw weights from N(0, 1/n_in), so that z starts at the inputs' own scale; biases are 0.

    Parameters and results are those of :func:`normal`.

    Source
    ------
    LeCun, Bottou, Orr, Mueller, *Efficient BackProp* (1998), section 4.6.
    """
    return rng.standard_normal((n_out, n_in)) / np.sqrt(n_in), np.zeros(n_out)


def he(n_in: int, n_out: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Draw weights from N(0, 2/n_in), as half of a ReLU layer is silent; biases are 0.

    Parameters and results are those of :func:`normal`.

    Source
    ------
    He, Zhang, Ren, Sun, *Delving Deep into Rectifiers* (2015), eq. 10.
    """
    weights, biases = scaled(n_in, n_out, rng)
    return np.sqrt(2) * weights, biases


#: Every initializer by its name.
INITIALIZERS: dict[str, Initializer] = {"normal": normal, "scaled": scaled, "he": he}


def default_initializer(activation: str) -> str:
    """Return the name of the initializer that suits an activation function of that name."""
    return "he" if activation == "relu" else "scaled"


def draw_parameters(initializer: str, sizes: Sequence[int], *, seed: int) -> FloatArray:
    """Draw all parameters of a network.

    Parameters
    ----------
    initializer
        Name of the distribution to draw from.
    sizes
        Number of neurons in each layer, input first.
    seed
        Seed of the random numbers; the same seed gives the same parameters.

    Returns
    -------
    FloatArray
        The parameter vector, ``(n_parameters,)``, float64: layer after layer, a layer's weights
        row by row and then its biases.

    Raises
    ------
    UnknownNameError
        If there is no initializer of that name.
    """
    initialize = get_initializer(initializer)
    rng = np.random.default_rng(seed)
    blocks = []
    for n_in, n_out in pairwise(sizes):
        weights, biases = initialize(n_in, n_out, rng)
        blocks += [weights.ravel(), biases]
    return np.concatenate(blocks)


def get_initializer(name: str) -> Initializer:
    """Return the initializer called ``name``.

    Raises
    ------
    UnknownNameError
        If no initializer has that name.
    """
    return find_named("initializer", name, INITIALIZERS)
