"""A second implementation of the network: plain NumPy that shares no code with ``nnviz.core``.

Every formula is written as it stands in a book, however slow that is. Arrays may be of any
precision, or :class:`nnviz.verification.rounding.Bounded`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.verification.rounding import Array, Bounded

#: An array of any precision or :class:`Bounded`, which are added and multiplied alike.
Numbers = Any


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A layer of the network.

    Parameters
    ----------
    weights
        Weights, shape ``(n_L, n_{L-1})``.
    biases
        Biases, shape ``(n_L,)``.
    activation
        Name of the activation function: ``sigmoid``, ``tanh``, ``relu``, ``identity`` or
        ``softmax``.
    """

    weights: Array
    biases: Array
    activation: str


def layers_of(vector: Array, sizes: Sequence[int], hidden: str, output: str) -> list[Layer]:
    """Cut a vector of all parameters into layers, which are views of it.

    Parameters
    ----------
    vector
        All parameters, shape ``(n_parameters,)``: layer after layer, the weights row by row and
        then the biases.
    sizes
        Number of neurons of each layer, input first.
    hidden, output
        Names of the activation functions of the hidden layers and of the output layer.
    """
    layers, start = [], 0
    for n_in, n_out in pairwise(sizes):
        middle, end = start + n_in * n_out, start + n_in * n_out + n_out
        is_last = end == len(vector)
        weights = vector[start:middle].reshape(n_out, n_in)
        layers.append(Layer(weights, vector[middle:end], output if is_last else hidden))
        start = end
    return layers


def targets_of(labels: NDArray[np.integer], n_outputs: int) -> Array:
    """Return the desired outputs of labelled examples.

    Parameters
    ----------
    labels
        Class of each example, shape ``(n,)``, from 0.
    n_outputs
        Number of output neurons. A single one tells two classes apart.

    Returns
    -------
    Array
        Shape ``(n, n_outputs)``: 1 for the class and 0 for the others; of a single output, the
        label itself.
    """
    if n_outputs == 1:
        return np.asarray(labels, np.float64)[:, None]
    return np.eye(n_outputs)[labels]


# -- forward pass and backpropagation -------------------------------------------------------


def forward(layers: Sequence[Layer], x: Numbers) -> tuple[list[Numbers], list[Numbers]]:
    """Propagate inputs through the network, keeping every intermediate value.

    Parameters
    ----------
    layers
        Layers of the network.
    x
        Inputs, shape ``(n, n_0)``.

    Returns
    -------
    tuple of two lists
        Pre-activations z of layers 1 to L, and activations a of layers 0 to L, the inputs
        first; shape ``(n, n_layer)`` each.
    """
    z, a = [], [x]
    for layer in layers:
        z.append(a[-1] @ layer.weights.T + layer.biases)
        a.append(_APPLY[layer.activation](z[-1]))
    return z, a


def gradient(layers: Sequence[Layer], x: Numbers, y: Array, cost: str) -> list[Numbers]:
    """Return the gradient of a batch's average cost.

    Parameters
    ----------
    layers
        Layers of the network.
    x
        Inputs, shape ``(n, n_0)``.
    y
        Desired outputs, shape ``(n, n_L)``.
    cost
        Name of the cost function: ``squared_error``, or ``cross_entropy`` of a softmax.

    Returns
    -------
    list
        For each layer from the first to the last, dC/dW, shape ``(n_L, n_{L-1})``, and dC/db,
        shape ``(n_L,)``.

    Source
    ------
    Nielsen, *Neural Networks and Deep Learning*, ch. 2, BP1 to BP4.
    """
    _, a = forward(layers, x)
    share = 1 / len(x)
    if cost == "cross_entropy":
        delta = (a[-1] - y) * share
    else:
        delta = _pull_back(layers[-1].activation, (a[-1] - y) * 2 * share, a[-1])
    parts: list[Numbers] = []
    for place in range(len(layers) - 1, -1, -1):
        parts = [delta.T @ a[place], delta.sum(axis=0), *parts]
        if place:
            slope = delta @ layers[place].weights
            delta = _pull_back(layers[place - 1].activation, slope, a[place])
    return parts


def example_costs(cost: str, z: Numbers, a: Numbers, y: Array) -> Numbers:
    """Return the cost of each example.

    Parameters
    ----------
    cost
        Name of the cost function: ``squared_error``, or ``cross_entropy`` of a softmax.
    z, a
        Pre-activations and activations of the last layer, shape ``(n, n_L)``.
    y
        Desired outputs, shape ``(n, n_L)``.

    Returns
    -------
    Array or Bounded
        Costs, shape ``(n, 1)``.
    """
    if cost == "cross_entropy":
        return _log_sum_exp(z) - (z * y).sum(axis=1, keepdims=True)
    difference = a - y
    return (difference * difference).sum(axis=1, keepdims=True)


def predicted_classes(output: Array) -> NDArray[np.int64]:
    """Return the class that is predicted for each example.

    Parameters
    ----------
    output
        Outputs of the network, shape ``(n, n_L)``.

    Returns
    -------
    NDArray
        Place of the largest output, the first of equal ones, or whether a single output is
        above 0.5; -1 where an output is NaN. Shape ``(n,)``.
    """
    is_single = output.shape[1] == 1
    classes = (output[:, 0] > 0.5).astype(np.int64) if is_single else output.argmax(axis=1)
    classes[np.isnan(output).any(axis=1)] = -1
    return classes


# -- activation functions -------------------------------------------------------------------


def _sigmoid(z: Array) -> Array:
    power = np.exp(-np.abs(z))  # at most 1, whatever the sign
    return np.where(z < 0, power, 1) / (1 + power)


def _relu(z: Array) -> Array:
    return np.where(z < 0, 0.0, z)


def _apply(function: Callable[[Array], Array], own_error: float) -> Callable[[Numbers], Numbers]:
    """Return a function that never decreases, for arrays with or without bounds."""

    def applied(z: Numbers) -> Numbers:
        return z.monotone(function, own_error) if isinstance(z, Bounded) else function(z)

    return applied


def _softmax(z: Numbers) -> Numbers:
    if not isinstance(z, Bounded):
        powers = np.exp(z - z.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)
    value = _softmax(z.value)
    error = value * np.expm1(2 * _error_below_largest(z)) + z.precision.unit * 4 * value
    return Bounded(value, error, z.precision)


def _log_sum_exp(z: Numbers) -> Numbers:
    if not isinstance(z, Bounded):
        largest = z.max(axis=1, keepdims=True)
        return largest + np.log(np.exp(z - largest).sum(axis=1, keepdims=True))
    value = _log_sum_exp(z.value)
    rounding = z.precision.unit * (4 + np.abs(value) + np.abs(z.value).max(axis=1, keepdims=True))
    return Bounded(value, _error_below_largest(z) + rounding, z.precision)


def _error_below_largest(z: Bounded) -> Array:
    """Return the largest error of a row's differences from its largest value, ``(n, 1)``."""
    below = z.value.max(axis=1, keepdims=True) - z.value
    # What lies far below the largest does not count, however unsure it is.
    counts = below < 100 + z.error
    error = z.error + z.precision.unit * below
    return np.asarray(error.max(axis=1, keepdims=True, where=counts, initial=0))


# Each with its own error: a sigmoid or tanh near 0 may be the difference of numbers near 1.
_APPLY: dict[str, Callable[[Numbers], Numbers]] = {
    "sigmoid": _apply(_sigmoid, 4),
    "tanh": _apply(np.tanh, 4),
    "relu": _apply(_relu, 0),
    "identity": _apply(lambda z: z, 0),
    "softmax": _softmax,
}


def _pull_back(activation: str, slope: Numbers, a: Numbers) -> Numbers:
    """Return dC/dz from dC/da."""
    if activation == "sigmoid":
        return slope * (a - a * a)
    if activation == "tanh":
        return slope * (1 - a * a)
    if activation == "relu":
        return slope * (a.is_positive() if isinstance(a, Bounded) else a > 0)
    if activation == "softmax":
        return (slope - (slope * a).sum(axis=1, keepdims=True)) * a
    return slope
