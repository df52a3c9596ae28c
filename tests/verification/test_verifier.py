"""Every recording is what its training gives; what was overwritten is found."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from nnviz.core.evaluation import evaluate
from nnviz.core.training import Observer
from nnviz.errors import RecordingError
from nnviz.recording.recording import Recording
from nnviz.recording.run import train
from nnviz.verification.evaluation import (
    evaluate_with_bounds,
    example_blocks,
    layers_at,
    precision_of,
)
from nnviz.verification.verifier import verify
from tests.zoo import ANIMALS, data_of


@pytest.mark.parametrize("animal", ANIMALS)
def test_every_animal_is_what_its_training_gives(animal, zoo):
    recording, told = zoo(animal), []
    found = verify(recording, data_of(animal), on_progress=lambda *at: told.append(at))
    assert [check for check in found.checks if not check.agrees] == []
    assert {check.name for check in found.checks if check.skipped} <= {"start"}
    n_rows = recording.n_rows
    compared = {check.name: check.n_compared + check.n_untold for check in found.checks}
    assert compared["gradients"] == recording.parameters.size
    assert compared["held-out costs"] == compared["batch costs"] == n_rows
    assert compared["epochs"] == 4 * len(recording.epoch_steps)
    last = int(recording.steps[-1])
    assert not last or told[-1] == (last, last)


@pytest.mark.parametrize("animal", ["to-infinity", "nan-at-once", "diverged-and-back"])
def test_little_is_beyond_telling_also_of_what_diverges(animal, zoo):
    checks = verify(zoo(animal), data_of(animal)).checks
    untold = sum(check.n_untold for check in checks if check.name != "parameters")
    assert untold < 0.03 * sum(check.n_compared for check in checks)


@pytest.fixture
def copy(zoo, tmp_path):
    """Return a recording that may be overwritten."""

    def made(animal):
        return shutil.copytree(zoo(animal).path, tmp_path / animal)

    return made


def overwrite(path, name, change):
    array = np.load(path / f"{name}.npy", mmap_mode="r+", allow_pickle=False)
    change(array, len(array) // 2)
    array.flush()


def of_some(n):
    """Return what replaces a hundred entries of a row by the same, moved on by one place."""

    def change(array, row):
        chosen = np.random.default_rng(0).choice(array.shape[1], 100, replace=False)
        array[row, chosen] = array[row, np.roll(chosen, n)]

    return change


def of_one(change):
    """Return what changes a single number."""

    def changed(array, row):
        place = (row, *(n // 2 for n in array.shape[1:]))
        array[place] = change(array[place])

    return changed


CHANGES = {
    "gradients, a hundred": ("gradients", of_some(1), "gradients"),
    "gradients, one to nothing": ("gradients", of_one(lambda _: 0), "gradients"),
    "gradients, a row": ("gradients", lambda a, row: a.__setitem__(row, a[row - 1]), "gradients"),
    "parameters, a hundred": ("parameters", of_some(1), "parameters"),
    "parameters, one": ("parameters", of_one(lambda w: w + 0.01), "parameters"),
    "costs": ("train_costs", of_one(lambda c: 1.002 * c), "training costs"),
    "held-out costs": ("test_costs", of_one(lambda c: 1.002 * c), "held-out costs"),
    "deviations": ("test_cost_deviations", of_one(lambda d: 1.01 * d), "held-out cost deviations"),
    "accuracies": ("test_accuracies", of_one(lambda a: a - 0.01), "held-out accuracies"),
    "batch costs": ("batch_costs", of_one(lambda c: 1.001 * c), "batch costs"),
    "rates": ("learning_rates", of_one(lambda r: r * (1 + 1e-9)), "rates"),
    "batches": ("batch_indices", of_one(lambda i: i + 1), "batches"),
    "activations": ("activations_1", of_one(lambda a: a + 1e-4), "activations"),
    "outputs": ("activations_2", of_one(lambda a: a * 1.001), "activations"),
    "pre-activations": ("pre_activations_2", of_one(lambda z: z + 1e-3), "pre-activations"),
    "epochs": ("epoch_test_accuracies", of_one(lambda a: a - 0.02), "epochs"),
    "costs of epochs": ("epoch_train_costs", of_one(lambda c: 1.002 * c), "epochs"),
    "not a number": ("gradients", of_one(lambda _: np.nan), "gradients"),
    "infinite": ("train_costs", of_one(lambda _: np.inf), "training costs"),
    "images": ("train_sample_images", of_one(lambda p: p ^ 64), "samples"),
    "labels": ("probe_labels", of_one(lambda k: (k + 1) % 10), "samples"),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("animal", ["full-batch", "adam"])
def test_what_was_overwritten_is_found(animal, change, copy):
    path = copy(animal)
    name, how, expected = CHANGES[change]
    overwrite(path, name, how)
    recording = Recording.open(path)
    found = verify(recording, data_of(animal))
    assert not found.agrees
    (check,) = (check for check in found.checks if check.name == expected)
    assert check.n_different >= 1
    if "images" not in change and "labels" not in change and "epochs" not in change:
        assert check.first_step == recording.steps[recording.n_rows // 2]


def test_a_number_in_place_of_none_is_found(copy):
    """A network of NaN once was said to be 10 % right, and no longer passes."""
    path = copy("nan-at-once")
    overwrite(path, "test_accuracies", of_one(lambda _: 0.1))
    overwrite(path, "gradients", of_one(lambda _: 0.5))
    found = verify(Recording.open(path), data_of("nan-at-once"))
    names = {check.name for check in found.checks if not check.agrees}
    assert names == {"held-out accuracies", "gradients"}


def test_start_that_was_not_drawn_as_is_said_is_found(copy):
    path = copy("given")
    manifest = json.loads((path / "manifest.json").read_text())
    manifest["network"] |= {"initializer": "scaled", "seed": 0}
    (path / "manifest.json").write_text(json.dumps(manifest))
    found = verify(Recording.open(path), data_of("given"))
    assert [check.name for check in found.checks if not check.agrees] == ["start"]


def test_without_the_data_the_rest_is_compared(zoo, copy):
    told = []
    found = verify(zoo("tanh"), on_progress=lambda *at: told.append(at))
    assert found.agrees
    assert not found.is_complete
    skipped = {check.name for check in found.checks if check.skipped}
    assert {"gradients", "parameters", "batches"} <= skipped
    assert told[-1][0] == told[-1][1] == zoo("tanh").steps[-1]
    path = copy("tanh")
    overwrite(path, "activations_2", of_one(lambda a: a + 0.001))
    assert not verify(Recording.open(path)).agrees


def test_other_data_are_refused(zoo):
    data = replace(data_of("tanh"), train=data_of("tanh").test)
    with pytest.raises(RecordingError, match=r"must be what .* was trained on"):
        verify(zoo("tanh"), data)


def test_other_settings_agree_too(small_data, tmp_path):
    run = train(
        small_data, tmp_path / "run", layers=(64, 6, 10), activation="tanh", optimizer="momentum",
        batch_size=7, epochs=3, initializer="normal", record="log:5", seed=9,
    )  # fmt: skip
    found = verify(run, small_data)
    assert found.agrees
    assert found.is_complete


@pytest.mark.parametrize(
    "settings",
    [
        {"activation": "relu", "cost": "cross_entropy", "learning_rate": 1.0, "decay": "constant"},
        {"activation": "tanh", "learning_rate": 2.0},
        {"optimizer": "adam"},
        {"optimizer": "momentum"},
    ],
)
def test_epochs_between_recorded_moments_are_compared_or_not_told_of(settings, tmp_path):
    data = data_of("tanh")
    run = train(data, tmp_path / "run", layers=(64, 10, 8, 10), batch_size=10, epochs=30,
                record="log:3", **settings)  # fmt: skip
    found = verify(run, data)
    assert found.agrees
    (epochs,) = (check for check in found.checks if check.name == "epochs")
    assert epochs.n_compared + epochs.n_untold == 4 * 31
    assert epochs.n_compared >= (8 if "cost" in settings else 4 * 31)
    overwrite(run.path, "epoch_test_costs", lambda costs, _: costs.__setitem__(1, costs[1] * 1.1))
    assert not verify(Recording.open(run.path), data).agrees


class Cut(Observer):
    """Ends a training as a cut cable does."""

    def on_step(self, training):
        if training.step == 350:
            raise KeyboardInterrupt


def test_epochs_after_the_last_moment_are_compared_too(tmp_path):
    data, path = data_of("tanh"), tmp_path / "run"
    with pytest.raises(KeyboardInterrupt):
        train(data, path, layers=(64, 8, 10), record="log:6", batch_size=10, epochs=20,
              observers=[Cut()])  # fmt: skip
    recording = Recording.open(path)
    assert recording.steps[-1] == 89
    assert recording.epoch_steps[-1] == 340
    found = verify(recording, data)
    assert found.agrees
    (epochs,) = (check for check in found.checks if check.name == "epochs")
    assert epochs.n_compared == 4 * 18
    overwrite(path, "epoch_test_costs", lambda costs, _: costs.__setitem__(-1, costs[-1] * 1.1))
    assert not verify(Recording.open(path), data).agrees


def test_examples_that_are_the_same_err_alike(zoo):
    """Rounding averages out over many examples, but not over copies of one."""
    recording = zoo("tanh")
    layers, images = layers_at(recording, recording.parameters[-1]), data_of("tanh").train

    def error(rows):
        examples = example_blocks(images.take(np.array(rows)), precision_of(recording))
        return evaluate_with_bounds(recording, layers, examples).cost_error

    assert error([0] * 2000) == pytest.approx(error([0]))
    assert error([0] * 1000 + [1] * 1000) == pytest.approx(error([0, 1]))
    assert error(range(200)) < 0.8 * np.mean([error([row]) for row in range(200)])


def of_manifest(part, key, value):
    """Return what changes an entry of the manifest."""

    def change(path):
        file = path / "manifest.json"
        manifest = json.loads(file.read_text())
        manifest[part][key] = value
        file.write_text(json.dumps(manifest))

    return change


def set_rows(name, rows, value):
    def change(path):
        overwrite(path, name, lambda array, _: array.__setitem__(rows, value))

    return change


def choose_what_is_right(path):
    """Take as sample what the network reads rightly, and measure on that."""
    recording, data = Recording.open(path), data_of("classic").test
    outputs = recording.network_at(-1).forward(data.examples(10).inputs).activations[-1]
    right = np.flatnonzero(outputs.argmax(axis=1) == data.labels)
    rows = np.sort(np.resize(right, len(recording.test_sample)))
    np.save(path / "test_sample_indices.npy", rows)
    np.save(path / "test_sample_images.npy", data.images[rows])
    np.save(path / "test_sample_labels.npy", data.labels[rows])
    changed = Recording.open(path)
    for row, step in enumerate(changed.steps.tolist()):
        found = evaluate(changed.network_at(step), changed.examples("test"), changed.cost)
        for name, value in (("costs", found.cost), ("cost_deviations", found.cost_deviation),
                            ("accuracies", found.accuracy)):  # fmt: skip
            set_rows(f"test_{name}", row, value)(path)


@pytest.mark.parametrize(
    ("animal", "change", "expected"),
    [
        ("adam", set_rows("epoch_steps", 7, 141), "steps"),
        ("adam", set_rows("epoch_steps", -1, 399), "steps"),
        ("adam", set_rows("steps", -1, 399), "steps"),
        ("adam", of_manifest("training", "steps_per_epoch", 7), "steps"),
        ("adam", of_manifest("training", "n_steps", 500), "steps"),
        ("adam", of_manifest("data", "n_test", 1_000_000), "samples"),
        ("classic", of_manifest("samples", "seed", 77), "samples"),
        ("classic", choose_what_is_right, "samples"),
    ],
)
def test_steps_and_samples_that_are_not_those_of_the_training_are_found(
    animal, change, expected, copy
):
    path = copy(animal)
    change(path)
    found = verify(Recording.open(path), data_of(animal))
    assert [check.name for check in found.checks if not check.agrees] == [expected]
    left_out = {check.name for check in found.checks if check.skipped}
    assert left_out == ({"gradients", "parameters", "epochs", "batches", "batch costs", "rates"}
                        if expected == "steps" else set())  # fmt: skip
