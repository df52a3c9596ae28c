"""The cost over a plane, against the network put at each of its points."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.analysis.landscape import cost_over_plane, descent
from nnviz.analysis.trajectory import Plane, principal_plane
from nnviz.core.costs import CROSS_ENTROPY, SQUARED_ERROR
from nnviz.core.examples import Examples
from nnviz.core.network import Network
from nnviz.core.training import evaluate
from nnviz.errors import RecordingError
from nnviz.recording.run import train

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
    costs = cost_over_plane(network, examples, cost, plane, X, Y)
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
        cost_over_plane(other, examples, SQUARED_ERROR, plane, X, Y),
        cost_over_plane(network, examples, SQUARED_ERROR, plane, X, Y),
    )


def test_far_points_cost_without_warning():
    network = Network.create((12, 5, 3), seed=0, activation="tanh", output="softmax")
    far = np.array([-1e4, 0, 1e4])
    costs = cost_over_plane(
        network, some_examples(dtype=np.float32), CROSS_ENTROPY, some_plane(network), far, far
    )
    assert np.isfinite(costs).all()


@pytest.mark.parametrize("far", [1e25, 1e60])
@pytest.mark.parametrize("sizes", [(12, 3), (12, 5, 3)])
def test_cost_that_overflows_is_infinite(sizes, far):
    network = Network.create(sizes, seed=0, activation="identity", output="identity")
    plane, ends = some_plane(network), np.array([-far, far])
    examples = some_examples(dtype=np.float32)
    assert (cost_over_plane(network, examples, SQUARED_ERROR, plane, ends, ends) == np.inf).all()


# -- a recorded path ------------------------------------------------------------------------


@pytest.mark.parametrize("aspect", [1.0, 0.5, 2.0])
def test_descent_shows_the_whole_path_to_scale(tiny_recording, aspect):
    found = descent(tiny_recording, n=9, aspect=aspect)
    x, y = found.landscape.x, found.landscape.y
    assert (len(x), len(y)) == (9, round(9 * aspect))
    assert found.landscape.costs.shape == (len(y), len(x))
    assert (y[-1] - y[0]) / (x[-1] - x[0]) == pytest.approx(aspect)
    assert x[0] < found.path[:, 0].min() < found.path[:, 0].max() < x[-1]
    assert y[0] < found.path[:, 1].min() < found.path[:, 1].max() < y[-1]
    assert (np.diff(x) > 0).all()
    assert (np.diff(y) > 0).all()


def test_descent_has_the_recorded_steps_and_costs(tiny_recording):
    found = descent(tiny_recording, n=3)
    np.testing.assert_array_equal(found.steps, tiny_recording.steps)
    np.testing.assert_array_equal(found.costs, tiny_recording.train_costs)
    parameters = np.asarray(tiny_recording.parameters, np.float64)
    np.testing.assert_allclose(found.path, found.plane.project(parameters))


def test_descent_measures_on_the_sample_of_training_examples(tiny_recording):
    found = descent(tiny_recording, n=3)
    examples = tiny_recording.train_sample.examples(tiny_recording.n_classes)
    for i, v in enumerate(found.landscape.y):
        for j, u in enumerate(found.landscape.x):
            parameters = found.plane.at(np.array([u, v])).astype(np.float32)
            expected = evaluate(
                Network(tiny_recording.sizes, parameters), examples, tiny_recording.cost
            )
            assert found.landscape.costs[i, j] == pytest.approx(expected.cost, rel=1e-5)


def test_descent_leaves_out_moments_that_diverged(small_data, tmp_path):
    run = train(
        small_data,
        tmp_path / "run",
        activation="identity",
        cost="cross_entropy",
        learning_rate=1e5,
        decay="constant",
        epochs=4,
        batch_size=10,
        record="every:1",
    )
    finite = np.isfinite(run.parameters).all(axis=1)
    assert 3 <= finite.sum() < run.n_rows
    found = descent(run, n=3)
    np.testing.assert_array_equal(found.steps, run.steps[finite])
    assert np.isfinite(found.path).all()
    assert len(found.costs) == len(found.path) == finite.sum()


def test_descent_of_too_short_a_path_is_refused(small_data, tmp_path):
    run = train(small_data, tmp_path / "run", epochs=1, record="epochs")
    with pytest.raises(RecordingError, match=r"at least 3 recorded moments .*got 2"):
        descent(run)
