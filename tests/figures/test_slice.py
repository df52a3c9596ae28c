"""The cost along a line, and the recorded costs at its ends."""

from __future__ import annotations

import numpy as np

from nnviz.figures import slice_costs
from tests.figures.artists import lines_of


def test_slice_ends_at_the_recorded_costs(tiny_recording):
    lines = lines_of(slice_costs(tiny_recording))
    for name, recorded in (
        ("training examples", tiny_recording.train_costs),
        ("held-out examples", tiny_recording.test_costs),
    ):
        np.testing.assert_allclose(lines[f"{name}, recorded"][:, 1], recorded[[0, -1]])
        at, costs = lines[name].T
        at_ends = costs[[np.abs(at).argmin(), np.abs(at - 1).argmin()]]
        np.testing.assert_allclose(at_ends, recorded[[0, -1]], rtol=0.05)
