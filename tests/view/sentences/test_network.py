"""What is said of a forward pass and of activations."""

from __future__ import annotations

import numpy as np
import pytest

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


def test_caption_names_the_run_the_moment_and_the_share(zoo):
    said = network.feed_forward_caption(zoo("tanh"), 0)
    assert said.startswith("64-10-8-10 on small blobs (synthetic), before training; ")
    assert said.endswith("of all 100 held-out images right")


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
    ("outcome", "expected"),
    [
        (Verdict("", 3, True), "Class 3, predicted 3: right"),
        (Verdict("", 5, False), "Class 3, predicted 5: wrong"),
        (Verdict("", None, False), "Class 3, no prediction: outputs are not numbers"),
    ],
)
def test_title_of_one_example(outcome, expected):
    assert network.activations_title(3, outcome) == expected


@pytest.mark.parametrize(
    ("name", "outcome", "expected"),
    [
        (3, Verdict("", 3, True), "3   0.91   right"),
        (3, Verdict("", 3, False), "3   0.91   wrong"),
        (4, Verdict("", 3, False), "4   0.91   label"),
        (7, Verdict("", 3, False), "7   0.91"),
        (4, Verdict("", None, False), "4   0.91   label"),
    ],
)
def test_line_of_an_output(name, outcome, expected):
    assert network.output_text(name, 0.91, outcome, truth=4) == expected
