"""Which parameter an entry of the gradient belongs to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.analysis.gradients import Parameter, gradient_rows, outstanding
from nnviz.core.architecture import count_parameters
from nnviz.core.network import Network
from nnviz.errors import RecordingError, SettingError

SIZES = st.lists(st.integers(1, 6), min_size=2, max_size=5)


@given(sizes=SIZES, data=st.data())
def test_parameter_is_where_the_network_has_it(sizes, data):
    n = count_parameters(sizes)
    index = data.draw(st.integers(0, n - 1))
    network = Network(sizes, np.arange(n, dtype=np.float64))
    found = Parameter.at(sizes, index)
    if found.source is None:
        assert network.biases(found.layer)[found.neuron] == index
    else:
        assert network.weights(found.layer)[found.neuron, found.source] == index


@pytest.mark.parametrize("index", [-1, 13002])
def test_parameter_beyond_the_network_is_refused(index):
    with pytest.raises(SettingError, match=f"got index {index}"):
        Parameter.at((784, 16, 16, 10), index)


@given(sizes=SIZES, seed=st.integers(0, 100), n_zero=st.integers(0, 50))
def test_outstanding_entries_hold_the_largest_and_the_smallest(sizes, seed, n_zero):
    gradient = np.random.default_rng(seed).normal(size=count_parameters(sizes))
    gradient[:n_zero] = 0
    chosen = outstanding(sizes, gradient)
    indices = [parameter.index for parameter in chosen]
    assert indices == sorted(set(indices))
    magnitudes = np.abs(gradient)
    assert magnitudes[indices].max() == magnitudes.max()
    assert magnitudes[indices].min() == magnitudes.min()
    assert len(indices) <= 8


def test_outstanding_entries_are_of_every_layer():
    gradient = np.random.default_rng(0).normal(size=13002)
    weights = [p for p in outstanding((784, 16, 16, 10), gradient) if p.source is not None]
    assert {parameter.layer for parameter in weights} == {1, 2, 3}


def test_rows_are_those_recorded_from_a_step_on(tiny_recording):
    assert gradient_rows(tiny_recording, 0, 3) == range(3)
    last = tiny_recording.n_rows
    assert gradient_rows(tiny_recording, -1, 3) == range(last - 1, last)


def test_rows_end_before_a_divergence(diverged):
    rows = gradient_rows(diverged, 0, 1000)
    assert np.isfinite(diverged.gradients[rows.start : rows.stop]).all()
    assert rows.stop < diverged.n_rows
    with pytest.raises(RecordingError, match="must be finite; the training had diverged"):
        gradient_rows(diverged, -1, 1)
