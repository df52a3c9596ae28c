"""Optimizers against their formulas, written out."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.optimizers import OPTIMIZERS, Adam, Momentum, create_optimizer
from nnviz.errors import UnknownNameError

START = np.array([1.0, -2.0, 0.5])
GRADIENTS = np.array([[0.1, -3, 0], [0.2, 1, 1e-5], [-0.4, 0.5, 2], [1, 1, 1]])
RATES = (0.1, 0.2, 0.05, 0.0)
each_optimizer = pytest.mark.parametrize("name", OPTIMIZERS)


def path(optimizer) -> np.ndarray:
    """Return the parameters after each gradient."""
    parameters, visited = START.copy(), []
    for gradient, rate in zip(GRADIENTS, RATES, strict=True):
        optimizer.step(parameters, gradient, rate)
        visited.append(parameters.copy())
    return np.array(visited)


@pytest.mark.parametrize("name", ["sgd", "gradient_descent"])
def test_gradient_descent_goes_against_the_gradient(name):
    moves = -np.array(RATES)[:, None] * GRADIENTS
    np.testing.assert_allclose(path(create_optimizer(name)), START + moves.cumsum(axis=0))


def test_momentum_follows_a_velocity():
    theta, v, expected = START, np.zeros(3), []
    for g, rate in zip(GRADIENTS, RATES, strict=True):
        v = 0.9 * v + g
        theta = theta - rate * v
        expected.append(theta)
    np.testing.assert_allclose(path(create_optimizer("momentum")), expected, rtol=1e-12)
    assert (path(Momentum(beta=0)) == path(create_optimizer("sgd"))).all()


def test_adam_follows_its_corrected_moments():
    theta, m, v, expected = START, np.zeros(3), np.zeros(3), []
    for t, (g, rate) in enumerate(zip(GRADIENTS, RATES, strict=True), start=1):
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        theta = theta - rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        expected.append(theta)
    np.testing.assert_allclose(path(create_optimizer("adam")), expected, rtol=1e-10)


def test_adam_first_steps_by_the_rate_along_every_parameter():
    parameters = np.zeros(3)
    Adam().step(parameters, np.array([1e-3, -50.0, 7.0]), 0.01)
    np.testing.assert_allclose(parameters, [-0.01, 0.01, -0.01], rtol=1e-4)


@each_optimizer
def test_optimizer_works_in_place_and_leaves_the_gradient(name):
    parameters, gradient = np.ones(4, np.float32), np.arange(4, dtype=np.float32)
    optimizer = create_optimizer(name)
    for _ in range(3):
        optimizer.step(parameters, gradient, 0.1)
    np.testing.assert_array_equal(gradient, [0, 1, 2, 3])
    assert parameters.dtype == np.float32
    assert parameters[0] == 1
    assert (parameters[1:] < 1).all()


@each_optimizer
def test_optimizer_is_created_at_rest(name):
    np.testing.assert_array_equal(path(create_optimizer(name)), path(create_optimizer(name)))


def test_unknown_optimizer_is_answered_with_the_likely_one():
    with pytest.raises(UnknownNameError, match=r"optimizer must be .*mean 'momentum'"):
        create_optimizer("momentun")
