"""The cost on a line between two trainings' ends, against the networks on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnviz.analysis.functions.cost_slices import cost_slice
from nnviz.analysis.functions.optimizer_runs import run_optimizer, suitable_learning_rate
from nnviz.analysis.training_runs import recorded_settings, restart, retrain
from nnviz.core.evaluation import evaluate
from nnviz.core.network import Network
from nnviz.errors import RecordingError, SettingError
from nnviz.recording.run import train


@pytest.fixture(scope="module")
def function(tiny_recording):
    return cost_slice(tiny_recording)


def test_the_recorded_end_is_at_zero(function, tiny_recording):
    found = float(function.value(np.array([0.0])))
    assert found == pytest.approx(float(tiny_recording.train_costs[-1]), rel=1e-5)


def test_costs_on_the_line_are_the_networks(function, tiny_recording):
    """The line is found again from the other end: the same training with the next seed."""
    examples = tiny_recording.train_sample.examples(10)
    settings = replace(recorded_settings(tiny_recording), seed=1)
    end = retrain(restart(tiny_recording, 1), examples, settings, n_snapshots=1).parameters[-1]
    start = np.asarray(tiny_recording.parameters[-1])
    length = np.linalg.norm(end.astype(float) - start)
    assert function.domain[0] == pytest.approx((-0.2 * length, 1.2 * length))
    for share in (0.13, 0.5, 0.987):
        there = Network(tiny_recording.sizes, (start + share * (end - start)).astype(np.float32))
        expected = evaluate(there, examples, tiny_recording.cost).cost
        assert float(function.value(np.array([share * length]))) == pytest.approx(
            expected, rel=1e-3
        )


def test_slopes_are_those_of_the_costs(function):
    low, high = function.domain[0]
    x = np.random.default_rng(0).uniform(low + 0.1, high - 0.1, (20, 1))
    difference = (function.value(x + 1e-4) - function.value(x - 1e-4)) / 2e-4
    np.testing.assert_allclose(function.gradient(x)[:, 0], difference, atol=1e-5)


def test_descent_on_the_cost_ends_low(function):
    _, high = function.domain[0]
    run = run_optimizer(
        function, [0.6 * high], learning_rate=suitable_learning_rate(function), n_steps=60
    )
    assert run.values[-1] < 0.5 * run.values[0]


def test_beyond_the_line_nothing_is_known(function):
    low, high = function.domain[0]
    beyond = np.array([[low - 1], [high + 1]])
    assert np.isnan(function.value(beyond)).all()
    assert run_optimizer(function, [high - 0.01], learning_rate=-low * 1e6, n_steps=5).has_diverged


def test_training_that_diverges_has_no_line(diverged):
    with pytest.raises(RecordingError, match="must end with finite parameters"):
        cost_slice(diverged)


def test_line_to_itself_is_refused(small_data, tmp_path):
    run = train(small_data, tmp_path / "run", epochs=2, record="every:1")
    with pytest.raises(SettingError, match="must end elsewhere; with seed 0 it is the same"):
        cost_slice(run, seed=0)
