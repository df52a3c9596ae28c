"""The plane of a path, against a singular value decomposition of the textbook kind."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.analysis.trajectory import Plane, principal_plane
from nnviz.errors import RecordingError


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
    np.testing.assert_allclose(plane.variance_explained, expected)
    spread = (plane.project(path) ** 2).sum(axis=0) / (centered**2).sum()
    np.testing.assert_allclose(spread, plane.variance_explained, atol=1e-12)


@given(path=paths)
@settings(deadline=None, max_examples=50)
def test_variance_explained_is_a_share(path):
    first, second = principal_plane(path).variance_explained
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
    for nudge in ([0.1, 0], [0, 0.1], [-0.1, 0.1]):
        assert np.linalg.norm(plane.at(plane.project(path[3]) + nudge) - path[3]) > best


def test_path_in_a_known_plane_is_recovered():
    rng = np.random.default_rng(0)
    axes = np.linalg.qr(rng.normal(size=(40, 2)))[0].T
    angle = np.linspace(0, 3, 25)
    known = np.stack([5 * np.cos(angle), np.sin(angle)], axis=1)
    path = rng.normal(size=40) + known @ axes
    plane = principal_plane(path.astype(np.float64))
    assert plane.variance_explained.sum() == pytest.approx(1)
    np.testing.assert_allclose(plane.at(plane.project(path)), path, atol=1e-12)
    np.testing.assert_allclose(plane.directions @ axes.T @ axes, plane.directions, atol=1e-12)


def test_straight_path_lies_along_the_first_direction():
    path = np.linspace(0, 1, 5)[:, None] * np.array([3.0, 0, 4]) + 7
    plane = principal_plane(path)
    np.testing.assert_allclose(plane.directions[0], [0.6, 0, 0.8], atol=1e-12)
    np.testing.assert_allclose(plane.variance_explained, [1, 0], atol=1e-12)
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
