from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from nnviz.recording.recording import Recording
from nnviz.recording.run import train

FAST = ("--epochs", 2, "--record", "epochs")


@pytest.fixture
def run(nnviz, data_file, tmp_path):
    path = tmp_path / "run"
    result = nnviz("train", "--data", data_file, *FAST, "--out", path)
    assert result.exit_code == 0, result.output
    return path


def test_help_lists_the_commands(nnviz):
    result = nnviz("--help")
    assert result.exit_code == 0
    for command in ("demo", "train", "info", "evaluate", "render", "figure", "data"):
        assert command in result.output


def test_train_says_how_it_went(nnviz, data_file, tmp_path):
    result = nnviz("train", "--data", data_file, *FAST, "--out", tmp_path / "run")
    assert "784-16-16-10 on blobs, 38 steps" in result.output
    assert re.search(r"[\d.]+ % of all 200 held-out images right, cost [\d.]+$", result.output)


def test_train_passes_every_setting_on(nnviz, data_file, tmp_path):
    result = nnviz(
        "train", "--data", data_file, "--layers", "784,7,10", "--activation", "relu",
        "--cost", "cross-entropy", "--optimizer", "adam", "--learning-rate", 0.01,
        "--decay", "constant", "--batch-size", 20, "--epochs", 3, "--seed", 4,
        "--initializer", "normal", "--record", "every:10", "--out", tmp_path / "run",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    manifest = Recording.open(tmp_path / "run").manifest
    assert manifest["network"]["sizes"] == [784, 7, 10]
    assert manifest["network"]["activation"] == "relu"
    assert manifest["network"]["output"] == "softmax"
    assert manifest["network"]["initializer"] == "normal"
    expected = {
        "cost": "cross_entropy",
        "optimizer": "adam",
        "learning_rate": 0.01,
        "decay": "constant",
        "batch_size": 20,
        "epochs": 3,
        "seed": 4,
        "schedule": "every:10",
    }
    assert manifest["training"].items() >= expected.items()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--activation", "relo"), "Did you mean 'relu'?"),
        (("--cost", "absolute"), "cost must be one of cross_entropy, squared_error"),
        (("--optimizer", "newton"), "optimizer must be one of"),
        (("--layers", "784,x,10"), "layers must be whole numbers joined by commas"),
        (("--layers", "784"), "layer sizes must be two or more positive integers"),
        (("--layers", "100,16,10"), "784 and 10"),
        (("--epochs", "0"), "epochs must be at least 1"),
        (("--learning-rate", "-1"), "learning rate must be above 0"),
        (("--record", "sometimes"), "schedule must be every:N"),
        (("--initializer", "zeros"), "initializer must be one of"),
        (("--activation", "softmax", "--cost", "cross-entropy", "--decay", "steep"), "decay"),
    ],
)
def test_train_explains_a_mistake_in_one_line(arguments, message, nnviz, data_file, tmp_path):
    result = nnviz("train", "--data", data_file, *arguments, "--out", tmp_path / "run")
    assert result.exit_code == 2
    assert message in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert not (tmp_path / "run").exists()


def test_train_needs_force_to_replace_a_run(nnviz, data_file, run):
    again = ("train", "--data", data_file, *FAST, "--seed", 1, "--out", run)
    refused = nnviz(*again)
    assert refused.exit_code == 2
    assert "use --force" in refused.output
    assert Recording.open(run).manifest["training"]["seed"] == 0
    assert nnviz(*again, "--force").exit_code == 0
    assert Recording.open(run).manifest["training"]["seed"] == 1


def test_a_diverged_training_says_so(nnviz, data_file, tmp_path):
    path = tmp_path / "run"
    result = nnviz(
        "train", "--data", data_file, "--activation", "relu", "--cost", "cross-entropy",
        "--learning-rate", 1e30, *FAST, "--out", path,
    )  # fmt: skip
    assert result.exit_code == 0
    assert "no prediction for all 200 held-out images: outputs are not numbers" in result.output
    assert result.output.endswith(
        "cost none\nThe training diverged. A smaller --learning-rate helps.\n"
    )
    # What is not a number is none, also for programs.
    facts = json.loads(nnviz("info", path, "--json").output, parse_constant=pytest.fail)
    assert facts["last"]["test_cost"] is None
    assert "test_cost none" in nnviz("info", path).output
    found = json.loads(nnviz("evaluate", path, "--json").output, parse_constant=pytest.fail)
    assert found["cost"] is None
    assert found["correct"] == 0
    assert sum(found["unanswered"]) == 200
    assert sum(map(sum, found["confusion"])) == 0
    assert "200 without a prediction" in nnviz("evaluate", path).output


def test_info_tells_what_a_run_holds(nnviz, run):
    result = nnviz("info", run)
    assert "complete" in result.output
    assert "784-16-16-10" in result.output
    facts = json.loads(nnviz("info", run, "--json").output)
    assert facts["status"] == "complete"
    assert facts["moments"] == 3
    assert facts["parameters"] == 13002
    assert facts["last"]["step"] == 38


def test_info_of_something_else_is_a_mistake(nnviz, tmp_path):
    result = nnviz("info", tmp_path)
    assert result.exit_code == 2
    assert "must hold a manifest.json" in result.output


def test_evaluate_counts_the_held_out_images(nnviz, run):
    found = json.loads(nnviz("evaluate", run, "--json").output)
    assert found["n"] == 200
    assert found["accuracy"] == found["correct"] / 200
    assert sum(map(sum, found["confusion"])) == 200
    assert sum(found["confusion"][i][i] for i in range(10)) == found["correct"]
    recording = Recording.open(run)
    assert found["accuracy"] == pytest.approx(recording.epoch_curve("test", "accuracies")[-1])
    assert found["cost"] == pytest.approx(recording.epoch_curve("test", "costs")[-1])
    assert f"{found['correct']} of 200" in nnviz("evaluate", run).output


def test_evaluate_uses_all_of_a_set_that_is_asked_for(nnviz, run, tiny_data, tmp_path):
    """A set of twenty images is twenty images, not the three that would be held out of it."""
    own = tmp_path / "mine.npz"
    images, labels = tiny_data.test.images[:20], tiny_data.test.labels[:20]
    np.savez(own, images=images, labels=labels)
    found = json.loads(nnviz("evaluate", run, "--data", own, "--json").output)
    assert found["n"] == sum(map(sum, found["confusion"])) == 20
    assert found["images"] == "all images"
    network = Recording.open(run).network_at(-1)
    right = int((network.predict(images.reshape(20, -1) / 255) == labels).sum())
    assert found["correct"] == right
    said = nnviz("evaluate", run, "--data", own).output
    assert said.startswith(f"{right} of 20 images right")
    assert "; all images of mine" in said


def test_evaluate_says_if_images_were_learned_from(nnviz, tiny_data, tmp_path):
    own = tmp_path / "mine.npz"
    np.savez(own, images=tiny_data.train.images[:70], labels=tiny_data.train.labels[:70])
    path = tmp_path / "own"
    assert nnviz("train", "--data", own, *FAST, "--out", path).exit_code == 0
    assert json.loads(nnviz("evaluate", path, "--json").output)["n"] == 10
    said = nnviz("evaluate", path, "--data", own).output
    assert "of 70 images right" in said
    assert "all images, 60 of them learned from, of mine" in said


def test_evaluate_of_a_set_with_test_images_takes_these(nnviz, run, data_file):
    found = json.loads(nnviz("evaluate", run, "--data", data_file, "--json").output)
    assert found["n"] == 200
    assert found["images"] == "held-out images"


def test_evaluate_of_a_few_classes(nnviz, run, tiny_data, tmp_path):
    few = tiny_data.test.labels < 3
    np.savez(
        tmp_path / "few.npz", images=tiny_data.test.images[few], labels=tiny_data.test.labels[few]
    )
    found = json.loads(nnviz("evaluate", run, "--data", tmp_path / "few.npz", "--json").output)
    assert found["n"] == few.sum()
    assert len(found["confusion"]) == 10


def test_evaluate_can_look_at_an_earlier_step(nnviz, run):
    found = json.loads(nnviz("evaluate", run, "--step", 0, "--json").output)
    assert found["step"] == 0
    result = nnviz("evaluate", run, "--step", 7)
    assert result.exit_code == 2
    assert "The nearest is" in result.output


def test_evaluate_notices_data_that_have_changed(nnviz, run, data_file, tiny_data):
    np.savez(data_file, images=tiny_data.test.images, labels=tiny_data.test.labels)
    result = nnviz("evaluate", run)
    assert result.exit_code == 2
    assert "its contents are others" in result.output
    assert nnviz("evaluate", run, "--data", data_file).exit_code == 0


def test_data_lists_the_sets(nnviz):
    result = nnviz("data", "list")
    assert "digits" in result.output
    assert "synthetic" in result.output
    assert "mnist" in result.output
    assert nnviz("data", "fetch", "minst").exit_code == 2


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (signal.SIGINT, "Stopped before step"),
        (
            signal.SIGTERM,
            "no half-written file is left. What was recorded is readable.",
        ),
    ],
)
def test_training_that_is_ended_leaves_a_readable_run(how, said, data_file, tmp_path):
    path = tmp_path / "run"
    process = subprocess.Popen(
        [
            sys.executable, "-m", "nnviz", "train", "--data", data_file, "--epochs", "100000",
            "--record", "every:100", "--out", path,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not (path / "steps.npy").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(how)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert said in output + errors
    recording = Recording.open(path)
    assert recording.manifest["status"] == "interrupted"
    assert recording.n_rows > 1


def test_info_checks_the_files(nnviz, tiny_data, tmp_path):
    path = train(tiny_data, tmp_path / "run", epochs=1, record="epochs").path
    found = nnviz("info", path, "--check")
    assert found.exit_code == 0
    assert "as they were written" in found.output
    array = np.load(path / "gradients.npy", mmap_mode="r+")
    array[0, 100] += 1e-6
    array.flush()
    found = nnviz("info", path, "--check")
    assert found.exit_code == 1
    assert "not as it was written: gradients.npy" in found.output
    assert nnviz("info", path).exit_code == 0
    manifest = json.loads((path / "manifest.json").read_text())
    del manifest["checksums"]
    (path / "manifest.json").write_text(json.dumps(manifest))
    found = nnviz("info", path, "--check")
    assert found.exit_code == 2
    assert "written by an earlier nnviz" in found.output
