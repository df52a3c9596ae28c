"""How the learning rate changes over a training."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nnviz.names import find_named

# Learning rates at which 784-16-16-10 learned digits well, found by trial: the gradient of a
# squared error through two saturating layers is small, and everything else wants smaller steps.
_SIGMOID_RATE, _OTHER_RATE, _ADAM_RATE = 1.0, 0.2, 0.003

#: Returns the factor of the learning rate from the share of the training that is over, in [0, 1].
Decay = Callable[[float], float]


def constant(_progress: float) -> float:
    """Return 1: the learning rate stays as it is from start to end."""
    return 1.0


def cosine(progress: float) -> float:
    """Return a factor that falls from 1 to 0 along half a cosine.

    Parameters
    ----------
    progress
        Share of the training that is over, in [0, 1].

    Source
    ------
    Loshchilov and Hutter, *SGDR* (2017), eq. 5, without restarts.

    Examples
    --------
    >>> [round(cosine(p), 3) for p in (0.0, 0.5, 1.0)]
    [1.0, 0.5, 0.0]
    """
    return float(0.5 * (1 + np.cos(np.pi * progress)))


#: Every decay by its name.
DECAYS: dict[str, Decay] = {"constant": constant, "cosine": cosine}


def get_decay(name: str) -> Decay:
    """Return the decay called ``name``.

    Raises
    ------
    UnknownNameError
        If no decay has that name.
    """
    return find_named("learning-rate decay", name, DECAYS)


def default_learning_rate(optimizer: str, activation: str, cost: str) -> float:
    """Return a learning rate at which a small network learns digits well.

    It was found by trial on a network of 784-16-16-10.

    Parameters
    ----------
    optimizer, activation, cost
        Names of the optimizer, the hidden layers' activation function and the cost function.

    Examples
    --------
    >>> default_learning_rate("sgd", "sigmoid", "squared_error")
    1.0
    """
    if optimizer == "adam":
        return _ADAM_RATE
    rate = _SIGMOID_RATE if activation == "sigmoid" else _OTHER_RATE
    if cost.replace("-", "_") == "cross_entropy":
        rate /= 2
    return rate / 10 if optimizer == "momentum" else rate
