"""A network's report on a set of examples."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.analysis.evaluation import report
from nnviz.core.costs import COSTS, SQUARED_ERROR
from nnviz.core.examples import Examples
from nnviz.core.network import Network
from nnviz.errors import ShapeError


def some_examples(
    n: int, *, n_inputs: int = 6, n_classes: int = 4, seed: int = 0, dtype=np.float32
) -> Examples:
    rng = np.random.default_rng(seed)
    inputs = rng.random((n, n_inputs)).astype(dtype)
    return Examples(inputs, rng.integers(0, n_classes, n), n_classes)


@given(n=st.integers(1, 60), seed=st.integers(0, 20))
@settings(deadline=None, max_examples=30)
def test_confusion_counts_every_example_once(n, seed):
    examples = some_examples(n, seed=seed)
    network = Network.create((6, 5, 4), seed=seed, initializer="normal")
    found = report(network, examples, SQUARED_ERROR)
    expected = np.zeros((4, 4))
    for truth, answer in zip(examples.labels, network.predict(examples.inputs), strict=True):
        expected[truth, answer] += 1
    np.testing.assert_array_equal(found.confusion, expected)
    assert found.confusion.sum() == found.n == n
    assert found.correct == np.trace(found.confusion)
    assert found.accuracy == found.correct / n
    per_class = np.bincount(examples.labels, minlength=4)
    np.testing.assert_array_equal(found.confusion.sum(axis=1), per_class)


@pytest.mark.parametrize("cost", COSTS.values(), ids=COSTS)
def test_cost_is_the_average(cost):
    examples = some_examples(30, dtype=np.float64)
    network = Network.create((6, 5, 4), seed=0, output="softmax", dtype=np.float64)
    expected = network.costs(examples.inputs, examples.targets, cost).mean()
    assert report(network, examples, cost).cost == pytest.approx(expected)


def test_classes_the_examples_lack_have_rows_of_zeros():
    network = Network.create((6, 4), seed=0)
    examples = Examples(np.zeros((3, 6), np.float32), np.array([1, 1, 1]), 4)
    found = report(network, examples, SQUARED_ERROR)
    assert found.confusion.shape == (4, 4)
    assert found.confusion[[0, 2, 3]].sum() == 0


def test_description_is_of_plain_numbers():
    found = report(Network.create((6, 4), seed=0), some_examples(9), SQUARED_ERROR)
    described = json.loads(json.dumps(found.describe()))
    assert described["n"] == 9
    assert described["accuracy"] == found.accuracy
    assert described["confusion"] == found.confusion.tolist()


def test_recorded_accuracy_is_reported(tiny_recording):
    examples = tiny_recording.test_sample.examples(tiny_recording.n_classes)
    found = report(tiny_recording.network_at(), examples, tiny_recording.cost)
    assert found.accuracy == tiny_recording.test_accuracies[-1]
    assert found.cost == tiny_recording.test_costs[-1]


def test_inputs_that_do_not_fit_are_refused():
    with pytest.raises(ShapeError, match="inputs"):
        report(Network.create((6, 4), seed=0), some_examples(5, n_inputs=7), SQUARED_ERROR)


@pytest.mark.parametrize("n_classes", [1, 3, 9])
def test_classes_that_do_not_fit_are_refused(n_classes):
    with pytest.raises(ShapeError):
        report(
            Network.create((6, 4), seed=0), some_examples(20, n_classes=n_classes), SQUARED_ERROR
        )
