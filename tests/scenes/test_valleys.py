"""Optimizer runs are sorted by the valleys that they end in."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.analysis.functions.function import Function
from nnviz.analysis.functions.named import FUNCTIONS_1D
from nnviz.analysis.functions.optimizer_runs import run_optimizer
from nnviz.scenes._valleys import Valleys


def runs_from(function, starts, *, rate=0.02, n_steps=200):
    return [run_optimizer(function, [x], learning_rate=rate, n_steps=n_steps) for x in starts]


def test_valleys_are_numbered_from_the_left():
    function = FUNCTIONS_1D["valleys"]
    valleys = Valleys.of(function, runs_from(function, [2.5, -4.0, -1.0, -3.4]))
    assert valleys.numbers == (2, 0, 1, 0)
    assert valleys.n_valleys == 3
    assert [valleys.n_runs(valley) for valley in range(3)] == [2, 1, 1]
    assert valleys.first_run(0).points[0, 0] == -4.0
    assert valleys.have_settled


@pytest.mark.parametrize("n_steps", [5, 500])
def test_run_on_a_slope_without_end_has_not_settled(n_steps):
    falling = Function.of(lambda x: np.exp(-x), [(0, 10)])
    assert not Valleys.of(falling, runs_from(falling, [1.0], n_steps=n_steps)).have_settled
