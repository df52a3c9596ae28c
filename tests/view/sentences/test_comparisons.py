"""What counts as a difference."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.view.sentences.comparisons import course, n_changed
from tests.view.sentences.courses import COURSES


@pytest.mark.parametrize("name", COURSES)
def test_course_of_a_cost(name):
    assert course(np.array(COURSES[name])) == name


@pytest.mark.parametrize("costs", [[1.0, np.nan], [np.inf, 1.0], [1.0, np.inf]])
def test_cost_that_is_not_finite_has_no_course(costs):
    assert course(np.array(costs)) == "none"


def test_gap_in_between_does_not_count_but_infinity_is_up():
    assert course(np.array([3.0, np.nan, 1.0])) == "down"
    assert course(np.array([3.0, np.inf, 1.0])) == "over"
    assert course(np.array([3.0, np.inf, 4.0])) == "back"


def test_what_changes_and_changes_back_has_changed():
    history = np.array(
        [[1.0, 2.0, np.nan, np.nan], [9.0, 2.0, np.nan, 1.0], [1.0, 2.0, np.nan, 1.0]]
    )
    assert n_changed(history) == 2
