"""How the learning rate falls."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.core.learning_rates import constant, cosine, default_learning_rate, get_decay
from nnviz.errors import UnknownNameError

progress = st.floats(0, 1)


def test_cosine_falls_from_one_to_exactly_zero():
    assert cosine(0) == 1
    assert cosine(0.5) == pytest.approx(0.5)
    assert cosine(1) == 0


@given(earlier=progress, later=progress)
def test_cosine_never_rises_nor_leaves_the_unit_interval(earlier, later):
    earlier, later = sorted((earlier, later))
    assert 0 <= cosine(later) <= cosine(earlier) <= 1
    assert cosine(earlier) == pytest.approx((1 + np.cos(np.pi * earlier)) / 2)


@given(progress=progress)
def test_constant_stays_one(progress):
    assert constant(progress) == 1


def test_get_decay_finds_each_by_name():
    assert get_decay("cosine") is cosine
    assert get_decay("constant") is constant


def test_unknown_decay_is_answered_with_the_likely_one():
    with pytest.raises(UnknownNameError, match=r"learning-rate decay must be .*mean 'cosine'"):
        get_decay("cosinus")


@pytest.mark.parametrize(
    ("optimizer", "activation", "cost", "expected"),
    [
        ("sgd", "sigmoid", "squared_error", 1.0),
        ("sgd", "sigmoid", "cross-entropy", 0.5),
        ("sgd", "relu", "squared_error", 0.2),
        ("gradient_descent", "tanh", "cross_entropy", 0.1),
        ("momentum", "sigmoid", "squared_error", 0.1),
        ("adam", "sigmoid", "squared_error", 0.003),
        ("adam", "relu", "cross_entropy", 0.003),
    ],
)
def test_default_rate_suits_the_other_settings(optimizer, activation, cost, expected):
    assert default_learning_rate(optimizer, activation, cost) == pytest.approx(expected)
