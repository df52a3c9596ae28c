"""Planes: of paths against a textbook decomposition, along random directions, through points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.analysis.planes import Plane, plane_through, principal_plane, random_plane
from nnviz.core.network import Network
from nnviz.errors import RecordingError, SettingError, ShapeError


def random_path(n: int, n_parameters: int, *, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, n_parameters)).cumsum(axis=0)


paths = st.builds(random_path, st.integers(3, 20), st.integers(2, 30), seed=st.integers(0, 1000))


@given(path=paths)
@settings(deadline=None, max_examples=50)
def test_plane_is_that_of_the_singular_value_decomposition(path):
    plane = principal_plane(path)
    centered = path - path.mean(axis=0)
    _, singular, components = np.linalg.svd(centered, full_matrices=False)
    np.testing.assert_allclose(plane.origin, path.mean(axis=0))
    overlap = plane.directions @ components[:2].T
    if singular[1] > 1e-6 * singular[0]:
        np.testing.assert_allclose(np.abs(overlap), np.eye(2), atol=1e-6)
    expected = singular[:2] ** 2 / (singular**2).sum()
    np.testing.assert_allclose(plane.variance_explained(path), expected, atol=1e-12)
    spread = (plane.project(path) ** 2).sum(axis=0) / (centered**2).sum()
    np.testing.assert_allclose(spread, plane.variance_explained(path), atol=1e-12)


@given(path=paths)
@settings(deadline=None, max_examples=50)
def test_variance_explained_is_a_share(path):
    first, second = principal_plane(path).variance_explained(path)
    assert 0 <= second <= first <= 1
    assert first + second <= 1 + 1e-12


@given(path=paths)
@settings(deadline=None, max_examples=50)
def test_directions_are_orthonormal_and_lead_to_the_end(path):
    plane = principal_plane(path)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    projected = plane.project(path)
    assert (projected[-1] >= projected[0] - 1e-9).all()


@given(path=paths, seed=st.integers(0, 100))
@settings(deadline=None, max_examples=50)
def test_points_of_the_plane_are_found_again(path, seed):
    plane = principal_plane(path)
    coordinates = np.random.default_rng(seed).normal(size=(4, 3, 2)) * 10
    points = plane.at(coordinates)
    assert points.shape == (4, 3, path.shape[1])
    np.testing.assert_allclose(plane.project(points), coordinates, atol=1e-9)
    np.testing.assert_allclose(plane.project(plane.origin), 0, atol=1e-9)


def test_projection_is_the_nearest_point():
    path = random_path(8, 12)
    plane = principal_plane(path)
    best = np.linalg.norm(plane.at(plane.project(path[3])) - path[3])
    for change in ([0.1, 0], [0, 0.1], [-0.1, 0.1]):
        assert np.linalg.norm(plane.at(plane.project(path[3]) + change) - path[3]) > best


def test_path_in_a_known_plane_is_recovered():
    rng = np.random.default_rng(0)
    axes = np.linalg.qr(rng.normal(size=(40, 2)))[0].T
    angle = np.linspace(0, 3, 25)
    known = np.stack([5 * np.cos(angle), np.sin(angle)], axis=1)
    path = rng.normal(size=40) + known @ axes
    plane = principal_plane(path.astype(np.float64))
    assert plane.variance_explained(path).sum() == pytest.approx(1)
    np.testing.assert_allclose(plane.at(plane.project(path)), path, atol=1e-12)
    np.testing.assert_allclose(plane.directions @ axes.T @ axes, plane.directions, atol=1e-12)


def test_straight_path_lies_along_the_first_direction():
    path = np.linspace(0, 1, 5)[:, None] * np.array([3.0, 0, 4]) + 7
    plane = principal_plane(path)
    np.testing.assert_allclose(plane.directions[0], [0.6, 0, 0.8], atol=1e-12)
    np.testing.assert_allclose(plane.variance_explained(path), [1, 0], atol=1e-12)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)


def test_moments_that_are_not_finite_do_not_count():
    path = random_path(9, 6)
    damaged = np.insert(path, [4, 9], np.nan, axis=0)
    damaged[4, 1:] = 0
    damaged[-1, 2] = np.inf
    found, expected = principal_plane(damaged), principal_plane(path)
    for name in Plane.__dataclass_fields__:
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name))


def test_single_precision_path_is_measured_in_double():
    path = random_path(9, 6).astype(np.float32)
    plane = principal_plane(path)
    assert plane.directions.dtype == plane.origin.dtype == np.float64
    np.testing.assert_allclose(plane.origin, path.mean(axis=0, dtype=np.float64))


@pytest.mark.parametrize("n_finite", [0, 1, 2])
def test_too_few_moments_are_refused(n_finite):
    path = np.full((5, 4), np.nan)
    path[:n_finite] = random_path(3, 4)[:n_finite]
    with pytest.raises(RecordingError, match=f"at least 3 recorded moments.*got {n_finite}"):
        principal_plane(path)
    with pytest.raises(RecordingError, match=f"got {n_finite}. Record more steps"):
        principal_plane(path[:n_finite])


@pytest.mark.parametrize("n", [3, 5, 6, 7, 100])
def test_path_that_never_moves_is_refused(n):
    moment = np.random.default_rng(n).normal(size=50)
    with pytest.raises(RecordingError, match="recorded parameters never change"):
        principal_plane(np.tile(moment.astype(np.float32), (n, 1)))


# -- several paths together -----------------------------------------------------------------


def test_plane_of_several_paths_is_that_of_all_their_moments():
    paths = [random_path(9, 12, seed=seed) for seed in range(3)]
    together, stacked = principal_plane(*paths), principal_plane(np.concatenate(paths))
    np.testing.assert_allclose(together.origin, stacked.origin)
    overlap = together.directions @ stacked.directions.T
    np.testing.assert_allclose(np.abs(overlap), np.eye(2), atol=1e-9)
    # Signs are those of the first path, not of the line from the first to the last.
    first = together.project(paths[0])
    assert (first[-1] >= first[0]).all()


def test_a_path_that_diverged_at_once_does_not_count():
    path = random_path(9, 12)
    nowhere = np.full((4, 12), np.nan)
    np.testing.assert_array_equal(
        principal_plane(nowhere, path).directions, principal_plane(path).directions
    )


def test_variance_of_a_still_path_is_none():
    plane = principal_plane(random_path(9, 6))
    np.testing.assert_array_equal(plane.variance_explained(np.ones((4, 6))), 0)


# -- any directions -------------------------------------------------------------------------


@given(seed=st.integers(0, 200))
@settings(deadline=None, max_examples=30)
def test_oblique_plane_finds_the_nearest_point_too(seed):
    rng = np.random.default_rng(seed)
    plane = Plane(rng.normal(size=8), rng.normal(size=(2, 8)))
    points = rng.normal(size=(5, 8))
    coordinates = plane.project(points)
    expected = np.linalg.lstsq(plane.directions.T, (points - plane.origin).T, rcond=None)
    np.testing.assert_allclose(coordinates, expected[0].T, atol=1e-8)
    np.testing.assert_allclose(plane.distances(points) ** 2, expected[1], atol=1e-8)
    np.testing.assert_allclose(plane.distances(plane.at(coordinates)), 0, atol=1e-8)


@pytest.mark.parametrize("sizes", [(12, 3), (12, 5, 4, 3)])
def test_random_directions_have_the_norms_of_the_neurons_weights(sizes):
    network = Network.create(sizes, seed=3)
    plane = random_plane(network, seed=1)
    np.testing.assert_array_equal(plane.origin, network.parameters)
    for layer, (weights, biases) in enumerate(network.split(plane.directions), start=1):
        norms = np.linalg.norm(weights, axis=-1)
        own = np.linalg.norm(network.weights(layer), axis=-1)
        np.testing.assert_allclose(norms, np.stack([own, own]), rtol=1e-6)
        assert not biases.any()
    again, other = random_plane(network, seed=1), random_plane(network, seed=2)
    np.testing.assert_array_equal(again.directions, plane.directions)
    assert not np.array_equal(other.directions, plane.directions)


def test_neuron_without_weights_has_a_direction_without_any():
    network = Network.create((12, 5, 3), seed=3)
    network.weights(1)[2] = 0
    directions = random_plane(network).directions
    assert not network.split(directions)[0][0][:, 2].any()
    assert np.isfinite(directions).all()


def test_network_without_weights_has_no_random_plane():
    network = Network.create((4, 3, 2), seed=0)
    network.parameters[...] = 0
    with pytest.raises(SettingError, match="must have weights that are not zero"):
        random_plane(network)


@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_paths_of_any_size_have_a_plane(size):
    path = np.random.default_rng(0).normal(size=(8, 20)).cumsum(axis=0)
    usual, other = principal_plane(path), principal_plane(size * path)
    np.testing.assert_allclose(other.directions, usual.directions, atol=1e-9)
    np.testing.assert_allclose(other.distances(size * path), size * usual.distances(path))
    np.testing.assert_allclose(
        other.variance_explained(size * path), usual.variance_explained(path)
    )


def test_plane_goes_through_three_points():
    points = np.random.default_rng(0).normal(size=(3, 20))
    plane = plane_through(*points)
    np.testing.assert_allclose(plane.distances(points), 0, atol=1e-12)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    first, second, third = plane.project(points)
    np.testing.assert_allclose(first, 0, atol=1e-12)
    assert second == pytest.approx([np.linalg.norm(points[1] - points[0]), 0])
    assert third[1] > 0
    # Distances between the points are those in parameter space.
    assert np.linalg.norm(third - second) == pytest.approx(np.linalg.norm(points[2] - points[1]))


@pytest.mark.parametrize("share", [0.0, 1.0, 0.3, -2.0])
def test_points_on_a_line_are_refused(share):
    first, second = np.random.default_rng(0).normal(size=(2, 20))
    with pytest.raises(SettingError, match="must not lie on a line"):
        plane_through(first, second, first + share * (second - first))
    with pytest.raises(SettingError, match="must not lie on a line"):
        plane_through(first, first, second)


def test_points_of_different_spaces_are_refused():
    with pytest.raises(ShapeError, match="as many parameters"):
        plane_through(np.zeros(3), np.ones(3), np.ones(4))
