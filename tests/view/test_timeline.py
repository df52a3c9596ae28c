"""Which recorded moment an animation shows when."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.view.timeline import paced_row, row_at


def test_moments_are_shown_from_first_to_last():
    shown = [row_at(alpha, 7) for alpha in np.linspace(0, 1, 200)]
    assert shown == sorted(shown)
    assert set(shown) == set(range(7))
    assert row_at(1.0, 1) == 0


def test_pace_shows_every_moment_of_an_even_path():
    path = np.column_stack([np.arange(7.0), np.zeros(7)])
    rows = [paced_row(alpha, path) for alpha in np.linspace(0, 1, 300)]
    assert rows == sorted(rows)
    assert set(rows) == set(range(7))


@pytest.mark.parametrize("path", [np.zeros((1, 2)), np.zeros((5, 2))])
def test_pace_of_a_path_that_stands_still(path):
    rows = [paced_row(alpha, path) for alpha in np.linspace(0, 1, 50)]
    assert rows[0] == 0
    assert rows[-1] == len(path) - 1


def test_pace_waits_for_leaps():
    path = np.array([[0.0, 0]] * 9 + [[10.0, 0]])
    rows = [paced_row(alpha, path) for alpha in np.linspace(0, 1, 101)]
    assert 45 <= rows.count(8) <= 55
