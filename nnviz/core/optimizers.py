"""Optimizers: rules that turn a gradient into a step of the parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.names import find_named


class Optimizer(Protocol):
    """A rule that changes parameters in place, one gradient at a time.

    It may remember earlier gradients, so that every training needs an optimizer of its own.
    """

    def step(self, parameters: FloatArray, gradient: FloatArray, learning_rate: float) -> None:
        """Change the parameters by one step against the gradient.

        Parameters
        ----------
        parameters
            All parameters, ``(n_parameters,)``; changed in place.
        gradient
            Gradient of the cost at these parameters, ``(n_parameters,)``.
        learning_rate
            Learning rate of this step, 0 or more.
        """
        ...


class GradientDescent:
    """Gradient descent, theta <- theta - eta g; stochastic where g is that of a mini-batch."""

    def step(self, parameters: FloatArray, gradient: FloatArray, learning_rate: float) -> None:
        """Change the parameters by one step; see :meth:`Optimizer.step`."""
        parameters -= learning_rate * gradient


class Momentum:
    """Gradient descent with momentum, v <- beta v + g, theta <- theta - eta v.

    Parameters
    ----------
    beta
        Share of the velocity v that is kept from step to step, in [0, 1).

    Source
    ------
    Polyak, *Some methods of speeding up the convergence of iteration methods* (1964).
    """

    def __init__(self, beta: float = 0.9) -> None:
        self.beta = beta
        self._velocity: FloatArray | None = None

    def step(self, parameters: FloatArray, gradient: FloatArray, learning_rate: float) -> None:
        """Change the parameters by one step; see :meth:`Optimizer.step`."""
        if self._velocity is None:
            self._velocity = np.zeros_like(parameters)
        self._velocity *= self.beta
        self._velocity += gradient
        parameters -= learning_rate * self._velocity


class Adam:
    """Adam: steps of about the learning rate in each parameter, whatever the gradient's scale.

    Parameters
    ----------
    beta1, beta2
        Share of the running means of the gradient and of its square that is kept from step to
        step, in [0, 1).
    epsilon
        Small number above 0 that keeps the division finite where a gradient is 0.

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
        """Change the parameters by one step; see :meth:`Optimizer.step`."""
        if self._mean is None or self._square is None:
            self._mean, self._square = np.zeros_like(parameters), np.zeros_like(parameters)
        self._n_steps += 1
        self._mean += (1 - self.beta1) * (gradient - self._mean)
        self._square += (1 - self.beta2) * (gradient * gradient - self._square)
        mean = self._mean / (1 - self.beta1**self._n_steps)
        square = self._square / (1 - self.beta2**self._n_steps)
        parameters -= learning_rate * mean / (np.sqrt(square) + self.epsilon)


#: What makes a new optimizer, by the optimizer's name.
OPTIMIZERS: dict[str, Callable[[], Optimizer]] = {
    "gradient_descent": GradientDescent,
    "sgd": GradientDescent,
    "momentum": Momentum,
    "adam": Adam,
}


def create_optimizer(name: str) -> Optimizer:
    """Return a new optimizer of the kind called ``name``, which has seen no gradient yet.

    Raises
    ------
    UnknownNameError
        If no optimizer has that name.
    """
    return find_named("optimizer", name, OPTIMIZERS)()
