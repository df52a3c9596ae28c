"""The second network agrees with the first, and with finite differences."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

from nnviz.core.costs import COSTS
from nnviz.core.examples import Examples
from nnviz.core.network import Network
from nnviz.verification import reference_network as reference

FOLDER = Path(reference.__file__).parent
KINDS = [
    ("sigmoid", "sigmoid", "squared_error"),
    ("tanh", "softmax", "cross_entropy"),
    ("relu", "softmax", "squared_error"),
    ("identity", "tanh", "squared_error"),
    ("sigmoid", "relu", "squared_error"),
]


def test_reference_shares_no_code_with_what_it_is_held_against():
    for path in FOLDER.glob("*.py"):
        names = [
            node.module if isinstance(node, ast.ImportFrom) else alias.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom | ast.Import)
            for alias in node.names
        ]
        parts = {name.split(".")[1] for name in names if str(name).startswith("nnviz.")}
        assert not parts & {"core", "analysis", "view"}, path


def one(kind, *, n_outputs=3, dtype=np.float64, n=7):
    hidden, output, cost = kind
    sizes = (6, 5, 4, n_outputs)
    network = Network.create(
        sizes, seed=3, activation=hidden, output=output, initializer="normal", dtype=dtype
    )
    rng = np.random.default_rng(1)
    n_classes = max(n_outputs, 2)
    labels = rng.integers(0, n_classes, n)
    examples = Examples(rng.random((n, 6)).astype(dtype), labels, n_classes, n_outputs)
    layers = reference.layers_of(network.parameters, sizes, hidden, output)
    return network, layers, examples, COSTS[cost]


@pytest.mark.parametrize("kind", KINDS, ids="-".join)
def test_activations_costs_and_gradients_agree(kind):
    network, layers, examples, cost = one(kind)
    z, a = reference.forward(layers, examples.inputs)
    forward = network.forward(examples.inputs)
    for mine, theirs in zip(
        [*z, *a], [*forward.pre_activations[1:], *forward.activations], strict=True
    ):
        np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=1e-14)
    y = reference.targets_of(examples.labels, 3)
    costs = reference.example_costs(cost.name, z[-1], a[-1], y)
    np.testing.assert_allclose(costs[:, 0], network.costs(examples.inputs, y, cost), rtol=1e-12)
    parts = reference.gradient(layers, examples.inputs, y, cost.name)
    found = np.concatenate([part.ravel() for part in parts])
    np.testing.assert_allclose(found, network.gradient(examples.inputs, y, cost), atol=1e-13)


@pytest.mark.parametrize("kind", KINDS, ids="-".join)
def test_gradient_is_that_of_finite_differences(kind):
    network, _, examples, cost = one(kind)
    y = reference.targets_of(examples.labels, 3)

    def value(parameters):
        layers = reference.layers_of(parameters, network.sizes, kind[0], kind[1])
        z, a = reference.forward(layers, examples.inputs)
        return reference.example_costs(cost.name, z[-1], a[-1], y).mean()

    start = network.parameters
    layers = reference.layers_of(start, network.sizes, kind[0], kind[1])
    parts = reference.gradient(layers, examples.inputs, y, cost.name)
    found = np.concatenate([part.ravel() for part in parts])
    for index in range(0, len(start), 5):
        aside = np.zeros_like(start)
        aside[index] = 1e-6
        slope = (value(start + aside) - value(start - aside)) / 2e-6
        assert found[index] == pytest.approx(slope, abs=1e-7)


def test_targets_and_predictions_of_a_single_output():
    assert reference.targets_of(np.array([0, 1]), 1).tolist() == [[0], [1]]
    assert reference.predicted_classes(np.array([[0.2], [0.9], [np.nan]])).tolist() == [0, 1, -1]
    assert reference.predicted_classes(np.array([[0.2, 0.9], [np.nan, 0]])).tolist() == [1, -1]
