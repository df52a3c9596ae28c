"""Evaluation of a network on a set of examples."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.costs import SQUARED_ERROR
from nnviz.core.evaluation import evaluate
from nnviz.core.examples import Examples
from nnviz.core.network import Network
from nnviz.errors import ShapeError

SIZES = (6, 5, 3)


def some_examples(n: int, *, n_inputs: int = 6, n_classes: int = 3) -> Examples:
    inputs = np.random.default_rng(0).random((n, n_inputs)).astype(np.float32)
    return Examples(inputs, np.arange(n) % n_classes, n_classes)


@pytest.mark.parametrize("n", [1, 3, 2047, 2048, 2049, 5000])
def test_evaluation_is_the_average_over_all_examples(n):
    network, examples = Network.create(SIZES, seed=0), some_examples(n)
    found = evaluate(network, examples, SQUARED_ERROR)
    costs = network.costs(examples.inputs, examples.targets)
    assert found.cost == pytest.approx(costs.mean(dtype=np.float64), rel=1e-6)
    assert found.accuracy == np.mean(network.predict(examples.inputs) == examples.labels)


@pytest.mark.parametrize("choices", [{"n_inputs": 7}, {"n_classes": 4}])
def test_evaluation_of_examples_that_do_not_fit_is_refused(choices):
    with pytest.raises(ShapeError):
        evaluate(Network.create(SIZES, seed=0), some_examples(8, **choices), SQUARED_ERROR)


@pytest.mark.parametrize(("value", "expected"), [(np.nan, np.nan), (np.inf, np.inf)])
def test_cost_and_deviation_of_a_diverged_network_are_no_numbers(value, expected):
    network = Network.create(SIZES, seed=0, output="identity")
    network.biases(2)[:] = value
    found = evaluate(network, some_examples(4), SQUARED_ERROR)
    np.testing.assert_equal((found.cost, found.cost_deviation), (expected, expected))


def test_deviation_is_that_of_single_costs():
    network, examples = Network.create(SIZES, seed=0), some_examples(50)
    costs = network.costs(examples.inputs, examples.targets)
    found = evaluate(network, examples, SQUARED_ERROR)
    assert found.cost_deviation == pytest.approx(costs.std(), rel=1e-4)
