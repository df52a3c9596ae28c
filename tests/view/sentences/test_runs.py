"""Which run, when and which examples."""

from __future__ import annotations

from nnviz.view.sentences.runs import (
    costs_caption,
    costs_lines,
    data_text,
    examples_text,
    moment_text,
    run_lines,
    run_text,
    sizes_text,
    stopped_text,
)


def test_moment_is_before_training_as_given_or_after_steps(zoo):
    assert moment_text(zoo("tanh"), 0) == "before training"
    assert moment_text(zoo("tanh"), 1) == "after 1 step"
    assert moment_text(zoo("tanh"), -1) == "after 400 steps"
    assert moment_text(zoo("given-and-trained"), 0) == "as it was given"


def test_examples_are_all_or_so_many_of_them(zoo):
    assert examples_text(zoo("tanh"), "train") == "all 200 training images"
    assert examples_text(zoo("classic"), "train") == "2,000 of 2,600 training images"
    assert examples_text(zoo("classic"), "test") == "2,000 of 2,400 held-out images"
    assert costs_caption(zoo("classic")) == ("costs: average over 2,000 of 2,600 training images")
    assert costs_lines(zoo("tanh"))[1] == "all 200 training images."
    assert run_lines(zoo("tanh")) == ["64-10-8-10", "on small blobs (synthetic)"]


def test_training_that_was_stopped_says_so(zoo):
    assert stopped_text(zoo("interrupted")) == "recorded up to step 37 of 400"
    assert stopped_text(zoo("tanh")) == ""


def test_runs_are_named_and_synthetic_data_labelled(zoo):
    recording = zoo("two-classes")
    assert sizes_text(recording) == "108-6-4-2"
    assert data_text(recording) == "two blobs (synthetic)"
    assert run_text(recording) == "108-6-4-2 on two blobs (synthetic)"
