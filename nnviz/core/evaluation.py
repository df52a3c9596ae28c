"""How well a network does on a set of examples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.backpropagation import Backpropagation
from nnviz.core.costs import Cost
from nnviz.core.examples import Examples, fits_outputs
from nnviz.core.network import Network
from nnviz.core.predictions import predict_classes
from nnviz.errors import ShapeError

# Examples that are propagated at once: so many that the calls of NumPy hardly count, so few that
# their activations take little memory.
_BLOCK_EXAMPLES = 2048


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well a network does on a set of examples.

    Parameters
    ----------
    cost
        Average cost of an example; NaN or infinite where that of a single one is.
    cost_deviation
        Standard deviation of the examples' costs: how far a single one is from the average.
        NaN or infinite where the average is.
    accuracy
        Share of examples whose class is predicted, in [0, 1]; an example without a prediction
        is not right.
    """

    cost: float
    cost_deviation: float
    accuracy: float


def evaluate(network: Network, examples: Examples, cost: Cost) -> Evaluation:
    """Measure a network on a set of examples.

    Parameters
    ----------
    network
        The network to measure; it stays as it is.
    examples
        The examples; they are converted to the network's precision.
    cost
        The cost of one example.

    Raises
    ------
    ShapeError
        If the examples do not fit the network.
    """
    examples = fit_examples("the", examples, network)
    total, squares, correct = 0.0, 0.0, 0
    # That a network has diverged is seen in its cost, not in warnings.
    with np.errstate(over="ignore", invalid="ignore"):
        for start in range(0, len(examples), _BLOCK_EXAMPLES):
            rows = slice(start, start + _BLOCK_EXAMPLES)
            backpropagation = Backpropagation(network.layers, len(examples.labels[rows]))
            output = backpropagation.forward(examples.inputs[rows]).output
            costs = backpropagation.costs(examples.targets[rows], cost).astype(np.float64)
            total += float(costs.sum())
            squares += float(costs @ costs)
            correct += int(np.count_nonzero(predict_classes(output) == examples.labels[rows]))
    n = len(examples)
    average = total / n
    variance = squares / n - average * average if np.isfinite(average) else average
    return Evaluation(average, float(np.sqrt(np.maximum(variance, 0))), correct / n)


def fit_examples(name: str, examples: Examples, network: Network) -> Examples:
    """Return examples in a network's precision and with targets for its outputs.

    Parameters
    ----------
    name
        Which examples these are, for the message: ``training``, ``held-out`` or ``the``.
    examples
        Examples whose inputs and classes must be as many as the network has inputs and outputs;
        two classes may share one output.
    network
        The network that is to take them.

    Raises
    ------
    ShapeError
        If the examples do not fit the network.
    """
    got = (examples.inputs.shape[1], examples.n_classes)
    wanted = (network.sizes[0], network.sizes[-1])
    if got[0] != wanted[0] or not fits_outputs(wanted[1], got[1]):
        message = (
            f"{name} examples must have as many pixels and classes as the network has inputs "
            f"and outputs, {wanted[0]} and {wanted[1]}; got {got[0]} and {got[1]}. "
            f"Give the network {got[0]} inputs and {got[1]} outputs."
        )
        raise ShapeError(message)
    return examples.of(network.parameters.dtype, network.sizes[-1])
