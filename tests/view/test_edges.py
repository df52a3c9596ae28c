from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from nnviz.view.edges import contributions, edge_opacities

values = arrays(np.float64, array_shapes(max_dims=2, max_side=30), elements=st.floats(-1e6, 1e6))


def test_contributions_sum_to_the_pre_activation(tiny_recording):
    for layer in (1, 2, 3):
        a = np.asarray(tiny_recording.activations(layer - 1)[5])
        given_ = contributions(tiny_recording.weights(layer), a)
        z = np.asarray(tiny_recording.pre_activations(layer)[5]) - tiny_recording.biases(layer)
        np.testing.assert_allclose(given_.sum(axis=1), z, atol=1e-4)


@given(values)
def test_opacity_is_a_share_that_grows_with_magnitude(given_):
    opacities = edge_opacities(given_)
    assert opacities.shape == given_.shape
    assert ((opacities >= 0) & (opacities <= 1)).all()
    order = np.argsort(np.abs(given_), axis=None)
    assert (np.diff(opacities.ravel()[order]) >= -1e-12).all()


def test_few_edges_are_at_full_strength_and_many_fainter():
    assert edge_opacities(np.array([1.0, -2.0])).max() == 1
    assert edge_opacities(np.ones(12_960)).max() < 0.1


def test_strongest_of_many_still_shows():
    one = np.full(12_960, 0.001)
    one[7] = 1.0
    assert edge_opacities(one).max() > 0.9


def test_values_that_are_not_finite_do_not_show():
    np.testing.assert_array_equal(edge_opacities(np.array([np.nan, np.inf, 3.0, 0])), [0, 0, 1, 0])
    np.testing.assert_array_equal(edge_opacities(np.zeros(3)), 0)
