"""What is said of a forward pass, of activations and of weights."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from nnviz.recording.recording import Recording
from nnviz.view.brightness import Brightness
from nnviz.view.sentences import network
from nnviz.view.sentences.network import Verdict, verdict


@pytest.mark.parametrize(
    ("output", "truth", "expected"),
    [
        ([0.1, 0.9], 1, Verdict("it reads 1", 1, True)),
        ([0.1, 0.9], 0, Verdict("it reads 1, but it is 0", 1, False)),
        ([0.1, np.nan], 0, Verdict("no prediction; it is 0", None, False)),
        ([0.5, 0.5, 0.1], 0, Verdict("it reads 0; 0 and 1 are equal: the first counts", 0, True)),
        ([0.1] * 3, 2,
         Verdict("it reads 0, but it is 2; 0, 1 and 2 are equal: the first counts", 0, False)),
        ([0.1] * 10, 0, Verdict("it reads 0; 10 are equal: the first counts", 0, True)),
        ([0.7], 1, Verdict("it reads 1", 1, True)),
        ([0.2], 1, Verdict("it reads 0, but it is 1", 0, False)),
        ([np.nan], 1, Verdict("no prediction; it is 1", None, False)),
        ([np.inf, 0.0], 0, Verdict("it reads 0", 0, True)),
    ],
)  # fmt: skip
def test_verdict_follows_from_the_outputs(output, truth, expected):
    assert verdict(np.array(output), truth) == expected


def test_single_output_stands_for_the_second_class():
    assert network.output_classes(1) == [1]
    assert network.output_classes(4) == [0, 1, 2, 3]


def test_counts_of_pixels_and_neurons():
    assert network.pixels_text((28, 28)) == "28 × 28 = 784 pixels"
    assert network.neurons_text(784, 16) == "784, 16 of them shown"
    assert network.neurons_text(1600, 1600) == "1,600"


@pytest.mark.parametrize(
    ("scale", "is_signed", "is_named", "expected"),
    [
        (3.214, False, True, "white = 3.21"),
        (1.0, True, True, "white = 1, red = −1"),
        (3.214, False, False, "3.21"),
        (1.0, True, False, "±1"),
    ],
)
def test_light_has_a_scale(scale, is_signed, is_named, expected):
    assert network.brightness_text(scale, is_signed=is_signed, is_named=is_named) == expected


def test_column_says_its_scale_and_how_much_of_it_is_shown():
    light = Brightness(2.5, is_signed=False)
    assert network.column_text(2, light, 16, 16) == "layer 2\nwhite = 2.5"
    assert network.column_text(1, light, 784, 40) == "layer 1\nwhite = 2.5\n40 of 784"
    assert network.brightness_ticks([0, 1]) == ["0", "white"]
    assert network.brightness_ticks([-1, 0, 1])[0] == "−white"


def test_captions_name_the_run_the_moment_and_the_share(zoo):
    said = network.feed_forward_caption(zoo("tanh"), 0)
    assert said.startswith("64-10-8-10 on small blobs (synthetic), before training; ")
    assert said.endswith("of all 100 held-out images right")
    said = network.weight_images_caption(zoo("given"), 9)
    assert said == "9 neurons, 8 × 8 weights each; 64-9-7-10 on small blobs (synthetic)"
    sampled = network.weight_images_caption(zoo("classic"), 16)
    assert sampled.endswith("; ±: standard error of the sample")


def test_caption_explains_no_error_that_is_not_there(zoo, tmp_path):
    path = shutil.copytree(zoo("classic").path, tmp_path / "run")
    manifest = json.loads((path / "manifest.json").read_text())
    manifest["samples"] = {"drawn": "evenly"}
    (path / "manifest.json").write_text(json.dumps(manifest))
    recording = Recording.open(path)
    assert "±" not in network.weight_images_caption(recording, 16)
    assert not any("±" in text for text in network.progress_values(recording, 1))


def test_legend_tells_what_flows_from_what_is_idle():
    assert [name for name, _ in network.flow_legend()] == ["positive", "negative", "muted"]
    assert "white" in network.light_legend()
    assert network.gap_legend() == "not a number"


def test_activations_that_are_not_finite_are_counted(zoo):
    values = [np.array([0.5, np.nan]), np.array([np.inf])]
    said = network.activations_note(zoo("tanh"), values, 3, 0, 200)
    assert said.splitlines()[0].endswith("before training, probe example 3")
    assert said.splitlines()[-1] == "2 of 3 activations are not finite"
    fine = network.activations_note(zoo("tanh"), [np.ones(2)], 3, 0, 200)
    assert len(fine.splitlines()) == 2


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Verdict("", 3, True), "Class 3, predicted 3: right"),
        (Verdict("", 5, False), "Class 3, predicted 5: wrong"),
        (Verdict("", None, False), "Class 3, no prediction: outputs are not numbers"),
    ],
)
def test_title_of_one_example(found, expected):
    assert network.activations_title(3, found) == expected


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        (3, Verdict("", 3, True), "3   0.91   right"),
        (3, Verdict("", 3, False), "3   0.91   wrong"),
        (4, Verdict("", 3, False), "4   0.91   label"),
        (7, Verdict("", 3, False), "7   0.91"),
        (4, Verdict("", None, False), "4   0.91   label"),
    ],
)
def test_line_of_an_output(name, found, expected):
    assert network.output_text(name, 0.91, found, truth=4) == expected


def test_start_is_random_given_or_late(zoo):
    assert network.start_text(zoo("tanh")) == "Before training they are random"
    assert network.start_text(zoo("given")) == "These are the weights that it was given"

    class Late:
        steps = np.array([5, 9])
        has_random_start = True

        def row(self, step):
            return int(np.flatnonzero(self.steps == step)[0])

    assert network.start_text(Late()) == "The first recorded moment: after 5 steps"


def test_weights_that_change_are_counted():
    one, two = np.zeros((2, 3)), np.zeros((2, 3))
    two[0, 0] = 1
    assert network.changes_text(np.stack([one])) == "Only this moment was recorded"
    assert network.changes_text(np.stack([one, two])) == "Training changes 1 of these 6 weights"
    assert network.changes_text(np.stack([one, one])) == "Training changes none of these 6 weights"
    # Also a change that was taken back.
    assert "1 of these" in network.changes_text(np.stack([one, two, one]))
    everything = network.changes_text(np.stack([one, one + 1]))
    assert everything == "Training changes all 6 of these weights"
    two[1] = np.nan
    assert network.changes_text(np.stack([one, two])) == (
        "At the end 3 of these 6 weights are not numbers"
    )


def test_progress_is_of_the_sample_and_of_all(zoo):
    classic = zoo("classic")
    names = network.progress_names(classic)
    values = network.progress_values(classic, classic.n_rows - 1)
    assert len(names) == len(values) == 4
    assert names[1] == "right, 2,000 of 2,400 held-out images"
    assert "±" in values[1]
    assert names[3] == "right, all 2,400 held-out images"
    assert values[3].endswith(f"at step {classic.epoch_steps[-1]:,}")
    tanh = zoo("tanh")
    assert len(network.progress_names(tanh)) == len(network.progress_values(tanh, 0)) == 3
    assert network.progress_values(zoo("nan-at-once"), -1)[2] == "none"


def test_no_epoch_yet_is_said_so(zoo, monkeypatch):
    monkeypatch.setattr(network, "last_epoch_score", lambda *_: None)
    assert network.progress_values(zoo("classic"), 0)[3] == "none yet"


def test_weights_of_a_figure(zoo):
    assert network.weight_images_title(zoo("given"), 1, 0) == "Weights of layer 1 as it was given"
    nan = zoo("nan-at-once")
    said = network.weight_images_note(nan, nan.weights(1))
    assert said.splitlines()[1] == "512 of 512 weights are not finite"
    assert len(network.weight_images_note(nan, nan.weights(1, 0)).splitlines()) == 1
    assert network.weight_images_heading()
