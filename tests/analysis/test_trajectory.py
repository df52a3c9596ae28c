"""How much of a recorded path counts: up to where the training diverges."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from nnviz.analysis.trajectory import converging_rows


def test_a_training_that_converges_keeps_all_its_moments(tiny_recording):
    assert converging_rows(tiny_recording) == tiny_recording.n_rows


@pytest.mark.parametrize(
    ("costs", "n"),
    [
        ([1, 2, 1, 500, 2, 1], 6),  # a leap from which it came back
        ([1, 2, 1, 1, 500, 900], 4),
        ([1, 900, 900, 900, 900, np.inf], 3),
        ([1, 2, 1, 1, np.nan, np.nan], 4),
        ([1e-5, 2e-3, 3e-3, 3e-3, 0.1, 0.2], 6),  # it forgets what it was given, no more
        ([1e-5, 2e-3, 3e-3, 1, 150, 700], 4),
    ],
)
def test_divergence_is_what_lasts(costs, n):
    recording = SimpleNamespace(
        parameters=np.zeros((6, 4)), train_costs=np.array(costs, float), n_rows=6
    )
    assert converging_rows(recording) == n
