"""Bounds hold what a lower precision makes of a computation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnviz.verification.rounding import Bounded, Precision

SINGLE = Precision.of("float32")
numbers = st.floats(-100, 100, width=32)
matrices = arrays(np.float32, (3, 4), elements=numbers)


def holds(bounded, single):
    assert single.dtype == np.float32
    return (np.abs(single.astype(np.float64) - bounded.value) <= bounded.error + 1e-37).all()


@given(matrices, matrices, matrices)
@settings(deadline=None, max_examples=200)
def test_a_chain_of_operations_stays_within_its_bounds(x, y, z):
    exact = [Bounded.exactly(each, SINGLE) for each in (x, y, z)]
    product = exact[0] @ exact[1].T
    single = x @ y.T
    assert holds(product, single)
    product, single = product @ exact[2], single @ z
    assert holds(product, single)
    total, single = product * exact[0] + 3 - exact[1], single * x + np.float32(3) - y
    assert holds(total, single)
    assert holds(total.sum(axis=1, keepdims=True), single.sum(axis=1, keepdims=True))
    assert holds(-total.monotone(np.tanh, 4), -np.tanh(single))


def test_long_sums_stay_within_their_bounds():
    rng = np.random.default_rng(0)
    x, y = rng.random((200, 784), np.float32), rng.normal(0, 1, (784, 300)).astype(np.float32)
    found = Bounded.exactly(x, SINGLE) @ y
    assert holds(found, x @ y)
    # And they say something: a fifty-thousandth of what was added up.
    assert (found.error < 2e-5 * (x.astype(float) @ np.abs(y))).all()


def test_sign_is_unsure_where_rounding_decides_it():
    values = Bounded(np.array([1.0, 1e-9, -1e-9, -1.0, 0.0]), np.full(5, 1e-8), SINGLE)
    is_on = values.is_positive()
    assert is_on.value.tolist() == [1, 1, 0, 0, 0]
    assert is_on.error.tolist() == [0, 1, 1, 0, 1]


def test_exact_zero_is_surely_not_positive():
    assert Bounded.exactly(np.zeros(2), SINGLE).is_positive().error.tolist() == [0, 0]


def test_what_overflows_has_no_bound():
    large = Bounded.exactly([3e38, 1.0], SINGLE) * np.array([10.0, 10.0])
    assert large.error[0] == np.inf
    assert large.error[1] < 1e-5


@pytest.mark.parametrize(("n", "expected"), [(4, 4), (10_000, 300)])
def test_errors_of_a_sum_grow_like_a_random_walk(n, expected):
    assert SINGLE.of_sum(n) == pytest.approx(expected * SINGLE.unit)
