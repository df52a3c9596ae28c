"""Which run, when, which examples, and how sure a figure is."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from nnviz.analysis.landscape import Landscape
from nnviz.analysis.scores import Score
from nnviz.recording.recording import Recording
from nnviz.view.sentences import common


def test_moment_is_before_training_as_given_or_after_steps(zoo):
    assert common.moment_text(zoo("tanh"), 0) == "before training"
    assert common.moment_text(zoo("tanh"), 1) == "after 1 step"
    assert common.moment_text(zoo("tanh"), -1) == "after 400 steps"
    assert common.moment_text(zoo("given-and-trained"), 0) == "as it was given"


def test_examples_are_all_or_so_many_of_them(zoo):
    assert common.examples_text(zoo("tanh"), "train") == "all 200 training images"
    assert common.examples_text(zoo("classic"), "train") == "2,000 of 2,600 training images"
    assert common.examples_text(zoo("classic"), "test") == "2,000 of 2,400 held-out images"
    assert common.costs_caption(zoo("classic")) == (
        "costs: average over 2,000 of 2,600 training images"
    )
    assert common.costs_lines(zoo("tanh"))[1] == "all 200 training images."
    assert common.run_lines(zoo("tanh")) == ["64-10-8-10", "on small blobs (synthetic)"]


def test_sample_of_which_nearly_all_are_right_is_not_all_right():
    assert common.share_text(Score(1999 / 2000, 0.0007, 2000, 10000)) == "99.95 ± 0.07 %"
    assert common.share_text(Score(1.0, 0.0005, 2000, 10000)) == "100.0 ± 0.1 %"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Score(0.955, 0.0, 9, 9), "95.5 %"),
        (Score(0.959, 0.0041, 5, 9), "95.9 ± 0.4 %"),
        (Score(0.9995, 0.00004, 5, 9), "99.95 ± 0.004 %"),
        (Score(0.959, np.nan, 5, 9), "95.9 %"),
        (Score(np.nan, np.nan, 5, 9), "none"),
        (Score(1.0, 0.0, 9, 9), "100.0 %"),
    ],
)
def test_share_has_its_standard_error_if_it_is_of_a_sample(found, expected):
    assert common.share_text(found) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Score(0.0718, 0.0, 9, 9), "0.0718"),
        (Score(0.0718, 0.0052, 5, 9), "0.072 ± 0.005"),
        (Score(412.3, 23.0, 5, 9), "412 ± 20"),
        (Score(12345.678, 0.05, 5, 9), "12,345.68 ± 0.05"),
        (Score(250_000.0, 30_000.0, 5, 9), "2.5e5 ± 3e4"),
        (Score(4e-5, 2e-6, 5, 9), "4e−5 ± 2e−6"),
        (Score(0.07, 0.0, 5, 9), "0.07"),
        (Score(0.07, np.nan, 5, 9), "0.07"),
        (Score(np.inf, np.nan, 5, 9), "∞"),
        (Score(np.nan, np.nan, 9, 9), "none"),
    ],
)
def test_cost_has_its_standard_error_if_it_is_of_a_sample(found, expected):
    assert common.cost_text(found) == expected


def test_share_right_is_of_all_images_where_that_was_measured(zoo):
    recording = zoo("classic")
    between = next(r for r, s in enumerate(recording.steps) if s not in recording.epoch_steps)
    assert common.right_text(recording, 0).endswith("of all 2,400 held-out images right")
    said = common.right_text(recording, between)
    assert " ± " in said
    assert said.endswith("of 2,000 of 2,400 held-out images right")


def test_network_of_nan_reads_nothing(zoo):
    said = common.right_text(zoo("nan-at-once"), -1)
    assert said == "no prediction for all 100 held-out images: outputs are not numbers"


def test_sample_that_was_not_drawn_says_so(zoo, tmp_path):
    copy = shutil.copytree(zoo("classic").path, tmp_path / "run")
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["samples"]["drawn"] = "evenly"
    (copy / "manifest.json").write_text(json.dumps(manifest))
    said = common.right_text(Recording.open(copy), 1)
    assert said.endswith("held-out images right, not drawn at random")
    assert "±" not in said


def test_values_that_are_not_finite_are_counted():
    assert common.not_numbers_text(1, 4, "weights") == "1 of 4 weights is not finite"
    assert common.not_numbers_text(4, 4, "weights") == "4 of 4 weights are not finite"
    assert common.not_numbers_text(0, 4, "weights") == ""


def test_training_that_was_stopped_says_so(zoo):
    assert common.stopped_text(zoo("interrupted")) == "recorded up to step 37 of 400"
    assert common.stopped_text(zoo("tanh")) == ""


def test_scales_say_what_lies_beyond_them():
    assert common.scale_ends(0.5, below=True, above=True) == ("≤ −0.5", "≥ 0.5")
    assert common.scale_ends(0.5, below=False, above=False) == ("−0.5", "0.5")
    assert common.bound_texts(["1", "2"], below=True, above=True) == ["≤ 1", "≥ 2"]
    assert common.bound_texts(["1", "2"], below=False, above=False) == ["1", "2"]
    assert common.gap_name(np.array([True, False])) == "none"
    assert common.gap_name(np.array([False])) == ""


def test_gaps_of_a_map_are_counted():
    costs = np.array([[1.0, np.inf], [np.nan, 2.0]])
    land = Landscape(None, None, None, costs)
    assert common.gap_text(land) == "no finite cost at 2 of 4 points"
    assert common.gap_text(Landscape(None, None, None, np.ones((2, 2)))) == ""


def test_moments_left_out_are_counted():
    assert common.diverged_text(0) == ""
    assert common.diverged_text(1) == "diverged: 1 later moment is left out"
    assert common.diverged_text(1200) == "diverged: 1,200 later moments are left out"


def test_shares_of_a_plane_are_never_rounded_to_all():
    one, two = common.principal_names(np.array([0.99994, 0.00006]))
    assert one == "principal direction 1 (99.994 % of the variance)"
    assert two == "principal direction 2 (0.006 % of the variance)"


def test_long_lines_are_broken_in_two():
    assert common.in_two("") == []
    assert common.in_two("one") == ["one"]
    assert common.in_two("one two three") == ["one two", "three"]
