"""What is said of a gradient."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.view.sentences import gradients


def test_batch_is_all_images_or_some(zoo):
    assert gradients.batch_text(zoo("tanh"), 0) == "a mini-batch of 10 images"
    assert gradients.batch_text(zoo("full-batch"), 0) == "all 200 training images"
    assert gradients.batch_text(zoo("three-moments"), 0) == "all 200 training images"


def test_batch_of_one_is_one_image(small_data, tmp_path):
    from nnviz.recording.run import train

    one = train(small_data, tmp_path / "run", layers=(64, 10), batch_size=1, epochs=1)
    assert gradients.batch_text(one, 0) == "a mini-batch of 1 image"


def test_caption_is_of_its_moment(zoo):
    recording = zoo("tanh")
    said = gradients.gradient_caption(recording, 2)
    assert said.endswith(f"recorded at step {recording.steps[2]:,}, on a mini-batch of 10 images")
    note = gradients.gradient_note(recording, 0)
    assert note.endswith(
        "before training; gradient of the average cost of a mini-batch of 10 images"
    )


def test_weights_that_move_are_counted(zoo):
    assert gradients.steps_heading(zoo("tanh"), range(3)) == (
        "In 2 steps all 828 move, each time by a gradient anew"
    )
    dead = zoo("dead-layer")
    assert gradients.steps_heading(dead, range(3)) == (
        "In 2 steps 10 of the 974 move, each time by a gradient anew"
    )
    assert gradients.steps_heading(dead, range(1)) == "No weight moves: what follows is the same"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (-0.9, "down, a lot"),
        (0.2, "up, somewhat"),
        (0.02, "up, a little"),
        (0.002, "up, hardly"),
        (0.0, "stays: exactly zero"),
    ],
)
def test_entries_are_weighed(entry, expected):
    assert gradients.weighing_text(entry, 1.0) == expected


@pytest.mark.parametrize(
    ("gradient", "expected"),
    [
        ([4.0, -1.0, 2.0], "the largest is 2 times the median"),
        (
            [4.0, -1.0, 2.0, 0.0],
            "the largest is 2 times the median of those not zero; 1 of 4 entries is exactly zero",
        ),
        (
            [4.0, -1.0, 2.0, 0.0, 0.0],
            "the largest is 2 times the median of those not zero; 2 of 5 entries are exactly zero",
        ),
        ([0.0, 0.0], "all 2 entries are exactly zero: nothing matters here"),
    ],
)
def test_zeros_are_counted_and_not_left_out(gradient, expected):
    assert gradients.spread_text(np.array(gradient)) == expected


def test_layers_count_their_entries():
    assert gradients.layer_entries_text(1, 12560, 5040) == (
        "layer 1: 12,560 entries, 5,040 of them zero"
    )
    assert gradients.layer_entries_text(2, 272, 0) == "layer 2: 272 entries"
    assert gradients.into_layer(2) == "into layer 2"


def test_headings_and_legend():
    column, changes, sizes = gradients.gradient_headings(13002)
    assert column == "13,002 weights and biases, one long column"
    assert changes != sizes
    assert [name for name, _ in gradients.gradient_legend()] == ["positive", "negative"]
    assert gradients.gradient_title() != gradients.gradient_sizes_title()
