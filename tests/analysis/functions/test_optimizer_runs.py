"""Optimizer runs: against closed forms, and against what SciPy finds by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from nnviz.analysis.functions.function import Function
from nnviz.analysis.functions.named import FUNCTIONS_1D, FUNCTIONS_2D
from nnviz.analysis.functions.optimizer_runs import (
    SCIPY_METHODS,
    OptimizerRun,
    run_optimizer,
    suitable_learning_rate,
)
from nnviz.errors import SettingError, ShapeError, UnknownNameError

BOWL = FUNCTIONS_2D["bowl"]


@given(start=st.floats(-3, 3), rate=st.floats(0.01, 1.9), n=st.integers(1, 40))
@settings(deadline=None, max_examples=50)
def test_descent_in_a_bowl_is_its_closed_form(start, rate, n):
    """Each step leaves a share 1 - rate of x^2/2's x; and 1 - 3 rate, 1 - rate of x's and y's."""
    run = run_optimizer(FUNCTIONS_1D["bowl"], [start], learning_rate=rate, n_steps=n)
    expected = start * (1 - rate) ** np.arange(n + 1)
    np.testing.assert_allclose(run.points[:, 0], expected, atol=1e-9)
    np.testing.assert_allclose(run.values, expected**2 / 2, atol=1e-9)
    np.testing.assert_allclose(run.gradients[:, 0], expected, atol=1e-9)
    assert not run.has_diverged


def test_descent_in_a_long_bowl_is_its_closed_form():
    run = run_optimizer(BOWL, [2.0, -1.0], learning_rate=0.3, n_steps=20)
    shares = np.array([1 - 0.9, 1 - 0.3]) ** np.arange(21)[:, None]
    np.testing.assert_allclose(run.points, np.array([2.0, -1.0]) * shares, atol=1e-12)


def test_momentum_in_a_bowl_is_its_recurrence():
    run = run_optimizer(
        FUNCTIONS_1D["bowl"], [1.0], method="momentum", learning_rate=0.1, n_steps=30
    )
    x, v = 1.0, 0.0
    for found in run.points[:, 0]:
        assert found == pytest.approx(x)
        v = 0.9 * v + x
        x -= 0.1 * v


def test_first_step_of_adam_is_the_rate_along_each_axis():
    run = run_optimizer(BOWL, [2.0, -1.0], method="adam", learning_rate=0.05, n_steps=1)
    np.testing.assert_allclose(run.points[1] - run.points[0], [-0.05, 0.05], rtol=1e-6)


@pytest.mark.parametrize("method", SCIPY_METHODS)
def test_scipys_methods_find_the_minimum(method):
    run = run_optimizer(FUNCTIONS_2D["narrow"], [-0.5, 1.5], method=method, n_steps=200)
    np.testing.assert_allclose(run.points[-1], 1, atol=0.01)
    np.testing.assert_array_equal(run.points[0], [-0.5, 1.5])
    assert len(run.points) > 3
    np.testing.assert_allclose(run.values, FUNCTIONS_2D["narrow"].value(run.points))


def test_scipys_steps_are_its_own():
    narrow, seen = FUNCTIONS_2D["narrow"], []
    minimize(narrow.value, [-0.5, 1.5], method="BFGS", jac=narrow.gradient,
             callback=lambda at: seen.append(at.copy()))  # fmt: skip
    np.testing.assert_array_equal(
        run_optimizer(narrow, [-0.5, 1.5], method="BFGS").points[1:], seen
    )


@pytest.mark.parametrize("method", ["gradient-descent", "momentum", *SCIPY_METHODS])
def test_steps_are_no_more_than_asked_for(method):
    run = run_optimizer(
        FUNCTIONS_2D["narrow"], [-0.5, 1.5], method=method, learning_rate=0.01, n_steps=3
    )
    assert len(run.points) <= 4


@pytest.mark.parametrize("method", ["gradient_descent", "momentum"])
def test_run_that_diverges_ends_where_numbers_do(method):
    run = run_optimizer(
        FUNCTIONS_2D["narrow"], [1.9, -0.5], method=method, learning_rate=1, n_steps=200
    )
    assert run.has_diverged
    assert 1 <= len(run.points) < 200
    for each in (run.points, run.values, run.gradients):
        assert np.isfinite(each).all()


def test_ones_own_function_is_minimised():
    own = Function.of(lambda x, y: (x - 1) ** 2 + (y + 2) ** 2, [(-4, 4), (-4, 4)])
    np.testing.assert_allclose(
        run_optimizer(own, [3, 3], n_steps=100).points[-1], [1, -2], atol=1e-6
    )
    np.testing.assert_allclose(
        run_optimizer(own, [3, 3], method="bfgs").points[-1], [1, -2], atol=1e-5
    )


def test_bad_requests_are_refused():
    with pytest.raises(UnknownNameError, match="Did you mean 'bfgs'"):
        run_optimizer(BOWL, [1, 1], method="bgfs")
    with pytest.raises(ShapeError, match=r"start must have 2 coordinate\(s\); got shape \(1,\)"):
        run_optimizer(BOWL, [1])
    for wrong in ({"learning_rate": 0}, {"learning_rate": np.nan}, {"n_steps": 0}):
        with pytest.raises(SettingError, match="learning rate must be above 0"):
            run_optimizer(BOWL, [1, 1], **wrong)


# -- a rate that suits ----------------------------------------------------------------------


@given(curvature=st.floats(1e-3, 1e3), other=st.floats(0, 1))
@settings(deadline=None, max_examples=30)
def test_rate_leaves_a_third_of_the_distance(curvature, other):
    own = Function(
        "", ((-1.0, 1.0), (-2.0, 2.0)),
        lambda p: curvature * (p[..., 0] ** 2 + other * p[..., 1] ** 2) / 2,
        lambda p: curvature * p * np.array([1.0, other]),
    )  # fmt: skip
    rate = suitable_learning_rate(own)
    assert 0.3 <= abs(1 - rate * curvature) <= 0.4 or rate == pytest.approx(
        0.65 / curvature, rel=0.35
    )
    end = run_optimizer(own, [0.9, 0.0], learning_rate=rate, n_steps=40).points[-1]
    assert abs(end[0]) < 0.01


@pytest.mark.parametrize("function", FUNCTIONS_2D.values(), ids=FUNCTIONS_2D)
def test_rate_leads_down(function):
    lows, highs = np.array(function.domain).T
    run = run_optimizer(
        function, lows + 0.6 * (highs - lows), learning_rate=suitable_learning_rate(function)
    )
    assert not run.has_diverged
    assert run.values[-1] < run.values[0]


@pytest.mark.parametrize(
    ("function", "rate"),
    [
        (lambda x: 3 * x, 0.03),
        (lambda _: 2.0, 0.1),
        (abs, 0.1),
        (lambda x: max(x, 0.0), 0.1),
        (lambda x: 1e6 * abs(x - 0.3), 1e-7),
    ],
)
def test_rate_of_functions_without_curvature(function, rate):
    """A step is a twentieth of the domain."""
    assert suitable_learning_rate(Function.of(function, [(-1, 1)])) == pytest.approx(rate)


def test_rate_looks_where_the_function_is_defined():
    root = Function.of(lambda x: (x - 1) ** 2 if x > 0 else float("nan"), [(-1, 3)])
    assert suitable_learning_rate(root) == pytest.approx(0.3)


def test_start_where_nothing_is_defined_is_refused():
    root = Function.of(lambda x: x**0.5 if x > 0 else float("nan"), [(-1, 3)])
    with pytest.raises(SettingError, match=r"finite value and gradient where a run starts; at "):
        run_optimizer(root, [-0.5])


@pytest.mark.parametrize(("rate", "left_at"), [(0.5, None), (2.5, 1), (1.9, None)])
def test_run_tells_when_it_leaves(rate, left_at):
    bowl = FUNCTIONS_1D["bowl"]
    run = run_optimizer(bowl, [2.9], learning_rate=rate, n_steps=6)
    assert run.leaves_at(bowl.domain) == left_at


def test_run_that_comes_back_has_not_left():
    run = OptimizerRun(
        np.array([[0.0], [9.0], [1.0]]), np.zeros(3), np.zeros((3, 1)), has_diverged=False
    )
    assert run.leaves_at([(-3, 3)]) is None
    lost = OptimizerRun(np.array([[0.0], [2.0]]), np.zeros(2), np.zeros((2, 1)), has_diverged=True)
    assert lost.leaves_at([(-3, 3)]) == 2
