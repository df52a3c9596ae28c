"""Labelled inputs, in the form the network takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.core.arrays import FloatArray, IntArray
from nnviz.errors import DataError, ShapeError


@dataclass(frozen=True)
class Examples:
    """Inputs, and the class of each.

    Parameters
    ----------
    inputs
        ``(n, n_0)``, one example a row; pixel intensity in [0, 1].
    labels
        ``(n,)``, integers in [0, n_classes).
    n_classes
        Number of classes.

    Raises
    ------
    ShapeError
        If inputs are not rows, or not as many as labels.
    DataError
        If a label is not a class.

    Examples
    --------
    >>> pair = Examples(np.zeros((2, 784)), np.array([3, 8]), n_classes=10)
    >>> len(pair), pair.targets.shape
    (2, (2, 10))
    """

    inputs: FloatArray
    labels: IntArray
    n_classes: int

    def __post_init__(self) -> None:
        if self.inputs.ndim != 2 or self.labels.shape != self.inputs.shape[:1]:
            message = (
                "inputs must be rows (n, n_0) and labels (n,); "
                f"got {self.inputs.shape} and {self.labels.shape}."
            )
            raise ShapeError(message)
        if self.labels.size and not 0 <= self.labels.min() <= self.labels.max() < self.n_classes:
            message = (
                f"labels of {self.n_classes} classes must lie in 0 to {self.n_classes - 1}; "
                f"got {self.labels.min()} to {self.labels.max()}."
            )
            raise DataError(message)

    @cached_property
    def targets(self) -> FloatArray:
        """Desired outputs, ``(n, n_classes)``: 1 for the example's class, 0 for the others."""
        return np.eye(self.n_classes, dtype=self.inputs.dtype)[self.labels]

    def __len__(self) -> int:
        return len(self.labels)
