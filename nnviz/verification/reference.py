"""A network and its training once more: plain NumPy that shares no code with ``nnviz.core``.

Every formula is written as it stands in a book and takes its time. Arrays may be of any
precision, or :class:`nnviz.verification.rounding.Bounded`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.verification.rounding import Array, Bounded

#: An array, or one that knows of its errors: what can be added and multiplied alike.
Numbers = Any


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Weights ``(n_L, n_{L-1})``, biases ``(n_L,)`` and the activation function's name."""

    weights: Array
    biases: Array
    activation: str


def layers_of(vector: Array, sizes: Sequence[int], hidden: str, output: str) -> list[Layer]:
    """Cut a vector of all parameters into layers, which are views of it.

    Parameters
    ----------
    vector
        Layer after layer, the weights row by row and then the biases, ``(n_parameters,)``.
    sizes
        Neurons of each layer, input first.
    hidden, output
        Names of the activation functions.
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
    """Return the desired outputs: 1 for the class and 0 for the others, or 0 and 1 of a single."""
    if n_outputs == 1:
        return np.asarray(labels, np.float64)[:, None]
    return np.eye(n_outputs)[labels]


# -- the passes -----------------------------------------------------------------------------


def forward(layers: Sequence[Layer], x: Numbers) -> tuple[list[Numbers], list[Numbers]]:
    """Return z and a of every layer for inputs ``(n, n_0)``; the first a are the inputs."""
    z, a = [], [x]
    for layer in layers:
        z.append(a[-1] @ layer.weights.T + layer.biases)
        a.append(_APPLY[layer.activation](z[-1]))
    return z, a


def gradient(layers: Sequence[Layer], x: Numbers, y: Array, cost: str) -> list[Numbers]:
    """Return the gradient of a batch's average cost: for each layer dC/dW, then dC/db.

    Parameters
    ----------
    layers
        The network.
    x, y
        Inputs ``(n, n_0)`` and targets ``(n, n_L)``.
    cost
        ``squared_error`` or ``cross_entropy``.
    """
    _, a = forward(layers, x)
    share = 1 / len(x)
    if cost == "cross_entropy":
        delta = (a[-1] - y) * share
    else:
        delta = _pull_back(layers[-1].activation, (a[-1] - y) * 2 * share, a[-1])
    found: list[Numbers] = []
    for place in range(len(layers) - 1, -1, -1):
        found = [delta.T @ a[place], delta.sum(axis=0), *found]
        if place:
            back = delta @ layers[place].weights
            delta = _pull_back(layers[place - 1].activation, back, a[place])
    return found


def example_costs(cost: str, z: Numbers, a: Numbers, y: Array) -> Numbers:
    """Return the cost of each example, ``(n, 1)``, from the last layer's z and a."""
    if cost == "cross_entropy":
        return _log_sum_exp(z) - (z * y).sum(axis=1, keepdims=True)
    difference = a - y
    return (difference * difference).sum(axis=1, keepdims=True)


def predicted(output: Array) -> NDArray[np.int64]:
    """Return the class of each row of outputs; -1 where one of them is not a number."""
    is_single = output.shape[1] == 1
    found = (output[:, 0] > 0.5).astype(np.int64) if is_single else output.argmax(axis=1)
    found[np.isnan(output).any(axis=1)] = -1
    return found


# -- activation functions -------------------------------------------------------------------


def _sigmoid(z: Array) -> Array:
    risen = np.exp(-np.abs(z))  # at most 1, whatever the sign
    return np.where(z < 0, risen, 1) / (1 + risen)


def _relu(z: Array) -> Array:
    return np.where(z < 0, 0.0, z)


def _apply(function: Callable[[Array], Array], own_error: float) -> Callable[[Numbers], Numbers]:
    def applied(z: Numbers) -> Numbers:
        return z.monotone(function, own_error) if isinstance(z, Bounded) else function(z)

    return applied


def _softmax(z: Numbers) -> Numbers:
    if not isinstance(z, Bounded):
        risen = np.exp(z - z.max(axis=1, keepdims=True))
        return risen / risen.sum(axis=1, keepdims=True)
    value = _softmax(z.value)
    error = value * np.expm1(2 * _unsure(z)) + z.precision.unit * 4 * value
    return Bounded(value, error, z.precision)


def _log_sum_exp(z: Numbers) -> Numbers:
    if not isinstance(z, Bounded):
        largest = z.max(axis=1, keepdims=True)
        return largest + np.log(np.exp(z - largest).sum(axis=1, keepdims=True))
    value = _log_sum_exp(z.value)
    rounding = z.precision.unit * (4 + np.abs(value) + np.abs(z.value).max(axis=1, keepdims=True))
    return Bounded(value, _unsure(z) + rounding, z.precision)


def _unsure(z: Bounded) -> Array:
    """Return how far a row's differences from its largest may be off, ``(n, 1)``."""
    below = z.value.max(axis=1, keepdims=True) - z.value
    # What lies far below the largest does not count, however unsure it is.
    counts = below < 100 + z.error
    error = z.error + z.precision.unit * below
    return np.asarray(error.max(axis=1, keepdims=True, where=counts, initial=0))


# Errors of their own: a sigmoid or tanh near 0 is the difference of numbers near 1.
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


# -- the training ---------------------------------------------------------------------------


def batches(n: int, batch_size: int, seed: int) -> Iterator[NDArray[np.integer]]:
    """Yield which examples each step learns from, without end.

    Parameters
    ----------
    n
        Number of examples.
    batch_size
        Of a step; all examples are taken in their own order.
    seed
        Of the orders of the epochs.
    """
    rng = np.random.default_rng(seed)
    while True:
        order = np.arange(n) if batch_size >= n else rng.permutation(n)
        for start in range(0, n, batch_size):
            yield order[start : start + batch_size]


def learning_rate(first: float, decay: str, progress: float) -> float:
    """Return the rate at a share of the training that is over, in [0, 1]."""
    return first * (0.5 + 0.5 * np.cos(np.pi * progress)) if decay == "cosine" else first


def initial_parameters(sizes: Sequence[int], initializer: str, seed: int) -> Array:
    """Return the vector of parameters that a training starts from."""
    rng = np.random.default_rng(seed)
    drawn = []
    for n_in, n_out in pairwise(sizes):
        weights = rng.standard_normal((n_out, n_in))
        if initializer == "normal":
            drawn += [weights.ravel(), rng.standard_normal(n_out)]
        else:
            variance = (2 if initializer == "he" else 1) / n_in
            drawn += [weights.ravel() * np.sqrt(variance), np.zeros(n_out)]
    return np.concatenate(drawn)


def drawn_examples(n: int, size: int, seed: int | None) -> NDArray[np.integer]:
    """Return which of ``n`` examples are in a sample, ascending.

    Parameters
    ----------
    n
        Examples there are.
    size
        Most examples of a sample.
    seed
        They are drawn with; without one they are evenly spread.
    """
    if seed is None:
        return np.unique(np.linspace(0, n - 1, min(n, size)).round().astype(np.int64))
    return np.sort(np.random.default_rng(seed).choice(n, min(n, size), replace=False))


def first_examples(labels: NDArray[np.integer], n_classes: int, n: int) -> NDArray[np.integer]:
    """Return the first ``n`` examples of every class: the first of each, the second of each ..."""
    ranks = np.zeros(len(labels), np.int64)
    for label in range(n_classes):
        ranks[labels == label] = np.arange((labels == label).sum())
    order = np.lexsort((labels, ranks))
    return order[ranks[order] < n]


class Optimizer:
    """Turns gradients into steps, with what it remembers of those before.

    Parameters
    ----------
    name
        ``gradient_descent``, ``sgd``, ``momentum`` or ``adam``.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._n = 0
        self._mean: Array | float = 0.0
        self._square: Array | float = 0.0

    def step(self, gradient: Array, rate: float) -> Array:
        """Return what is added to the parameters."""
        self._n += 1
        if self._name == "momentum":
            self._mean = velocity = 0.9 * self._mean + gradient
            return -rate * velocity
        if self._name == "adam":
            self._mean = 0.9 * self._mean + 0.1 * gradient
            self._square = 0.999 * self._square + 0.001 * gradient**2
            mean, square = (
                part / (1 - decay**self._n)
                for part, decay in ((self._mean, 0.9), (self._square, 0.999))
            )
            return -rate * mean / (np.sqrt(square) + 1e-8)
        return -rate * gradient
