"""What is written down, against a training that was watched independently."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import nnviz.recording.recorder as recorder_module
from nnviz.core.evaluation import evaluate
from nnviz.core.network import Network
from nnviz.core.settings import TrainingSettings
from nnviz.core.training import Observer, Training
from nnviz.errors import NnvizError, RecordingError
from nnviz.recording.folder import check_free
from nnviz.recording.recorder import Recorder
from nnviz.recording.recording import Recording
from nnviz.recording.run import train
from nnviz.recording.samples import probe_indices
from nnviz.recording.schedule import Every
from nnviz.recording.store import GrowingArray
from nnviz.version import __version__

# 60 examples in batches of 8: the last of an epoch holds 4.
CHOICES = {"epochs": 3, "batch_size": 8}
N_STEPS = 24


class Diary(Observer):
    """Keeps copies of what a training uses at each step."""

    def __init__(self) -> None:
        self.parameters: list[np.ndarray] = []
        self.gradients: list[np.ndarray] = []
        self.indices: list[np.ndarray] = []
        self.rates: list[float] = []
        self.batch_costs: list[float] = []

    def on_step(self, training):
        self.parameters.append(training.network.parameters.copy())
        self.gradients.append(training.gradient.copy())
        self.indices.append(training.batch.indices.copy())
        self.rates.append(training.learning_rate)
        self.batch_costs.append(training.batch_cost())


class Stop(Observer):
    """Stops a training at a step, or breaks it."""

    def __init__(self, at: int, error: type[BaseException] | None = None) -> None:
        self.at, self.error = at, error

    def on_step(self, training):
        if training.step == self.at:
            if self.error:
                raise self.error
            training.stop()


@pytest.fixture(scope="module")
def diary(small_data) -> Diary:
    """Watch the training without recording it."""
    n = small_data.n_classes
    network = Network.create((64, 16, 16, 10), seed=5)
    choices = TrainingSettings(seed=5, **CHOICES)
    training = Training(network, small_data.train.examples(n), None, choices)
    watched = Diary()
    training.run([watched])
    return watched


@pytest.fixture(scope="module")
def whole(small_data, tmp_path_factory) -> Recording:
    """Record every step of the same training."""
    path = tmp_path_factory.mktemp("runs") / "whole"
    return train(small_data, path, seed=5, record="every:1", **CHOICES)


@pytest.fixture
def opened(monkeypatch) -> Iterator[list[GrowingArray]]:
    """Remember the files that are opened, and close those that are left."""
    arrays: list[GrowingArray] = []

    class Remembered(GrowingArray):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            arrays.append(self)

    monkeypatch.setattr(recorder_module, "GrowingArray", Remembered)
    yield arrays
    for array in arrays:
        array.close()


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def neighbours(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


# -- contents -----------------------------------------------------------------------------


def test_every_recorded_row_is_the_training_to_the_bit(whole, diary):
    assert whole.steps.tolist() == list(range(N_STEPS + 1))
    np.testing.assert_array_equal(whole.parameters, diary.parameters)
    np.testing.assert_array_equal(whole.gradients, diary.gradients)
    np.testing.assert_array_equal(whole.learning_rates, diary.rates)
    np.testing.assert_array_equal(whole.batch_costs, diary.batch_costs)
    for step, indices in enumerate(diary.indices):
        np.testing.assert_array_equal(whole.batch_indices(step), indices)


@pytest.mark.parametrize("record", ["every:7", "log:5", "epochs", "log:4,epochs"])
def test_schedule_chooses_rows_and_changes_none(small_data, whole, tmp_path, record):
    chosen = train(small_data, tmp_path / "run", seed=5, record=record, **CHOICES)
    assert 0 < chosen.n_rows < whole.n_rows
    for name in ("parameters", "gradients", "train_costs", "test_accuracies", "batch_costs"):
        np.testing.assert_array_equal(getattr(chosen, name), getattr(whole, name)[chosen.steps])
    np.testing.assert_array_equal(chosen.activations(2, -1), whole.activations(2, -1))
    np.testing.assert_array_equal(
        chosen.epoch_curve("test", "costs"), whole.epoch_curve("test", "costs")
    )


def test_each_row_leads_to_the_next(whole):
    for step in range(N_STEPS):
        move = float(whole.learning_rates[step]) * whole.gradients[step]
        np.testing.assert_array_equal(whole.parameters[step + 1], whole.parameters[step] - move)


def test_recorded_gradient_is_that_of_the_recorded_batch(whole, small_data):
    examples = small_data.train.examples(10)
    for step in (0, 7, N_STEPS):
        batch = examples.take(whole.batch_indices(step))
        network = whole.network_at(step)
        found = network.gradient(batch.inputs, batch.targets)
        np.testing.assert_array_equal(found, whole.gradients[step])
    assert len(whole.batch_indices(0)) == 8
    assert len(whole.batch_indices(7)) == 4


def test_recorded_measures_are_given_back_exactly(whole):
    train_sample = whole.train_sample.examples(whole.n_classes)
    test_sample = whole.test_sample.examples(whole.n_classes)
    inputs = whole.probes.examples(whole.n_classes).inputs
    for row, step in enumerate(whole.steps.tolist()):
        network = whole.network_at(step)
        on_train = evaluate(network, train_sample, whole.cost)
        on_test = evaluate(network, test_sample, whole.cost)
        assert on_train.cost == whole.train_costs[row]
        assert on_train.accuracy == whole.train_accuracies[row]
        assert on_test.cost == whole.test_costs[row]
        assert on_test.accuracy == whole.test_accuracies[row]
        assert on_train.cost_deviation == whole.cost_deviations("train")[row]
        assert on_test.cost_deviation == whole.cost_deviations("test")[row]
        passed = network.forward(inputs)
        for layer in (1, 2, 3):
            np.testing.assert_array_equal(passed.activations[layer], whole.activations(layer, step))
            np.testing.assert_array_equal(
                passed.pre_activations[layer], whole.pre_activations(layer, step)
            )


def test_epochs_are_measured_on_all_examples(whole, small_data):
    assert whole.epoch_steps.tolist() == [0, 8, 16, 24]
    for name, images in (("train", small_data.train), ("test", small_data.test)):
        for epoch, step in enumerate(whole.epoch_steps.tolist()):
            measured = evaluate(whole.network_at(step), images.examples(10), whole.cost)
            assert whole.epoch_curve(name, "costs")[epoch] == measured.cost
            assert whole.epoch_curve(name, "accuracies")[epoch] == measured.accuracy


def test_examples_are_copied_from_the_data(whole, small_data):
    for name, source in (("probe", "test"), ("train_sample", "train"), ("test_sample", "test")):
        rows = np.load(whole.path / f"{name}_indices.npy")
        images = np.load(whole.path / f"{name}_images.npy")
        labels = np.load(whole.path / f"{name}_labels.npy")
        np.testing.assert_array_equal(images, getattr(small_data, source).images[rows])
        np.testing.assert_array_equal(labels, getattr(small_data, source).labels[rows])
    np.testing.assert_array_equal(whole.probes.labels, [*range(10), *range(10)])


def test_probes_are_of_each_class_in_turn():
    labels = np.array([2, 2, 0, 1, 2, 0, 0] + [1] * 20)
    rows = probe_indices(labels, 4)
    assert labels[rows][:7].tolist() == [0, 1, 2, 0, 1, 2, 0]
    assert len(set(rows.tolist())) == len(rows) == 3 + 3 + 10


def test_manifest_tells_everything_about_the_run(whole, small_data):
    manifest = json.loads((whole.path / "manifest.json").read_text())
    assert manifest["format"] == "nnviz recording"
    assert manifest["version"] == 2
    assert manifest["nnviz"] == __version__
    assert manifest["status"] == "complete"
    assert manifest["created"].endswith("+00:00")
    assert manifest["rows"] == {"step": N_STEPS + 1, "epoch": 4}
    assert manifest["network"] == {
        "sizes": [64, 16, 16, 10],
        "activation": "sigmoid",
        "output": "sigmoid",
        "dtype": "float32",
        "initializer": "scaled",
        "seed": 5,
    }
    assert manifest["data"] == {
        "name": "small blobs",
        "source": "",
        "checksum": small_data.checksum,
        "synthetic": True,
        "image_shape": [8, 8],
        "n_classes": 10,
        "n_train": 60,
        "n_test": 20,
        "is_split": False,
    }
    assert manifest["samples"] == {"drawn": "at random", "seed": 0}
    assert manifest["training"] == {
        "cost": "squared_error",
        "optimizer": "sgd",
        "learning_rate": 1.0,
        "decay": "cosine",
        "batch_size": 8,
        "epochs": 3,
        "seed": 5,
        "n_steps": N_STEPS,
        "steps_per_epoch": 8,
        "schedule": "every:1",
    }


def test_manifest_describes_every_array(whole):
    described = whole.manifest["quantities"]
    assert len(described) == 17 + 2 * 3
    for name, entry in described.items():
        array = np.load(whole.path / entry["file"], allow_pickle=False)
        assert entry["file"] == f"{name}.npy"
        assert array.dtype == np.dtype(entry["dtype"])
        assert list(array.shape[1:]) == entry["row_shape"]
        assert len(array) == whole.manifest["rows"][entry["axes"][0]]
        assert array.ndim == len(entry["axes"])
        assert entry["meaning"]


# -- what is in the way -------------------------------------------------------------------


def test_recording_is_only_replaced_by_force(small_data, tmp_path):
    path = tmp_path / "run"
    train(small_data, path, epochs=1, record="epochs")
    before = content(path)
    with pytest.raises(RecordingError, match=r"holds a recording already.*or use --force"):
        train(small_data, path, epochs=2, record="epochs")
    assert content(path) == before
    again = train(small_data, path, epochs=2, record="epochs", force=True)
    assert again.manifest["training"]["epochs"] == 2
    assert neighbours(path) == ["run"]


@pytest.mark.parametrize("force", [False, True])
def test_folder_that_is_no_recording_is_never_replaced(small_data, tmp_path, force):
    path = tmp_path / "thesis"
    path.mkdir()
    (path / "chapter.txt").write_text("mine")
    with pytest.raises(RecordingError, match=r"must be free or a recording.*never replaced"):
        train(small_data, path, epochs=1, force=force)
    (path / "manifest.json").write_text('{"format": "of mine"}')
    with pytest.raises(RecordingError, match="never replaced"):
        train(small_data, path, epochs=1, force=force)
    assert sorted(content(path)) == ["chapter.txt", "manifest.json"]


@pytest.mark.parametrize("force", [False, True])
def test_file_is_never_replaced(small_data, tmp_path, force):
    path = tmp_path / "notes"
    path.write_text("mine")
    with pytest.raises(RecordingError, match="never replaced"):
        train(small_data, path, epochs=1, force=force)
    assert path.read_text() == "mine"


def test_empty_folder_and_missing_parents_are_free(small_data, tmp_path):
    (tmp_path / "empty").mkdir()
    check_free(tmp_path / "empty", force=False)
    assert train(small_data, tmp_path / "empty", epochs=1, record="epochs").is_complete
    assert train(small_data, tmp_path / "a" / "b" / "run", epochs=1, record="epochs").is_complete
    assert neighbours(tmp_path / "empty") == ["a", "empty"]


def test_folder_below_a_file_is_refused(small_data, tmp_path):
    (tmp_path / "notes").write_text("mine")
    with pytest.raises(NnvizError, match="notes"):
        train(small_data, tmp_path / "notes" / "run", epochs=1)


def test_working_folder_is_refused(small_data, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(NnvizError, match="folder"):
        train(small_data, ".", epochs=1, record="epochs")


def test_failed_start_keeps_the_older_recording(small_data, tmp_path):
    path = tmp_path / "run"
    train(small_data, path, epochs=1, record="epochs")
    before = content(path)
    for wrong in ({"layers": (63, 10)}, {"activation": "relo"}, {"record": "often"}, {"epochs": 0}):
        with pytest.raises(NnvizError):
            train(small_data, path, force=True, **({"epochs": 1} | wrong))
        assert content(path) == before
    assert neighbours(path) == ["run"]


@pytest.mark.parametrize("failing", ["put_in_place", "write_json", "GrowingArray"])
def test_start_that_fails_on_disk_keeps_the_older_recording(
    small_data, tmp_path, monkeypatch, opened, failing
):
    path = tmp_path / "run"
    train(small_data, path, epochs=1, record="epochs")
    before = content(path)
    original, calls = getattr(recorder_module, failing), []

    def full(*arguments, **choices):
        calls.append(arguments)
        if len(calls) == (3 if failing == "GrowingArray" else 1):
            raise OSError("no space left on device")  # noqa: EM101
        return original(*arguments, **choices)

    with monkeypatch.context() as patched:
        patched.setattr(recorder_module, failing, full)
        with pytest.raises(OSError, match="no space left"):
            train(small_data, path, epochs=1, record="epochs", force=True)
    assert content(path) == before
    assert neighbours(path) == ["run"]
    assert all(array._file.closed for array in opened)


@pytest.mark.usefixtures("opened")
def test_rename_that_fails_keeps_the_older_recording(small_data, tmp_path, monkeypatch):
    path = tmp_path / "run"
    train(small_data, path, epochs=1, record="epochs")
    before = content(path)
    rename = Path.rename

    def refuse(self, target):
        if Path(target) == path and ".replaced." not in self.name:
            raise OSError("not today")  # noqa: EM101
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refuse)
        with pytest.raises(OSError, match="not today"):
            train(small_data, path, epochs=1, record="epochs", force=True)
    assert content(path) == before


@pytest.mark.usefixtures("opened")
def test_recording_that_appears_meanwhile_is_kept(small_data, tmp_path):
    path, other = tmp_path / "run", tmp_path / "other"
    train(small_data, other, epochs=1, record="epochs")
    before = content(other)
    recorder = Recorder(path, small_data, Every(1), initializer=None, seed=None)
    training = Training(
        Network.create((64, 10), seed=0),
        small_data.train.examples(10),
        small_data.test.examples(10),
        TrainingSettings(epochs=1),
    )
    shutil.move(other, path)
    with pytest.raises(RecordingError, match="holds a recording already"):
        training.run([recorder])
    recorder.close(complete=False)
    assert content(path) == before


# -- a training that does not end -----------------------------------------------------------


@pytest.mark.parametrize(("at", "record"), [(0, "epochs"), (5, "epochs"), (5, "every:1")])
def test_stopped_training_is_interrupted_and_readable(small_data, whole, tmp_path, at, record):
    run = train(
        small_data, tmp_path / "run", seed=5, record=record, observers=[Stop(at)], **CHOICES
    )
    assert run.manifest["status"] == "interrupted"
    assert not run.is_complete
    assert run.steps[-1] == at
    assert (np.diff(run.steps) > 0).all()
    np.testing.assert_array_equal(run.parameters, whole.parameters[run.steps])
    assert run.manifest["rows"] == {"step": run.n_rows, "epoch": 1}
    assert np.load(run.path / "parameters.npy").shape == run.parameters.shape


def test_training_stopped_after_its_last_step_is_complete(small_data, tmp_path):
    stopper = Stop(N_STEPS)
    assert train(small_data, tmp_path / "run", observers=[stopper], **CHOICES).is_complete


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_error_in_an_observer_leaves_a_readable_recording(small_data, whole, tmp_path, error):
    with pytest.raises(error):
        train(
            small_data,
            tmp_path / "run",
            seed=5,
            record="every:1",
            observers=[Stop(11, error)],
            **CHOICES,
        )
    run = Recording.open(tmp_path / "run")
    assert run.manifest["status"] == "interrupted"
    assert run.steps.tolist() == list(range(12))
    np.testing.assert_array_equal(run.parameters, whole.parameters[:12])
    np.testing.assert_array_equal(run.activations(3, 11), whole.activations(3, 11))


def test_error_in_the_midst_of_a_row_drops_the_row(small_data, whole, tmp_path, monkeypatch):
    append = recorder_module.GrowingArray.append

    def fail_once(self, row):
        if self.n_rows == 4 and self._file.name.endswith("test_costs.npy"):
            raise OSError("no space left on device")  # noqa: EM101
        append(self, row)

    with monkeypatch.context() as patched:
        patched.setattr(recorder_module.GrowingArray, "append", fail_once)
        with pytest.raises(OSError, match="no space left"):
            train(small_data, tmp_path / "run", seed=5, record="every:1", **CHOICES)
    run = Recording.open(tmp_path / "run")
    assert run.steps.tolist() == [0, 1, 2, 3]
    np.testing.assert_array_equal(np.load(run.path / "parameters.npy"), whole.parameters[:4])


def test_recording_can_be_read_while_it_is_made(small_data, tmp_path):
    seen = []

    class Look(Observer):
        def on_step(self, training):
            run = Recording.open(tmp_path / "run")
            seen.append((run.manifest["status"], run.n_rows))
            np.testing.assert_array_equal(run.parameters[-1], training.network.parameters)

    train(small_data, tmp_path / "run", record="every:1", observers=[Look()], **CHOICES)
    assert seen == [("running", n + 1) for n in range(N_STEPS + 1)]


def test_diverging_training_is_recorded_in_silence(small_data, tmp_path):
    choices = {"activation": "relu", "cost": "cross_entropy", "learning_rate": 1e38, "epochs": 2}
    run = train(small_data, tmp_path / "run", record="every:1", **choices)
    assert run.is_complete
    assert not np.isfinite(run.train_costs[-1])


def test_diverging_training_is_stopped_in_silence(small_data, tmp_path):
    choices = {"activation": "identity", "cost": "cross_entropy", "learning_rate": 1e38}
    stopper = Stop(1)
    run = train(
        small_data, tmp_path / "run", record="epochs", observers=[stopper], **choices, **CHOICES
    )
    assert run.steps[-1] == 1
