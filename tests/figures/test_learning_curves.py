"""Curves are the recorded costs and accuracies."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.errors import UnknownNameError
from nnviz.figures import learning_curves


@pytest.mark.parametrize("quantity", ["accuracies", "costs"])
def test_learning_curves_are_the_recorded_numbers(tiny_recording, quantity):
    ax = learning_curves(tiny_recording, quantity)
    lines = {line.get_label(): line.get_xydata() for line in ax.lines}
    for name, part in (("training", "train"), ("held-out", "test")):
        sampled = getattr(tiny_recording, f"{part}_{quantity}")
        np.testing.assert_array_equal(lines[name], np.column_stack([tiny_recording.steps, sampled]))
        measured = tiny_recording.epoch_curve(part, quantity)
        np.testing.assert_array_equal(
            lines[f"{name}, all examples"],
            np.column_stack([tiny_recording.epoch_steps, measured]),
        )


def test_curves_are_told_apart_without_colour(tiny_recording):
    training, _, held_out, _ = learning_curves(tiny_recording, theme="print").lines
    assert training.get_linestyle() == "-"
    assert held_out.get_linestyle() == "--"


def test_unknown_quantity_is_refused(tiny_recording):
    with pytest.raises(UnknownNameError, match="quantity must be one of accuracies, costs"):
        learning_curves(tiny_recording, "losses")
