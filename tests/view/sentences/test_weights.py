"""What is said of weights, and of a training that is followed on them."""

from __future__ import annotations

import json
import shutil

import numpy as np

from nnviz.recording.recording import Recording
from nnviz.view.sentences import weights


def test_caption_counts_the_weights_and_explains_an_error(zoo):
    said = weights.weight_images_caption(zoo("given"), 9)
    assert said == "9 neurons, 8 × 8 weights each; 64-9-7-10 on small blobs (synthetic)"
    sampled = weights.weight_images_caption(zoo("classic"), 16)
    assert sampled.endswith("; ±: standard error of the sample")


def test_caption_explains_no_error_that_is_not_there(zoo, tmp_path):
    path = shutil.copytree(zoo("classic").path, tmp_path / "run")
    manifest = json.loads((path / "manifest.json").read_text())
    manifest["samples"] = {"drawn": "evenly"}
    (path / "manifest.json").write_text(json.dumps(manifest))
    recording = Recording.open(path)
    assert "±" not in weights.weight_images_caption(recording, 16)
    assert not any("±" in text for text in weights.progress_values(recording, 1))


def test_start_is_random_given_or_late(zoo):
    assert weights.start_text(zoo("tanh")) == "Before training they are random"
    assert weights.start_text(zoo("given")) == "These are the weights that it was given"

    class Late:
        steps = np.array([5, 9])
        has_random_start = True

        def row(self, step):
            return int(np.flatnonzero(self.steps == step)[0])

    assert weights.start_text(Late()) == "The first recorded moment: after 5 steps"


def test_weights_that_change_are_counted():
    one, two = np.zeros((2, 3)), np.zeros((2, 3))
    two[0, 0] = 1
    assert weights.changes_text(np.stack([one])) == "Only this moment was recorded"
    assert weights.changes_text(np.stack([one, two])) == "Training changes 1 of these 6 weights"
    assert weights.changes_text(np.stack([one, one])) == "Training changes none of these 6 weights"
    # Also a change that is undone later.
    assert "1 of these" in weights.changes_text(np.stack([one, two, one]))
    everything = weights.changes_text(np.stack([one, one + 1]))
    assert everything == "Training changes all 6 of these weights"
    two[1] = np.nan
    assert weights.changes_text(np.stack([one, two])) == (
        "At the end 3 of these 6 weights are not numbers"
    )


def test_progress_is_of_the_sample_and_of_all(zoo):
    classic = zoo("classic")
    names = weights.progress_names(classic)
    values = weights.progress_values(classic, classic.n_rows - 1)
    assert len(names) == len(values) == 4
    assert names[1] == "right, 2,000 of 2,400 held-out images"
    assert "±" in values[1]
    assert names[3] == "right, all 2,400 held-out images"
    assert values[3].endswith(f"at step {classic.epoch_steps[-1]:,}")
    tanh = zoo("tanh")
    assert len(weights.progress_names(tanh)) == len(weights.progress_values(tanh, 0)) == 3
    assert weights.progress_values(zoo("nan-at-once"), -1)[2] == "none"


def test_no_epoch_yet_is_said_so(zoo, monkeypatch):
    monkeypatch.setattr(weights, "last_epoch_score", lambda *_: None)
    assert weights.progress_values(zoo("classic"), 0)[3] == "none yet"


def test_weights_of_a_figure(zoo):
    assert weights.weight_images_title(zoo("given"), 1, 0) == "Weights of layer 1 as it was given"
    nan = zoo("nan-at-once")
    said = weights.weight_images_note(nan, nan.weights(1))
    assert said.splitlines()[1] == "512 of 512 weights are not finite"
    assert len(weights.weight_images_note(nan, nan.weights(1, 0)).splitlines()) == 1
    assert weights.weight_images_heading()
