"""Inputs and targets, checked against the sizes of the network that takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.core.architecture import format_sizes
from nnviz.core.arrays import FloatArray
from nnviz.errors import ShapeError


def check_inputs(x: FloatArray, sizes: Sequence[int], dtype: np.dtype[Any]) -> FloatArray:
    """Return inputs ``(n, n_0)``, contiguous and in the network's precision.

    Raises
    ------
    ShapeError
        If they have not one column for each input of the network.
    """
    return _check_rows("inputs", x, sizes[0], sizes, dtype)


def check_pair(
    x: FloatArray, y: FloatArray, sizes: Sequence[int], dtype: np.dtype[Any]
) -> tuple[FloatArray, FloatArray]:
    """Return inputs ``(n, n_0)`` and targets ``(n, n_L)`` in the network's precision.

    Raises
    ------
    ShapeError
        If one does not fit the network, there are none, or they are not as many.
    """
    x = check_inputs(x, sizes, dtype)
    y = _check_rows("targets", y, sizes[-1], sizes, dtype)
    if len(x) == 0:
        message = "inputs must hold at least one example; got none."
        raise ShapeError(message)
    if len(x) != len(y):
        message = f"inputs and targets must be as many; got {len(x)} and {len(y)}."
        raise ShapeError(message)
    return x, y


def _check_rows(
    subject: str, rows: NDArray[Any], n_columns: int, sizes: Sequence[int], dtype: np.dtype[Any]
) -> FloatArray:
    if rows.ndim != 2 or rows.shape[1] != n_columns:
        message = (
            f"{subject} of {format_sizes(sizes)} must have shape (n, {n_columns}), "
            f"one example a row; got {rows.shape}."
        )
        raise ShapeError(message)
    return np.ascontiguousarray(rows, dtype)
