"""How well a network reads, and how sure that is."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from nnviz.analysis.scores import Score
from nnviz.recording.recording import Recording
from nnviz.view.sentences.scores import cost_text, right_text, share_text


def test_sample_of_which_nearly_all_are_right_is_not_all_right():
    assert share_text(Score(1999 / 2000, 0.0007, 2000, 10000)) == "99.95 ± 0.07 %"
    assert share_text(Score(1.0, 0.0005, 2000, 10000)) == "100.0 ± 0.1 %"


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
    assert share_text(found) == expected


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
    assert cost_text(found) == expected


def test_share_right_is_of_all_images_where_that_was_measured(zoo):
    recording = zoo("classic")
    between = next(r for r, s in enumerate(recording.steps) if s not in recording.epoch_steps)
    assert right_text(recording, 0).endswith("of all 2,400 held-out images right")
    said = right_text(recording, between)
    assert " ± " in said
    assert said.endswith("of 2,000 of 2,400 held-out images right")


def test_network_of_nan_reads_nothing(zoo):
    said = right_text(zoo("nan-at-once"), -1)
    assert said == "no prediction for all 100 held-out images: outputs are not numbers"


def test_sample_that_was_not_drawn_says_so(zoo, tmp_path):
    copy = shutil.copytree(zoo("classic").path, tmp_path / "run")
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["samples"]["drawn"] = "evenly"
    (copy / "manifest.json").write_text(json.dumps(manifest))
    said = right_text(Recording.open(copy), 1)
    assert said.endswith("held-out images right, not drawn at random")
    assert "±" not in said
