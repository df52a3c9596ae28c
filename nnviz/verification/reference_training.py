"""A second implementation of training: plain NumPy that shares no code with ``nnviz.core``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from nnviz.verification.rounding import Array


def batches(n: int, batch_size: int, seed: int) -> Iterator[NDArray[np.integer]]:
    """Yield the indices of the examples that each step learns from, without end.

    Parameters
    ----------
    n
        Number of examples.
    batch_size
        Number of examples a step learns from; the last batch of an epoch holds what is left. If
        it is ``n`` or more, each batch holds all examples, in their own order.
    seed
        Seed of the random order of examples in each epoch.
    """
    rng = np.random.default_rng(seed)
    while True:
        order = np.arange(n) if batch_size >= n else rng.permutation(n)
        for start in range(0, n, batch_size):
            yield order[start : start + batch_size]


def learning_rate(first: float, decay: str, progress: float) -> float:
    """Return the learning rate of a step.

    Parameters
    ----------
    first
        Learning rate of the first step.
    decay
        How it changes: ``cosine``, to 0 at the end, or ``constant``.
    progress
        Share of the training that is over, in [0, 1].
    """
    return first * (0.5 + 0.5 * np.cos(np.pi * progress)) if decay == "cosine" else first


def initial_parameters(sizes: Sequence[int], initializer: str, seed: int) -> Array:
    """Return the vector of parameters that a training starts from.

    Parameters
    ----------
    sizes
        Number of neurons of each layer, input first.
    initializer
        How parameters are drawn: ``normal`` (all from a standard normal distribution),
        ``scaled`` (weights of variance 1 / n_in, biases 0) or ``he`` (weights of variance
        2 / n_in, biases 0).
    seed
        Seed that they are drawn with.

    Returns
    -------
    Array
        All parameters, shape ``(n_parameters,)``, in double precision.
    """
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
    """Return the indices of the examples in a sample, ascending.

    Parameters
    ----------
    n
        Number of examples to draw from.
    size
        Number of examples to draw; all are taken if there are fewer.
    seed
        Seed that they are drawn with; ``None`` for a sample that is evenly spread instead.
    """
    if seed is None:
        return np.unique(np.linspace(0, n - 1, min(n, size)).round().astype(np.int64))
    return np.sort(np.random.default_rng(seed).choice(n, min(n, size), replace=False))


def first_examples(labels: NDArray[np.integer], n_classes: int, n: int) -> NDArray[np.integer]:
    """Return the indices of the first examples of every class.

    Parameters
    ----------
    labels
        Class of each example, from 0.
    n_classes
        Number of classes.
    n
        Number of examples of each class; fewer if there are fewer.

    Returns
    -------
    NDArray
        The first example of each class in the order of classes, then the second of each, and
        so on.
    """
    ranks = np.zeros(len(labels), np.int64)
    for label in range(n_classes):
        ranks[labels == label] = np.arange((labels == label).sum())
    order = np.lexsort((labels, ranks))
    return order[ranks[order] < n]


class Optimizer:
    """An optimizer with its state, such as velocities and averages of gradients.

    Momentum has the factor 0.9, Adam the decay rates 0.9 and 0.999.

    Parameters
    ----------
    name
        Name of the optimizer: ``gradient_descent``, ``sgd``, ``momentum`` or ``adam``.

    Source
    ------
    Kingma and Ba, *Adam: a method for stochastic optimization* (2015), algorithm 1.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._n = 0
        self._mean: Array | float = 0.0
        self._square: Array | float = 0.0

    def step(self, gradient: Array, rate: float) -> Array:
        """Return the change of the parameters in the next step.

        Parameters
        ----------
        gradient
            Gradient by all parameters, shape ``(n_parameters,)``.
        rate
            Learning rate of the step.

        Returns
        -------
        Array
            What is to be added to the parameters, shape ``(n_parameters,)``.
        """
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
