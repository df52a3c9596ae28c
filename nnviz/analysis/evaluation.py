"""How well a network reads a set of images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnviz.core.arrays import IntArray
from nnviz.core.costs import Cost
from nnviz.core.examples import Examples
from nnviz.core.network import Network
from nnviz.core.training import evaluate


@dataclass(frozen=True, slots=True)
class Report:
    """What a network made of a set of examples.

    Parameters
    ----------
    n, correct
        Examples, and how many were answered rightly.
    cost
        Average.
    confusion
        ``confusion[truth, answer]`` examples, ``(n_classes, n_classes)``.
    """

    n: int
    correct: int
    cost: float
    confusion: IntArray

    @property
    def accuracy(self) -> float:
        """Share answered rightly, in [0, 1]."""
        return self.correct / self.n

    def describe(self) -> dict[str, Any]:
        """Return the report as plain numbers and lists."""
        return {
            "n": self.n,
            "correct": self.correct,
            "accuracy": self.accuracy,
            "cost": self.cost,
            "confusion": self.confusion.tolist(),
        }


def report(network: Network, examples: Examples, cost: Cost) -> Report:
    """Evaluate a network on examples.

    Raises
    ------
    ShapeError
        If the examples do not fit the network.
    """
    measured = evaluate(network, examples, cost)  # also checks that the examples fit
    n_classes = network.sizes[-1]
    answered = network.predict(examples.inputs)
    confusion = np.zeros((n_classes, n_classes), np.int64)
    np.add.at(confusion, (examples.labels, answered), 1)
    return Report(len(examples), int(np.trace(confusion)), measured.cost, confusion)
