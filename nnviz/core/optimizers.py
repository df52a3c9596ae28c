"""Rules that turn a gradient into a step of descent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.names import find_named


class Optimizer(Protocol):
    """Changes parameters in place, one gradient at a time."""

    def step(self, parameters: FloatArray, gradient: FloatArray, learning_rate: float) -> None:
        """Take one step against ``gradient``; both arrays ``(n_parameters,)``."""
        ...


class GradientDescent:
    """theta <- theta - eta g: gradient descent, or SGD where g is of a mini-batch."""

    def step(self, parameters: FloatArray, gradient: FloatArray, learning_rate: float) -> None:
        """Take one step."""
        parameters -= learning_rate * gradient


class Momentum:
    """v <- beta v + g, theta <- theta - eta v.

    Parameters
    ----------
    beta
        Share of the velocity kept from step to step, in [0, 1).

    Source
    ------
    Polyak, *Some methods of speeding up the convergence of iteration methods* (1964).
    """

    def __init__(self, beta: float = 0.9) -> None:
        self.beta = beta
        self._velocity: FloatArray | None = None

    def step(self, parameters: FloatArray, gradient: FloatArray, learning_rate: float) -> None:
        """Take one step."""
        if self._velocity is None:
            self._velocity = np.zeros_like(parameters)
        self._velocity *= self.beta
        self._velocity += gradient
        parameters -= learning_rate * self._velocity


class Adam:
    """Steps of about the learning rate along each parameter, whatever the gradient's scale.

    Parameters
    ----------
    beta1, beta2
        Decay of the running means of the gradient and of its square, in [0, 1).
    epsilon
        Keeps the division finite.

    Source
    ------
    Kingma and Ba, *Adam: a method for stochastic optimization* (2015), algorithm 1.
    """

    def __init__(self, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8) -> None:
        self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon
        self._mean: FloatArray | None = None
        self._square: FloatArray | None = None
        self._n_steps = 0

    def step(self, parameters: FloatArray, gradient: FloatArray, learning_rate: float) -> None:
        """Take one step."""
        if self._mean is None or self._square is None:
            self._mean, self._square = np.zeros_like(parameters), np.zeros_like(parameters)
        self._n_steps += 1
        self._mean += (1 - self.beta1) * (gradient - self._mean)
        self._square += (1 - self.beta2) * (gradient * gradient - self._square)
        mean = self._mean / (1 - self.beta1**self._n_steps)
        square = self._square / (1 - self.beta2**self._n_steps)
        parameters -= learning_rate * mean / (np.sqrt(square) + self.epsilon)


OPTIMIZERS: dict[str, Callable[[], Optimizer]] = {
    "gradient_descent": GradientDescent,
    "sgd": GradientDescent,
    "momentum": Momentum,
    "adam": Adam,
}


def create_optimizer(name: str) -> Optimizer:
    """Make the optimizer called ``name``, at rest.

    Raises
    ------
    UnknownNameError
        If there is none of that name.
    """
    return find_named("optimizer", name, OPTIMIZERS)()
