"""Teaching functions: their gradients against finite differences, and functions of one's own."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.analysis.functions.function import Function
from nnviz.analysis.functions.named import FUNCTIONS_1D, FUNCTIONS_2D, get_function
from nnviz.errors import SettingError, UnknownNameError

ALL = {f"{n} {name}": f for n, known in ((1, FUNCTIONS_1D), (2, FUNCTIONS_2D))
       for name, f in known.items()}  # fmt: skip


def points_in(function, n, seed):
    lows, highs = np.array(function.domain).T
    return np.random.default_rng(seed).uniform(lows, highs, (n, function.n_inputs))


@pytest.mark.parametrize("function", ALL.values(), ids=ALL)
@given(seed=st.integers(0, 1000))
@settings(deadline=None, max_examples=20)
def test_gradient_is_that_of_finite_differences(function, seed):
    points = points_in(function, 4, seed)
    for axis in range(function.n_inputs):
        aside = np.zeros_like(points)
        aside[:, axis] = 1e-6
        difference = (function.value(points + aside) - function.value(points - aside)) / 2e-6
        np.testing.assert_allclose(function.gradient(points)[:, axis], difference, atol=1e-5)


@pytest.mark.parametrize("function", ALL.values(), ids=ALL)
def test_values_have_the_shape_of_the_points(function):
    points = points_in(function, 6, 0).reshape(2, 3, -1)
    assert function.value(points).shape == (2, 3)
    assert function.gradient(points).shape == points.shape


def test_valleys_are_several():
    x = np.linspace(*FUNCTIONS_1D["valleys"].domain[0], 1000)[:, None]
    slopes = FUNCTIONS_1D["valleys"].gradient(x)[:, 0]
    assert ((slopes[:-1] < 0) & (slopes[1:] >= 0)).sum() == 3


def test_saddle_has_no_slope_and_no_minimum_in_its_middle():
    saddle, middle = FUNCTIONS_2D["saddle"], np.zeros(2)
    np.testing.assert_array_equal(saddle.gradient(middle), 0)
    assert (
        saddle.value(np.array([0.1, 0])) > saddle.value(middle) > saddle.value(np.array([0, 0.1]))
    )


def test_narrow_valley_ends_at_one():
    np.testing.assert_allclose(FUNCTIONS_2D["narrow"].gradient(np.ones(2)), 0, atol=1e-12)
    assert FUNCTIONS_2D["narrow"].value(np.ones(2)) == 0


@pytest.mark.parametrize(
    "point", [(3, 2), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)]
)
def test_four_valleys_are_himmelblaus(point):
    assert FUNCTIONS_2D["four-valleys"].value(np.array(point)) == pytest.approx(0, abs=1e-9)


# -- of one's own ---------------------------------------------------------------------------


def test_function_of_plain_numbers_is_taken():
    waves = Function.of(lambda x: math.sin(x) if x > 0 else x, [(-1, 4)])
    x = np.array([[-0.5], [1.0], [2.0]])
    np.testing.assert_allclose(waves.value(x), [-0.5, np.sin(1), np.sin(2)])
    np.testing.assert_allclose(waves.gradient(x)[:, 0], [1, np.cos(1), np.cos(2)], atol=1e-8)
    assert waves.n_inputs == 1


@given(a=st.floats(-5, 5), b=st.floats(-5, 5), x=st.floats(-50, 50), y=st.floats(-50, 50))
@settings(deadline=None, max_examples=50)
def test_gradient_of_ones_own_function_is_found(a, b, x, y):
    bowl = Function.of(lambda x, y: a * x**2 + b * x * y + y, [(-50, 50), (-50, 50)])
    expected = [2 * a * x + b * y, b * x + 1]
    np.testing.assert_allclose(bowl.gradient(np.array([x, y])), expected, rtol=1e-6, atol=1e-5)


def test_functions_have_names():
    assert get_function("four_valleys", 2) is FUNCTIONS_2D["four-valleys"]
    assert get_function("bowl", 1) is not get_function("bowl", 2)
    own = Function.of(abs, [(-1, 1)])
    assert get_function(own, 1) is own
    with pytest.raises(UnknownNameError, match="function of 1 variable must be one of bowl, val"):
        get_function("narrow", 1)
    with pytest.raises(SettingError, match=r"must have 2 variable\(s\); got 1"):
        get_function(own, 2)


@pytest.mark.parametrize(
    "domain", [[], [(1, 1)], [(2, 1)], [(0, 1)] * 3, [(0, math.inf)], [(math.nan, 1)]]
)
def test_domain_that_cannot_be_is_refused(domain):
    with pytest.raises(SettingError, match="domain must be one or two pairs"):
        Function.of(lambda x: x, domain)


def test_function_of_too_few_or_many_numbers_is_refused():
    with pytest.raises(SettingError, match=r"must take 2 number\(s\)"):
        Function.of(lambda x: x, [(0, 1), (0, 1)])
    with pytest.raises(SettingError, match=r"must take 1 number\(s\)"):
        Function.of(lambda x, y: x + y, [(0, 1)])


def test_function_is_nan_where_it_is_not_defined():
    root = Function.of(math.sqrt, [(-1, 4)])
    np.testing.assert_array_equal(root.value(np.array([[-1.0], [4.0]])), [np.nan, 2])


@pytest.mark.parametrize("function", [lambda _: None, lambda _: "one", lambda x: 1 / (x - x)])
def test_function_without_numbers_is_refused(function):
    with pytest.raises(SettingError, match=r"must give a number; at \[0\.5\] it failed"):
        Function.of(function, [(0, 1)])
