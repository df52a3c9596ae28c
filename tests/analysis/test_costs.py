"""The cost over a plane, against the network put at each of its points."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.analysis import costs
from nnviz.analysis.costs import grid_costs, line_costs, point_costs
from nnviz.analysis.planes import Plane, principal_plane
from nnviz.core.costs import CROSS_ENTROPY, SQUARED_ERROR
from nnviz.core.evaluation import evaluate
from nnviz.core.examples import Examples
from nnviz.core.network import Network

SHAPES = {
    "no hidden layer": (12, 3),
    "one": (12, 5, 3),
    "two": (12, 5, 4, 3),
    "three": (12, 5, 4, 6, 3),
}
X, Y = np.linspace(-2, 3, 5), np.linspace(-1, 1, 3)


def some_examples(n: int = 17, dtype=np.float64) -> Examples:
    rng = np.random.default_rng(0)
    return Examples(rng.random((n, 12)).astype(dtype), rng.integers(0, 3, n), 3)


def some_plane(network: Network, *, seed: int = 0) -> Plane:
    rng = np.random.default_rng(seed)
    path = network.parameters + rng.normal(size=(6, network.n_parameters)).cumsum(axis=0)
    return principal_plane(path)


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-11), (np.float32, 1e-5)])
@pytest.mark.parametrize(
    ("cost", "output"),
    [(SQUARED_ERROR, "sigmoid"), (SQUARED_ERROR, "tanh"), (CROSS_ENTROPY, "softmax")],
    ids=["squared_error-sigmoid", "squared_error-tanh", "cross_entropy"],
)
@pytest.mark.parametrize("activation", ["sigmoid", "relu", "tanh"])
@pytest.mark.parametrize("sizes", SHAPES.values(), ids=SHAPES)
def test_cost_at_each_point_is_the_networks(sizes, activation, cost, output, dtype, rtol):
    network = Network.create(sizes, seed=0, activation=activation, output=output, dtype=dtype)
    examples, plane = some_examples(dtype=dtype), some_plane(network)
    before = network.parameters.copy()
    costs = grid_costs(network, examples, cost, plane, X, Y)
    np.testing.assert_array_equal(network.parameters, before)
    assert costs.shape == (3, 5)
    assert costs.dtype == np.float64
    for i, v in enumerate(Y):
        for j, u in enumerate(X):
            there = Network(sizes, plane.at(np.array([u, v])), activation=activation, output=output)
            expected = there.costs(examples.inputs, examples.targets, cost).mean()
            assert costs[i, j] == pytest.approx(expected, rel=rtol)


def test_network_only_gives_the_architecture():
    network = Network.create((12, 5, 3), seed=0)
    plane, examples = some_plane(network), some_examples(dtype=np.float32)
    other = Network(network.sizes, np.full_like(network.parameters, np.nan))
    np.testing.assert_array_equal(
        grid_costs(other, examples, SQUARED_ERROR, plane, X, Y),
        grid_costs(network, examples, SQUARED_ERROR, plane, X, Y),
    )


def test_far_points_cost_without_warning():
    network = Network.create((12, 5, 3), seed=0, activation="tanh", output="softmax")
    far = np.array([-1e4, 0, 1e4])
    costs = grid_costs(
        network, some_examples(dtype=np.float32), CROSS_ENTROPY, some_plane(network), far, far
    )
    assert np.isfinite(costs).all()


@pytest.mark.parametrize("far", [1e25, 1e60])
@pytest.mark.parametrize("sizes", [(12, 3), (12, 5, 3)])
def test_cost_that_overflows_is_infinite(sizes, far):
    network = Network.create(sizes, seed=0, activation="identity", output="identity")
    plane, ends = some_plane(network), np.array([-far, far])
    examples = some_examples(dtype=np.float32)
    assert (grid_costs(network, examples, SQUARED_ERROR, plane, ends, ends) == np.inf).all()


def test_overflow_in_some_places_leaves_the_others():
    network = Network.create((12, 5, 3), seed=0, activation="relu", output="identity")
    plane, ends = some_plane(network), np.array([0.0, 1e30])
    costs = grid_costs(network, some_examples(dtype=np.float32), SQUARED_ERROR, plane, ends, ends)
    assert np.isfinite(costs[0, 0])
    assert np.isinf(costs[1, 1])


@pytest.mark.parametrize("n", [1, 5, 7])
def test_examples_may_come_in_blocks(n, monkeypatch):
    network, examples = Network.create((12, 5, 3), seed=0, dtype=np.float64), some_examples()
    plane = some_plane(network)
    whole = grid_costs(network, examples, SQUARED_ERROR, plane, X, Y)
    monkeypatch.setattr(costs, "_BLOCK_EXAMPLES", n)
    told = []
    blocks = grid_costs(
        network, examples, SQUARED_ERROR, plane, X, Y, on_progress=lambda *at: told.append(at)
    )
    np.testing.assert_allclose(blocks, whole, rtol=1e-12)
    assert told == sorted(told)
    assert told[-1] == (15, 15)


def test_single_points_cost_what_the_grid_says():
    network, examples = Network.create((12, 5, 4, 3), seed=0), some_examples(dtype=np.float32)
    plane = some_plane(network)
    grid = grid_costs(network, examples, SQUARED_ERROR, plane, X, Y)
    points = np.array([[X[3], Y[1]], [X[0], Y[2]], [X[3], Y[0]]])
    found = point_costs(network, examples, SQUARED_ERROR, plane, points)
    np.testing.assert_allclose(found, [grid[1, 3], grid[2, 0], grid[0, 3]], rtol=1e-6)


def test_cost_along_a_line_begins_and_ends_with_the_networks():
    ends = [Network.create((12, 5, 4, 3), seed=seed) for seed in (0, 1)]
    examples = some_examples(dtype=np.float32)
    at = np.array([0.0, 0.4, 1.0])
    start, end = (network.parameters for network in ends)
    costs = line_costs(ends[0], examples, SQUARED_ERROR, start, end, at)
    assert costs.shape == (3,)
    for found, share in zip(costs, at, strict=True):
        there = Network(ends[0].sizes, start + np.float32(share) * (end - start))
        assert found == pytest.approx(evaluate(there, examples, SQUARED_ERROR).cost, rel=1e-5)


def test_real_network_and_images_are_measured_to_five_digits(tiny_recording):
    """In single precision, against the plain passes of a network in double precision."""
    network = tiny_recording.network_at(-1)
    examples = tiny_recording.train_sample.examples(10)
    plane = principal_plane(np.asarray(tiny_recording.parameters))
    reach = np.linspace(-15, 15, 5)
    costs = grid_costs(network, examples, tiny_recording.cost, plane, reach, reach)
    inputs, targets = examples.inputs.astype(np.float64), examples.targets.astype(np.float64)
    for i, v in enumerate(reach):
        for j, u in enumerate(reach):
            there = Network(network.sizes, plane.at(np.array([u, v])))
            expected = there.costs(inputs, targets, tiny_recording.cost).mean()
            assert costs[i, j] == pytest.approx(expected, rel=1e-5)
