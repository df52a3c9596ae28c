"""Cost functions, exactly as they are shown on screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnviz.core.activations import SOFTMAX, Activation
from nnviz.core.arrays import FloatArray
from nnviz.errors import SettingError
from nnviz.names import find_named


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost function of single examples; a set's cost is the average over its examples.

    Parameters
    ----------
    name
        Name of the function in recordings and at the command line.
    per_example
        ``per_example(z, a, y)`` returns the cost of each example, ``(n,)``, from the output
        layer's pre-activations ``z``, activations ``a`` and targets ``y``, all
        ``(n, n_L)``.
    write_output_delta
        ``write_output_delta(a, y, activation, out)`` writes dC/dz of each example at the
        output layer into ``out``, ``(n, n_L)``; ``activation`` is that of the output layer.
    """

    name: str
    per_example: Callable[[FloatArray, FloatArray, FloatArray], FloatArray]
    write_output_delta: Callable[[FloatArray, FloatArray, Activation, FloatArray], None]

    def check_output(self, activation: str, n_outputs: int) -> None:
        """Check that this cost can follow an output layer.

        Parameters
        ----------
        activation
            Name of the output layer's activation function.
        n_outputs
            Number of neurons in the output layer.

        Raises
        ------
        SettingError
            If it cannot: cross-entropy needs a softmax of two outputs or more.
        """
        if self is not CROSS_ENTROPY:
            return
        if activation != SOFTMAX.name:
            message = (
                f"cost {self.name!r} must follow a 'softmax' output layer; got {activation!r}. "
                "Use output='softmax', or cost='squared_error'."
            )
            raise SettingError(message)
        if n_outputs < 2:  # a softmax of one output is always 1
            message = (
                f"cost {self.name!r} must follow two outputs or more; got {n_outputs}. "
                "Use one output a class, or cost='squared_error'."
            )
            raise SettingError(message)


def _squared_error(_z: FloatArray, a: FloatArray, y: FloatArray) -> FloatArray:
    difference = a - y
    return np.einsum("ij,ij->i", difference, difference)


def _write_squared_error_delta(
    a: FloatArray, y: FloatArray, activation: Activation, out: FloatArray
) -> None:
    np.subtract(a, y, out=out)
    out *= 2
    activation.pull_back(out, a)


def _cross_entropy(z: FloatArray, _a: FloatArray, y: FloatArray) -> FloatArray:
    # -log softmax(z)_y from z itself: the softmax may underflow to zero, this cannot.
    largest = z.max(axis=1)
    log_total = largest + np.log(np.exp(z - largest[:, None]).sum(axis=1))
    return log_total - np.einsum("ij,ij->i", z, y)


def _write_cross_entropy_delta(
    a: FloatArray, y: FloatArray, _activation: Activation, out: FloatArray
) -> None:
    np.subtract(a, y, out=out)


#: Sum over the outputs of (a - y)^2, with no factor of one half.
SQUARED_ERROR = Cost("squared_error", _squared_error, _write_squared_error_delta)
#: Minus the logarithm of the probability that a softmax output gives to the right class.
CROSS_ENTROPY = Cost("cross_entropy", _cross_entropy, _write_cross_entropy_delta)

#: Every cost function by its name.
COSTS = {cost.name: cost for cost in (SQUARED_ERROR, CROSS_ENTROPY)}


def get_cost(name: str) -> Cost:
    """Return the cost function called ``name``.

    Raises
    ------
    UnknownNameError
        If no cost function has that name.
    """
    return find_named("cost", name, COSTS)
