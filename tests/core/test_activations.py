"""Activation functions against their formulas, and their derivatives against differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.special import expit, softmax

from nnviz.core.activations import ACTIVATIONS, RELU, SIGMOID, SOFTMAX, Activation, get_activation
from nnviz.errors import UnknownNameError

values = st.floats(-30, 30)
batches = arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=5), elements=values)
each_activation = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)

FORMULAS = {
    "sigmoid": expit,
    "tanh": np.tanh,
    "relu": lambda z: z * (z > 0),
    "identity": lambda z: z,
    "softmax": lambda z: softmax(z, axis=1),
}


def applied(activation: Activation, z: np.ndarray) -> np.ndarray:
    out = np.full_like(z, np.nan)
    activation.apply(z, out)
    return out


@each_activation
@given(z=batches)
@settings(deadline=None, max_examples=30)
def test_activation_follows_its_formula(activation, z):
    before = z.copy()
    a = applied(activation, z)
    np.testing.assert_allclose(a, FORMULAS[activation.name](z), rtol=1e-12, atol=1e-15)
    np.testing.assert_array_equal(z, before)


@given(z=batches)
@settings(deadline=None, max_examples=50)
def test_sigmoid_of_minus_z_is_one_minus_sigmoid(z):
    np.testing.assert_allclose(applied(SIGMOID, -z), 1 - applied(SIGMOID, z), atol=1e-15)


@given(z=batches, shift=values)
@settings(deadline=None, max_examples=50)
def test_softmax_sums_to_one_and_does_not_see_a_shift(z, shift):
    a = applied(SOFTMAX, z)
    np.testing.assert_allclose(a.sum(axis=1), 1)
    assert (a >= 0).all()
    np.testing.assert_allclose(applied(SOFTMAX, z + shift), a, rtol=1e-9, atol=1e-12)


@each_activation
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_activation_is_finite_at_extremes_without_warning(activation, dtype):
    z = np.array([[1e4, -1e4, 0], [-1e4, -1e4, -1e4], [1e4, 1e4, 1e4]], dtype)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        a = applied(activation, z)
    assert a.dtype == dtype
    assert np.isfinite(a).all()
    if activation.name in ("sigmoid", "softmax"):
        assert a[0].max() == 1
        assert a[0].min() == 0


@each_activation
def test_pull_back_is_the_transposed_jacobian(activation):
    rng = np.random.default_rng(0)
    z, delta = rng.normal(size=(2, 4)), rng.normal(size=(2, 4))
    h = 1e-6
    expected = np.empty_like(delta)
    for j in range(4):
        nudge = h * np.eye(4)[j]
        slope = (applied(activation, z + nudge) - applied(activation, z - nudge)) / (2 * h)
        expected[:, j] = (delta * slope).sum(axis=1)
    a = applied(activation, z)
    before = a.copy()
    activation.pull_back(delta, a)
    np.testing.assert_allclose(delta, expected, rtol=1e-6, atol=1e-9)
    np.testing.assert_array_equal(a, before)


def test_relu_passes_nothing_back_where_it_is_silent():
    delta = np.ones((1, 3))
    RELU.pull_back(delta, np.array([[0.0, 2.0, 0.0]]))
    np.testing.assert_array_equal(delta, [[0, 1, 0]])


@each_activation
def test_get_activation_finds_each_by_name(activation):
    assert get_activation(activation.name) is activation


def test_unknown_activation_is_answered_with_the_likely_one():
    with pytest.raises(UnknownNameError, match=r"activation must be .*'relo'.*mean 'relu'"):
        get_activation("relo")
