"""Predictions: from the outputs of a network to classes."""

from __future__ import annotations

import numpy as np

from nnviz.core.arrays import FloatArray, IntArray

#: Stands in place of a class where there is no prediction.
NO_CLASS = -1

# Targets are 0 and 1: a single output above their middle is nearer to 1.
_MIDDLE = 0.5


def predict_classes(output: FloatArray) -> IntArray:
    """Return the class that is predicted for each example.

    Parameters
    ----------
    output
        Activations of the last layer, ``(n, n_outputs)``. With one output for each class the
        largest decides, the first of equal ones. A single output for two classes means class 1
        above one half, else class 0.

    Returns
    -------
    IntArray
        Predicted classes, ``(n,)``; ``NO_CLASS`` (-1) where an output is NaN, as a network
        that gives no number predicts nothing.

    Examples
    --------
    >>> predict_classes(np.array([[0.1, 0.9], [0.5, 0.5], [np.nan, 1.0]]))
    array([ 1,  0, -1])
    >>> predict_classes(np.array([[0.7], [0.2]]))
    array([1, 0])
    """
    if output.shape[1] == 1:
        classes = (output[:, 0] > _MIDDLE).astype(np.int64)
    else:
        classes = output.argmax(axis=1)
    return np.where(np.isnan(output).any(axis=1), NO_CLASS, classes)
