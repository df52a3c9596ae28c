"""A recorded network trained anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnviz.analysis.training_runs import recorded_settings, restart, retrain
from nnviz.core.evaluation import evaluate
from nnviz.core.network import Network
from nnviz.core.settings import TrainingSettings
from nnviz.errors import RecordingError
from tests.zoo import ANIMALS, data_of

GIVEN = {"dead-layer", "to-infinity", "given", "given-and-trained"}


@pytest.mark.parametrize("animal", ANIMALS)
def test_start_is_the_recorded_one_for_its_seed_and_another_for_others(animal, zoo):
    recording = zoo(animal)
    if animal in GIVEN:
        with pytest.raises(RecordingError, match=r"another start needs an initializer.*were given"):
            restart(recording, 0)
        return
    same = restart(recording, recording.manifest["network"]["seed"])
    np.testing.assert_array_equal(same.parameters, recording.parameters[0])
    assert same.describe() == recording.network_at(0).describe()
    assert not np.array_equal(restart(recording, 99).parameters, recording.parameters[0])


@pytest.mark.parametrize("animal", ["tanh", "adam", "momentum", "full-batch", "one-output"])
def test_training_on_all_examples_anew_is_the_recorded_one(animal, zoo):
    """The samples of these are all that they were trained on."""
    recording = zoo(animal)
    examples = recording.examples("train")
    assert len(examples) == len(data_of(animal).train)
    settings = recorded_settings(recording)
    assert settings.describe().items() <= recording.manifest["training"].items()
    found = retrain(recording.network_at(0), examples, settings, n_snapshots=7)
    np.testing.assert_array_equal(found.parameters[-1], recording.parameters[-1])
    assert found.steps[-1] == recording.n_steps
    assert found.costs[-1] == recording.train_costs[-1]


def test_moments_are_evenly_spaced_in_the_work_done(zoo):
    recording = zoo("tanh")
    network, examples = recording.network_at(0), recording.examples("train")
    settings = TrainingSettings(batch_size=20, epochs=3, learning_rate=0.1)
    found = retrain(network, examples, settings, n_snapshots=6)
    assert found.steps.tolist() == [0, 5, 10, 15, 20, 25, 30]
    np.testing.assert_allclose(found.epochs, [0, 0.5, 1, 1.5, 2, 2.5, 3])
    for parameters, cost in zip(found.parameters, found.costs, strict=True):
        moment = network.with_parameters(parameters)
        assert evaluate(moment, examples, recording.cost).cost == cost
    # The network itself is left as it was.
    np.testing.assert_array_equal(network.parameters, recording.parameters[0])
    np.testing.assert_array_equal(found.parameters[0], recording.parameters[0])


def test_more_moments_than_steps_are_all_steps(zoo):
    recording = zoo("tanh")
    settings = replace(recorded_settings(recording), epochs=1, batch_size=100)
    found = retrain(recording.network_at(0), recording.examples("train"), settings)
    assert found.steps.tolist() == [0, 1, 2]


def test_retraining_leaves_the_network_as_it_is(tiny_recording):
    network = tiny_recording.network_at(0)
    before = network.parameters.copy()
    examples = tiny_recording.train_sample.examples(10)
    found = retrain(network, examples, TrainingSettings(epochs=2), n_snapshots=7)
    np.testing.assert_array_equal(network.parameters, before)
    np.testing.assert_array_equal(found.parameters[0], before)
    assert len(found.steps) == len(found.costs) == len(found.parameters) == 8
    end = Network(network.sizes, found.parameters[-1])
    assert found.costs[-1] == pytest.approx(evaluate(end, examples, tiny_recording.cost).cost)


def test_settings_are_those_recorded(tiny_recording):
    settings = recorded_settings(tiny_recording)
    assert settings.batch_size == 8
    assert settings.epochs == 8
    assert settings.learning_rate == 3.0
