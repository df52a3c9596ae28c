"""How a network's weights and biases start."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.names import find_named

Initializer = Callable[[int, int, np.random.Generator], tuple[FloatArray, FloatArray]]


def normal(n_in: int, n_out: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Draw weights and biases from N(0, 1): the series' own network.

    Returns
    -------
    tuple
        Weights ``(n_out, n_in)`` and biases ``(n_out,)``, unitless.
    """
    return rng.standard_normal((n_out, n_in)), rng.standard_normal(n_out)


def scaled(n_in: int, n_out: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Draw weights from N(0, 1/n_in), so that z starts at the inputs' own scale; biases 0.

    Source
    ------
    LeCun, Bottou, Orr, Mueller, *Efficient BackProp* (1998), section 4.6.
    """
    return rng.standard_normal((n_out, n_in)) / np.sqrt(n_in), np.zeros(n_out)


def he(n_in: int, n_out: int, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Draw weights from N(0, 2/n_in), as half of a ReLU layer is silent; biases 0.

    Source
    ------
    He, Zhang, Ren, Sun, *Delving Deep into Rectifiers* (2015), eq. 10.
    """
    weights, biases = scaled(n_in, n_out, rng)
    return np.sqrt(2) * weights, biases


INITIALIZERS: dict[str, Initializer] = {"normal": normal, "scaled": scaled, "he": he}


def default_initializer(activation: str) -> str:
    """Return the initializer that suits an activation function."""
    return "he" if activation == "relu" else "scaled"


def get_initializer(name: str) -> Initializer:
    """Return the initializer called ``name``.

    Raises
    ------
    UnknownNameError
        If there is none of that name.
    """
    return find_named("initializer", name, INITIALIZERS)
