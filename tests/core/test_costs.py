"""Costs against their formulas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import log_softmax, softmax

from nnviz.core.activations import IDENTITY, SIGMOID, SOFTMAX
from nnviz.core.costs import CROSS_ENTROPY, SQUARED_ERROR, get_cost
from nnviz.errors import SettingError, UnknownNameError

logits = arrays(np.float64, (3, 4), elements=st.floats(-50, 50))
labels = arrays(np.int64, (3,), elements=st.integers(0, 3))


def test_squared_error_is_the_sum_over_outputs_without_a_half():
    a, y = np.array([[1.0, 0.5, 0.0], [0.2, 0.2, 0.2]]), np.array([[0.0, 1, 0], [0, 0, 1]])
    expected = [1 + 0.25 + 0, 0.04 + 0.04 + 0.64]
    np.testing.assert_allclose(SQUARED_ERROR.per_example(a, a, y), expected)


@given(z=logits, labels=labels)
@settings(deadline=None, max_examples=50)
def test_cross_entropy_is_minus_the_log_probability_of_the_right_class(z, labels):
    found = CROSS_ENTROPY.per_example(z, softmax(z, axis=1), np.eye(4)[labels])
    expected = -log_softmax(z, axis=1)[np.arange(3), labels]
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)
    assert (found > -1e-12).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_cross_entropy_is_finite_at_extreme_logits(dtype):
    z = np.array([[1e4, -1e4], [-1e4, 1e4], [1e4, 1e4]], dtype)
    a = np.empty_like(z)
    SOFTMAX.apply(z, a)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        found = CROSS_ENTROPY.per_example(z, a, np.array([[1, 0]] * 3, dtype))
    np.testing.assert_allclose(found, [0, 2e4, np.log(2)], rtol=1e-3)


@pytest.mark.parametrize(
    ("cost", "output"),
    [
        (SQUARED_ERROR, SIGMOID),
        (SQUARED_ERROR, IDENTITY),
        (SQUARED_ERROR, SOFTMAX),
        (CROSS_ENTROPY, SOFTMAX),
    ],
    ids=lambda value: value.name,
)
def test_output_delta_is_the_slope_of_the_cost(cost, output):
    z, y = np.random.default_rng(1).normal(size=(3, 4)), np.eye(4)[[2, 0, 3]]

    def costs(z: np.ndarray) -> np.ndarray:
        a = np.empty_like(z)
        output.apply(z, a)
        return cost.per_example(z, a, y)

    h = 1e-6
    expected = np.stack(
        [(costs(z + nudge) - costs(z - nudge)) / (2 * h) for nudge in h * np.eye(4)], axis=1
    )
    a, delta = np.empty_like(z), np.empty_like(z)
    output.apply(z, a)
    cost.write_output_delta(a, y, output, delta)
    np.testing.assert_allclose(delta, expected, rtol=1e-6, atol=1e-9)


def test_get_cost_takes_hyphens_for_underscores():
    assert get_cost("cross-entropy") is get_cost("cross_entropy") is CROSS_ENTROPY
    assert get_cost("squared-error") is SQUARED_ERROR


def test_unknown_cost_is_answered_with_the_likely_one():
    with pytest.raises(UnknownNameError, match=r"cost must be .*mean 'squared_error'"):
        get_cost("squared_eror")


def test_cross_entropy_only_follows_softmax():
    CROSS_ENTROPY.check_output("softmax", 2)
    with pytest.raises(SettingError, match=r"'cross_entropy' must follow a 'softmax'.*'sigmoid'"):
        CROSS_ENTROPY.check_output("sigmoid", 2)


@pytest.mark.parametrize("output", ["sigmoid", "tanh", "relu", "identity", "softmax"])
def test_squared_error_follows_every_output(output):
    SQUARED_ERROR.check_output(output, 1)
