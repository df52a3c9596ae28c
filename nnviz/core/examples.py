"""Labelled inputs in the form that a network takes and learns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from nnviz.core.arrays import FloatArray, IntArray
from nnviz.errors import DataError, ShapeError


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Inputs of a network and the class of each; all arrays are read-only.

    Parameters
    ----------
    inputs
        Inputs, ``(n, n_0)``, one example a row; pixel intensity in [0, 1].
    labels
        Class of each example, ``(n,)``, integers in [0, n_classes).
    n_classes
        Number of classes.
    n_outputs
        Number of outputs of the network that is to learn the examples. 0 means one for each
        class; two classes may share a single one.

    Attributes
    ----------
    targets
        Desired outputs, ``(n, n_outputs)``: 1 for the example's class and 0 for the others. A
        single output is the class itself, 0 or 1.

    Raises
    ------
    ShapeError
        If inputs are not rows, are not as many as labels, or outputs and classes do not fit.
    DataError
        If there are no examples, an input lies outside [0, 1], or a label is not a class.

    Examples
    --------
    >>> pair = Examples(np.zeros((2, 784), np.float32), np.array([3, 8]), n_classes=10)
    >>> len(pair), pair.targets.shape
    (2, (2, 10))
    """

    inputs: FloatArray = field(repr=False)
    labels: IntArray = field(repr=False)
    n_classes: int
    n_outputs: int = 0
    targets: FloatArray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        _check_shapes(self.inputs, self.labels)
        _check_inputs(self.inputs)
        _check_labels(self.labels, self.n_classes)
        _check_outputs(self.n_outputs or self.n_classes, self.n_classes)
        # A frozen dataclass is filled in this way.
        object.__setattr__(self, "n_outputs", self.n_outputs or self.n_classes)
        if self.n_outputs == 1:
            targets = self.labels[:, None].astype(self.inputs.dtype)
        else:
            targets = np.zeros((len(self.labels), self.n_outputs), self.inputs.dtype)
            targets[np.arange(len(self.labels)), self.labels] = 1
        object.__setattr__(self, "inputs", read_only(self.inputs))
        object.__setattr__(self, "labels", read_only(self.labels.astype(np.int64, copy=False)))
        object.__setattr__(self, "targets", read_only(targets))

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, indices: IntArray) -> Examples:
        """Return the examples at some indices, ``(m,)``."""
        return Examples(self.inputs[indices], self.labels[indices], self.n_classes, self.n_outputs)

    def of(self, dtype: DTypeLike, n_outputs: int) -> Examples:
        """Return the same examples in another precision and for another number of outputs.

        Parameters
        ----------
        dtype
            Type of inputs and targets: ``float32`` or ``float64``.
        n_outputs
            Number of outputs of the network that is to learn the examples.
        """
        if self.inputs.dtype == dtype and self.n_outputs == n_outputs:
            return self
        return Examples(
            self.inputs.astype(dtype, copy=False), self.labels, self.n_classes, n_outputs
        )


def fits_outputs(n_outputs: int, n_classes: int) -> bool:
    """Tell whether outputs can stand for classes: one for each, or a single one for two.

    Examples
    --------
    >>> fits_outputs(10, 10), fits_outputs(1, 2), fits_outputs(1, 3)
    (True, True, False)
    """
    return n_outputs == n_classes or (n_outputs == 1 and n_classes == 2)


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """Return a contiguous view that cannot be written to; the array itself stays as it is.

    Examples
    --------
    >>> read_only(np.zeros(3)).flags.writeable
    False
    """
    view = np.ascontiguousarray(array).view()
    view.setflags(write=False)
    return view


def _check_shapes(inputs: NDArray[Any], labels: NDArray[Any]) -> None:
    if inputs.ndim != 2 or labels.shape != inputs.shape[:1]:
        message = (
            "inputs must be rows (n, n_0) and labels (n,), as many as there are rows; "
            f"got {inputs.shape} and {labels.shape}."
        )
        raise ShapeError(message)
    if inputs.size == 0:
        message = f"examples must not be empty; got inputs of shape {inputs.shape}."
        raise DataError(message)


def _check_inputs(inputs: NDArray[Any]) -> None:
    if inputs.dtype.kind != "f":
        message = f"inputs must be floating-point numbers in [0, 1]; got type {inputs.dtype}."
        raise DataError(message)
    low, high = inputs.min(), inputs.max()
    if not 0 <= low <= high <= 1:  # false also for NaN
        message = f"inputs must lie in [0, 1]; got {low:g} to {high:g}. Rescale them."
        raise DataError(message)


def _check_outputs(n_outputs: int, n_classes: int) -> None:
    if not fits_outputs(n_outputs, n_classes):
        message = (
            "outputs must be as many as classes, or a single one for two classes; "
            f"got {n_outputs} and {n_classes}."
        )
        raise ShapeError(message)


def _check_labels(labels: NDArray[Any], n_classes: int) -> None:
    if labels.dtype.kind not in "iu":
        message = f"labels must be integers; got type {labels.dtype}."
        raise DataError(message)
    low, high = labels.min(), labels.max()
    if not 0 <= low <= high < n_classes:
        message = (
            f"labels of {n_classes} classes must lie in 0 to {n_classes - 1}; got {low} to {high}."
        )
        raise DataError(message)
