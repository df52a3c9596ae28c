"""The distributions that parameters start from."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kstest

from nnviz.core.initializers import INITIALIZERS, default_initializer, get_initializer
from nnviz.errors import UnknownNameError

DEVIATIONS = {"normal": 1.0, "scaled": 1 / np.sqrt(50), "he": np.sqrt(2 / 50)}
each_initializer = pytest.mark.parametrize("name", INITIALIZERS)


@each_initializer
def test_initializer_draws_weights_of_its_distribution(name):
    weights, biases = get_initializer(name)(50, 400, np.random.default_rng(0))
    assert weights.shape == (400, 50)
    assert biases.shape == (400,)
    assert kstest(weights.ravel() / DEVIATIONS[name], "norm").pvalue > 0.01


def test_only_normal_draws_biases():
    biases = {
        name: get_initializer(name)(50, 400, np.random.default_rng(0))[1] for name in DEVIATIONS
    }
    assert kstest(biases["normal"], "norm").pvalue > 0.01
    assert not biases["scaled"].any()
    assert not biases["he"].any()


@each_initializer
def test_initializer_draws_from_the_generator_given(name):
    draws = [get_initializer(name)(3, 2, np.random.default_rng(seed))[0] for seed in (0, 0, 1)]
    np.testing.assert_array_equal(draws[0], draws[1])
    assert (draws[0] != draws[2]).all()


@pytest.mark.parametrize(
    ("activation", "expected"), [("relu", "he"), ("sigmoid", "scaled"), ("tanh", "scaled")]
)
def test_default_initializer_suits_the_activation(activation, expected):
    assert default_initializer(activation) == expected


def test_unknown_initializer_is_answered_with_the_likely_one():
    with pytest.raises(UnknownNameError, match=r"initializer must be .*mean 'normal'"):
        get_initializer("norml")
