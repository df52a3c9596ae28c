"""Examples are checked once, and stay as they are."""

from __future__ import annotations

import re

import numpy as np
import pytest

from nnviz.core.examples import Examples, read_only
from nnviz.errors import DataError, ShapeError

LABELS = np.array([0, 2, 1])


def inputs(n: int = 3, value: float = 0.5) -> np.ndarray:
    return np.full((n, 4), value, np.float32)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_targets_are_one_hot_rows_of_the_inputs_type(dtype):
    examples = Examples(inputs().astype(dtype), LABELS, n_classes=3)
    np.testing.assert_array_equal(examples.targets, np.eye(3)[LABELS])
    assert examples.targets.dtype == dtype


def test_take_returns_the_rows_in_the_order_asked():
    rows = np.linspace(0, 1, 12, dtype=np.float32).reshape(3, 4)
    taken = Examples(rows, LABELS, n_classes=3).take(np.array([2, 0]))
    np.testing.assert_array_equal(taken.inputs, rows[[2, 0]])
    np.testing.assert_array_equal(taken.labels, [1, 0])
    assert (len(taken), taken.n_classes) == (2, 3)


def test_examples_are_contiguous_and_cannot_be_written_to():
    given = np.asfortranarray(inputs())
    examples = Examples(given, LABELS, n_classes=3)
    assert examples.inputs.flags.c_contiguous
    for array in (examples.inputs, examples.labels, examples.targets):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    given[0] = 0  # the caller's own array stays writable


def test_read_only_keeps_values_and_memory():
    array = np.arange(3.0)
    assert np.shares_memory(read_only(array), array)
    assert array.flags.writeable


def test_repr_is_one_short_line():
    assert repr(Examples(inputs(), LABELS, n_classes=3)) == "Examples(n_classes=3, n_outputs=3)"


@pytest.mark.parametrize(
    ("rows", "labels"),
    [
        (inputs()[0], LABELS),
        (inputs()[None], LABELS),
        (inputs(2), LABELS),
        (inputs(), LABELS[:, None]),
    ],
)
def test_examples_must_be_rows_with_a_label_each(rows, labels):
    with pytest.raises(ShapeError, match=r"must be rows \(n, n_0\) and labels \(n,\).*; got"):
        Examples(rows, labels, n_classes=3)


@pytest.mark.parametrize(
    ("rows", "labels", "n_classes", "message"),
    [
        (np.empty((0, 4), np.float32), LABELS[:0], 3, "examples must not be empty; got inputs of"),
        (np.ones((3, 4), np.uint8), LABELS, 3, "must be floating-point numbers in [0, 1]; got"),
        (inputs(value=np.nan), LABELS, 3, "inputs must lie in [0, 1]; got nan to nan"),
        (inputs(value=255), LABELS, 3, "inputs must lie in [0, 1]; got 255 to 255. Rescale"),
        (inputs(value=-0.5), LABELS, 3, "inputs must lie in [0, 1]; got -0.5"),
        (inputs(), LABELS.astype(float), 3, "labels must be integers; got type float64"),
        (inputs(), LABELS, 2, "labels of 2 classes must lie in 0 to 1; got 0 to 2"),
        (inputs(), LABELS - 1, 3, "labels of 3 classes must lie in 0 to 2; got -1 to 1"),
    ],
)
def test_examples_must_be_usable(rows, labels, n_classes, message):
    with pytest.raises(DataError, match=re.escape(message)):
        Examples(rows, labels, n_classes)
