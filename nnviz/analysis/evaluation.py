"""How well a network predicts the classes of a set of examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnviz.core.arrays import IntArray
from nnviz.core.costs import Cost
from nnviz.core.evaluation import evaluate
from nnviz.core.examples import Examples
from nnviz.core.network import Network
from nnviz.core.predictions import NO_CLASS


@dataclass(frozen=True, slots=True)
class Report:
    """How a network did on a set of examples.

    Parameters
    ----------
    n
        Number of examples.
    correct
        Number of examples whose class was predicted.
    cost
        Average cost of an example; NaN or infinite where it overflows.
    confusion
        Number of examples by class and prediction: ``confusion[truth, prediction]``, shape
        ``(n_classes, n_classes)``.
    unanswered
        Number of examples of each class without a prediction, as the network gives NaN, shape
        ``(n_classes,)``.
    """

    n: int
    correct: int
    cost: float
    confusion: IntArray
    unanswered: IntArray

    @property
    def accuracy(self) -> float:
        """Share of the examples whose class was predicted, in [0, 1]."""
        return self.correct / self.n

    def describe(self) -> dict[str, Any]:
        """Return the report as plain numbers and lists; a cost that is not finite is ``None``."""
        return {
            "n": self.n,
            "correct": self.correct,
            "accuracy": self.accuracy,
            "cost": self.cost if np.isfinite(self.cost) else None,
            "confusion": self.confusion.tolist(),
            "unanswered": self.unanswered.tolist(),
        }


def report(network: Network, examples: Examples, cost: Cost) -> Report:
    """Evaluate a network on examples.

    Parameters
    ----------
    network
        The network to evaluate.
    examples
        Examples with the labels that the predictions are compared with.
    cost
        Cost function that is averaged over the examples.

    Returns
    -------
    Report
        Accuracy, average cost and which classes were taken for which.

    Raises
    ------
    ShapeError
        If the examples do not fit the network.
    """
    measured = evaluate(network, examples, cost)  # also checks that the examples fit
    n_classes = examples.n_classes
    with np.errstate(over="ignore", invalid="ignore"):
        predicted = network.predict(examples.inputs)
    is_none = predicted == NO_CLASS
    confusion = np.zeros((n_classes, n_classes), np.int64)
    np.add.at(confusion, (examples.labels[~is_none], predicted[~is_none]), 1)
    unanswered = np.bincount(examples.labels[is_none], minlength=n_classes)
    return Report(len(examples), int(np.trace(confusion)), measured.cost, confusion, unanswered)
