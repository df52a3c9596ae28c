"""The whole job in one call, also where it is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest

from nnviz.errors import SettingError, ShapeError
from nnviz.recording.recording import Recording
from nnviz.recording.run import train

CHOICES = {"epochs": 25, "batch_size": 2, "seed": 3, "record": "every:1"}


def test_defaults_suit_the_data_and_each_other(small_data, tmp_path):
    run = train(small_data, tmp_path / "run", epochs=1)
    assert run.sizes == (64, 16, 16, 10)
    assert run.manifest["network"]["initializer"] == "scaled"
    assert run.manifest["network"]["output"] == "sigmoid"
    assert run.manifest["training"]["learning_rate"] == 1.0
    assert run.manifest["training"]["schedule"] == "log:300,epochs"


def test_choices_are_passed_on(small_data, tmp_path):
    run = train(
        small_data,
        tmp_path / "run",
        layers=(64, 7, 10),
        activation="relu",
        cost="cross-entropy",
        optimizer="momentum",
        decay="constant",
        seed=4,
        epochs=1,
        record="epochs",
    )
    assert run.sizes == (64, 7, 10)
    assert run.cost.name == "cross_entropy"
    assert run.manifest["network"] == {
        "sizes": [64, 7, 10],
        "activation": "relu",
        "output": "softmax",
        "dtype": "float32",
        "initializer": "he",
        "seed": 4,
    }
    assert run.manifest["training"]["optimizer"] == "momentum"
    assert run.manifest["training"]["decay"] == "constant"
    assert run.manifest["training"]["learning_rate"] == pytest.approx(0.01)


def test_one_seed_gives_one_recording(small_data, tmp_path):
    one, same, other = (
        train(small_data, tmp_path / name, seed=seed, epochs=1, record="every:1")
        for name, seed in (("one", 1), ("same", 1), ("other", 2))
    )
    for file in one.path.glob("*.npy"):
        assert file.read_bytes() == (same.path / file.name).read_bytes()
    assert (one.parameters[-1] != other.parameters[-1]).any()


def test_recorded_network_learns(tiny_recording):
    assert tiny_recording.test_accuracies[0] < 0.35
    assert tiny_recording.test_accuracies[-1] > 0.8
    assert tiny_recording.test_costs[-1] < 0.7 * tiny_recording.test_costs[0]


def test_layers_must_fit_the_data(small_data, tmp_path):
    with pytest.raises(ShapeError, match=r"training examples must .*Give the network 64 inp"):
        train(small_data, tmp_path / "run", layers=(784, 10))
    assert not (tmp_path / "run").exists()


def test_learning_rate_of_zero_is_refused(small_data, tmp_path):
    with pytest.raises(SettingError, match="learning rate must be above 0"):
        train(small_data, tmp_path / "run", learning_rate=0, epochs=1)


# -- SIGKILL ------------------------------------------------------------------------------

SCRIPT = """
import sys
import numpy as np
from nnviz.data.dataset import Dataset, LabelledImages
from nnviz.recording.run import train

saved = np.load(sys.argv[1])
train_set = LabelledImages(saved["train_images"], saved["train_labels"])
test_set = LabelledImages(saved["test_images"], saved["test_labels"])
print("ready", flush=True)
train(Dataset("killed", train_set, test_set), sys.argv[2], **CHOICES)
print("done", flush=True)
"""


@pytest.fixture(scope="module")
def saved_data(small_data, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("data") / "small.npz"
    np.savez(
        path,
        train_images=small_data.train.images,
        train_labels=small_data.train.labels,
        test_images=small_data.test.images,
        test_labels=small_data.test.labels,
    )
    return path


def start(saved_data: Path, out: Path) -> subprocess.Popen[str]:
    """Start a training in another process, and return when it begins."""
    script = f"CHOICES = {CHOICES!r}\n" + textwrap.dedent(SCRIPT)
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(saved_data), str(out)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.fixture(scope="module")
def undisturbed(saved_data, tmp_path_factory) -> tuple[Recording, float]:
    """Record a training that nobody kills, and how many seconds it took."""
    path = tmp_path_factory.mktemp("runs") / "undisturbed"
    with start(saved_data, path) as process:
        began = time.perf_counter()
        assert process.wait(timeout=60) == 0
        return Recording.open(path), time.perf_counter() - began


def check_killed(path: Path, whole: Recording) -> int:
    """Check that a recording is a beginning of the whole; return its number of rows."""
    run = Recording.open(path)
    n_rows, n_epochs = run.n_rows, len(run.epoch_steps)
    assert run.steps.tolist() == list(range(n_rows))
    for name, quantity in run.manifest["quantities"].items():
        found, expected = run._arrays[name], whole._arrays[name]
        assert len(found) == (n_rows if quantity["axes"][0] == "step" else n_epochs)
        np.testing.assert_array_equal(found, expected[: len(found)])
    for examples in ("probes", "train_sample", "test_sample"):
        found, expected = getattr(run, examples), getattr(whole, examples)
        np.testing.assert_array_equal(found.images, expected.images)
    return n_rows


def kill_often(n: int, saved_data: Path, folder: Path, whole: Recording, seconds: float) -> None:
    rng = np.random.default_rng(n)
    # One kill in each n-th of the training's time: start and end get their share.
    moments = (np.arange(n) + rng.random(n)) / n * seconds * 1.05
    lengths = []
    for i, moment in enumerate(moments):
        path = folder / f"run {i}"
        with start(saved_data, path) as process:
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
        lengths.append(check_killed(path, whole) if path.exists() else -1)
    assert any(0 < length < whole.n_rows for length in lengths), lengths


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX systems")
def test_killed_training_leaves_a_whole_beginning(saved_data, undisturbed, tmp_path):
    kill_often(5, saved_data, tmp_path, *undisturbed)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX systems")
def test_training_killed_at_fifty_moments_leaves_whole_beginnings(
    saved_data, undisturbed, tmp_path
):
    kill_often(50, saved_data, tmp_path, *undisturbed)


def test_training_in_another_process_is_the_same(undisturbed, small_data, tmp_path):
    whole, _ = undisturbed
    assert whole.is_complete
    here = train(small_data, tmp_path / "run", **CHOICES)
    np.testing.assert_array_equal(here.parameters, whole.parameters)
