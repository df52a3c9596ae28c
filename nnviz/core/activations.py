"""Activation functions, and their derivatives in backpropagation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.names import find_named

# As an array of its own type: NumPy takes as long to convert a Python number as for a small batch.
_HALVES = {np.dtype(t): np.full((), 0.5, t) for t in (np.float32, np.float64)}


@dataclass(frozen=True, slots=True)
class Activation:
    """One activation function and its derivative, written to work in place.

    Parameters
    ----------
    name
        Name of the function in recordings and at the command line.
    apply
        ``apply(z, out)`` writes the activations a = act(z) into ``out``; both ``(n, n_L)``.
    pull_back
        ``pull_back(delta, a)`` turns ``delta`` from dC/da into dC/dz in place; both
        ``(n, n_L)``. Every derivative here is a function of the activations ``a`` alone.

    Examples
    --------
    >>> a = np.empty((1, 2))
    >>> SIGMOID.apply(np.array([[0.0, 100.0]]), a)
    >>> a
    array([[0.5, 1. ]])
    """

    name: str
    apply: Callable[[FloatArray, FloatArray], None]
    pull_back: Callable[[FloatArray, FloatArray], None]


def _apply_sigmoid(z: FloatArray, out: FloatArray) -> None:
    # 1/(1 + e^-z) = 1/2 + tanh(z/2)/2: cannot overflow, and NumPy's tanh is vectorised.
    half = _HALVES[z.dtype]
    np.multiply(z, half, out)
    np.tanh(out, out)
    np.multiply(out, half, out)
    np.add(out, half, out)


def _pull_back_sigmoid(delta: FloatArray, a: FloatArray) -> None:
    delta *= a - a * a


def _apply_tanh(z: FloatArray, out: FloatArray) -> None:
    np.tanh(z, out=out)


def _pull_back_tanh(delta: FloatArray, a: FloatArray) -> None:
    delta *= 1 - a * a


def _apply_relu(z: FloatArray, out: FloatArray) -> None:
    np.maximum(z, 0, out=out)


def _pull_back_relu(delta: FloatArray, a: FloatArray) -> None:
    delta *= a > 0


def _apply_identity(z: FloatArray, out: FloatArray) -> None:
    out[...] = z


def _pull_back_identity(delta: FloatArray, a: FloatArray) -> None:
    """Leave dC/da as it is: da/dz = 1."""


def _apply_softmax(z: FloatArray, out: FloatArray) -> None:
    np.subtract(z, z.max(axis=1, keepdims=True), out=out)
    np.exp(out, out=out)
    out /= out.sum(axis=1, keepdims=True)


def _pull_back_softmax(delta: FloatArray, a: FloatArray) -> None:
    delta -= (delta * a).sum(axis=1, keepdims=True)
    delta *= a


SIGMOID = Activation("sigmoid", _apply_sigmoid, _pull_back_sigmoid)
TANH = Activation("tanh", _apply_tanh, _pull_back_tanh)
RELU = Activation("relu", _apply_relu, _pull_back_relu)
IDENTITY = Activation("identity", _apply_identity, _pull_back_identity)
SOFTMAX = Activation("softmax", _apply_softmax, _pull_back_softmax)

#: Every activation function by its name.
ACTIVATIONS = {a.name: a for a in (SIGMOID, TANH, RELU, IDENTITY, SOFTMAX)}


def get_activation(name: str) -> Activation:
    """Return the activation function called ``name``.

    Raises
    ------
    UnknownNameError
        If no activation function has that name.
    """
    return find_named("activation", name, ACTIVATIONS)
