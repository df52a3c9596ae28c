"""The ends of trainings from several starts, and the cost on the lines between them."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from nnviz.analysis.minima import find_minima
from nnviz.core.evaluation import evaluate
from nnviz.errors import SettingError
from nnviz.recording.recording import Recording


@pytest.fixture(scope="module")
def found(zoo):
    return find_minima(zoo("no-hidden-layer"), seeds=(0, 1, 4), epochs=6, n=11)


def test_each_pair_of_ends_is_joined_by_a_line(found):
    assert found.pairs.tolist() == [[0, 1], [0, 2], [1, 2]]
    assert found.lines.shape == (3, 11)
    assert found.shares.tolist() == pytest.approx(np.linspace(0, 1, 11).tolist())
    ends = [training.parameters[-1] for training in found.trainings]
    for (i, j), line, distance in zip(found.pairs, found.lines, found.distances, strict=True):
        assert line[0] == pytest.approx(found.train_costs[i], rel=1e-5)
        assert line[-1] == pytest.approx(found.train_costs[j], rel=1e-5)
        assert distance == pytest.approx(np.linalg.norm(ends[j] - ends[i]))


def test_ends_are_measured_on_what_was_learned_and_held_out(found, zoo):
    recording = zoo("no-hidden-layer")
    blank = recording.network_at(0)
    for k, training in enumerate(found.trainings):
        network = blank.with_parameters(training.parameters[-1])
        train, test = (
            evaluate(network, recording.examples(name), recording.cost)
            for name in ("train", "test")
        )
        assert found.train_costs[k] == train.cost == training.costs[-1]
        assert (found.test_costs[k], found.test_accuracies[k]) == (test.cost, test.accuracy)
    assert (found.n_examples, found.n_held_out) == (200, 100)


def test_seeds_give_different_ends_and_the_same_ones_each_time(found, zoo):
    again = find_minima(zoo("no-hidden-layer"), seeds=(4, 0), epochs=6, n=3)
    assert (found.distances > 0).all()
    np.testing.assert_array_equal(
        again.trainings[0].parameters[-1], found.trainings[2].parameters[-1]
    )


def test_minima_differ_by_their_seed_alone(tiny_recording):
    found, again = (find_minima(tiny_recording, seeds=(0, 4, 7), epochs=3, n=5) for _ in range(2))
    np.testing.assert_array_equal(again.lines, found.lines)
    assert found.seeds == (0, 4, 7)
    # The recorded training's own start is that of its seed.
    np.testing.assert_array_equal(found.trainings[0].parameters[0], tiny_recording.parameters[0])
    assert len({training.parameters[0].tobytes() for training in found.trainings}) == 3


def test_by_default_they_take_as_long_as_the_recorded_training_or_longer(zoo):
    assert find_minima(zoo("no-hidden-layer"), seeds=(0, 1), n=2).trainings[0].epochs[-1] == 60
    assert find_minima(zoo("full-batch"), seeds=(0, 1), n=2).trainings[0].epochs[-1] == 60


def test_sample_that_was_not_drawn_at_random_has_no_standard_error(zoo, tmp_path):
    path = shutil.copytree(zoo("classic").path, tmp_path / "run")
    found = find_minima(Recording.open(path), seeds=(0, 1), epochs=1, n=2)
    assert (found.test_cost_errors > 0).all()
    assert (found.test_accuracy_errors > 0).all()
    manifest = json.loads((path / "manifest.json").read_text())
    manifest["samples"] = {"drawn": "evenly"}
    (path / "manifest.json").write_text(json.dumps(manifest))
    found = find_minima(Recording.open(path), seeds=(0, 1), epochs=1, n=2)
    assert np.isnan([found.test_cost_errors, found.test_accuracy_errors]).all()


@pytest.mark.parametrize("seeds", [(), (1,), (1, 1), (0, 1, 0)])
def test_seeds_must_be_different(seeds, zoo):
    with pytest.raises(SettingError, match="two or more, all different"):
        find_minima(zoo("no-hidden-layer"), seeds=seeds)


def test_no_line_leads_to_what_is_not_a_number(zoo):
    found = find_minima(zoo("nan-at-once"), seeds=(0, 1), epochs=1, n=5)
    assert np.isnan(found.train_costs).all()
    assert np.isnan(found.lines).all()
    assert np.isnan(found.distances).all()
    assert found.test_accuracies.tolist() == [0, 0]
