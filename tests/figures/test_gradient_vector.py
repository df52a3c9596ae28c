"""Entries of a recorded gradient, with their signs and magnitudes."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.markers import CARETDOWNBASE

from nnviz.figures import gradient_sizes, gradient_vector
from nnviz.view.themes import DARK
from tests.figures.artists import lines_of


@pytest.mark.parametrize("step", [0, -1])
def test_gradient_is_drawn_entry_by_entry(tiny_recording, step):
    ax = gradient_vector(tiny_recording, step=step)
    (lines,) = (c for c in ax.collections if isinstance(c, LineCollection))
    entries = -tiny_recording.gradients[tiny_recording.row(step)]
    ends = np.array([segment[1] for segment in lines.get_segments()])
    np.testing.assert_allclose(ends, np.column_stack([np.arange(13002), entries]), rtol=1e-6)
    drawn = np.array([to_hex(color).upper() for color in lines.get_colors()])
    assert (drawn[entries > 0] == DARK.positive).all()
    assert (drawn[entries < 0] == DARK.negative).all()


def test_sizes_of_a_gradient_are_sorted_by_layer(tiny_recording):
    ax = gradient_sizes(tiny_recording)
    split = tiny_recording.network_at(0).split(np.asarray(tiny_recording.gradients[0]))
    lines = {name: drawn for name, drawn in lines_of(ax).items() if name.startswith("layer")}
    floor, n_marked = ax.get_ylim()[0], 0
    for (label, drawn), (weights, biases) in zip(lines.items(), split, strict=True):
        magnitudes = np.abs(np.concatenate([weights.ravel(), biases]))
        assert f"{len(magnitudes):,} entries" in label
        # What the picture does not reach down to is counted, and marked where the line leaves.
        n_below = int(((magnitudes > 0) & (magnitudes < floor)).sum())
        assert (f"{n_below:,} of them below the picture" in label) == (n_below > 0)
        n_marked += n_below > 0
        descending = np.sort(magnitudes[magnitudes > 0])[::-1]
        np.testing.assert_allclose(drawn[:, 1], descending)
    marks = [line for line in ax.lines if line.get_marker() == CARETDOWNBASE]
    assert len(marks) == n_marked > 0
    assert all(mark.get_ydata()[0] == pytest.approx(floor) for mark in marks)
