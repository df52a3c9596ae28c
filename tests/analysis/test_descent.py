"""A recorded path on a plane: where it is, what it costs, what the surface shows."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.analysis.descent import measure_descent
from nnviz.analysis.planes import plane_through, random_plane
from nnviz.analysis.trajectory import converging_rows, recorded_costs
from nnviz.core.evaluation import evaluate
from nnviz.core.network import Network
from nnviz.errors import RecordingError, UnknownNameError
from nnviz.recording.folder import MEASURED
from nnviz.recording.run import train


@pytest.mark.parametrize("aspect", [1.0, 0.5, 2.0])
def test_descent_shows_the_whole_path_to_scale(tiny_recording, aspect):
    found = measure_descent(tiny_recording, n=9, aspect=aspect)
    x, y, path = found.landscape.x, found.landscape.y, found.trajectory.coordinates
    assert (len(x), len(y)) == (9, round(9 * aspect))
    assert found.landscape.costs.shape == (len(y), len(x))
    assert (y[-1] - y[0]) / (x[-1] - x[0]) == pytest.approx(aspect)
    assert x[0] < path[:, 0].min() < path[:, 0].max() < x[-1]
    assert y[0] < path[:, 1].min() < path[:, 1].max() < y[-1]
    assert (np.diff(x) > 0).all()
    assert (np.diff(y) > 0).all()


def test_descent_has_the_recorded_steps_and_costs(tiny_recording):
    found = measure_descent(tiny_recording, n=3)
    np.testing.assert_array_equal(found.trajectory.steps, tiny_recording.steps)
    np.testing.assert_array_equal(found.trajectory.costs, tiny_recording.train_costs)
    held_out = measure_descent(tiny_recording, n=3, examples="test")
    np.testing.assert_array_equal(held_out.trajectory.costs, tiny_recording.test_costs)
    assert found.n_diverged == 0


def test_path_is_the_plane_and_what_is_left(tiny_recording):
    found = measure_descent(tiny_recording, n=3)
    parameters = np.asarray(tiny_recording.parameters, np.float64)
    plane, path = found.landscape.plane, found.trajectory
    np.testing.assert_allclose(path.coordinates, plane.project(parameters))
    shadow = plane.at(path.coordinates)
    np.testing.assert_allclose(path.distances, np.linalg.norm(parameters - shadow, axis=1))
    # Pythagoras: what the plane holds of the variance, and the squares of what it does not.
    spread = np.square(parameters - parameters.mean(axis=0)).sum()
    left = 1 - np.square(path.distances).sum() / spread
    assert found.variance_explained.sum() == pytest.approx(left)


def test_surface_at_each_point_of_the_path_is_the_networks_cost_there(tiny_recording):
    found = measure_descent(tiny_recording, n=3)
    examples, costs = recorded_costs(tiny_recording, "train")
    plane = found.landscape.plane
    for row in range(0, tiny_recording.n_rows, 5):
        there = plane.at(found.trajectory.coordinates[row]).astype(np.float32)
        expected = evaluate(Network(tiny_recording.sizes, there), examples, tiny_recording.cost)
        assert found.trajectory.surface_costs[row] == pytest.approx(expected.cost, rel=1e-5)
        # And the path's own cost is the network's own.
        own = evaluate(tiny_recording.network_at(row - tiny_recording.n_rows), examples,
                       tiny_recording.cost)  # fmt: skip
        assert costs[row] == pytest.approx(own.cost, rel=1e-5)


def test_point_on_the_plane_costs_what_the_surface_shows(tiny_recording):
    """A plane through three recorded moments: there the path does lie on the surface."""
    rows = [0, tiny_recording.n_rows // 2, tiny_recording.n_rows - 1]
    plane = plane_through(*np.asarray(tiny_recording.parameters[rows]))
    path = measure_descent(tiny_recording, plane=plane, n=3).trajectory
    np.testing.assert_allclose(path.distances[rows], 0, atol=1e-5)
    np.testing.assert_allclose(path.surface_costs[rows], path.costs[rows], rtol=1e-5)


@pytest.mark.parametrize("examples", ["train", "test"])
def test_descent_measures_on_the_sample_asked_for(tiny_recording, examples):
    found = measure_descent(tiny_recording, n=3, examples=examples)
    sample, _ = recorded_costs(tiny_recording, examples)
    land = found.landscape
    for i, v in enumerate(land.y):
        for j, u in enumerate(land.x):
            parameters = land.plane.at(np.array([u, v])).astype(np.float32)
            there = Network(tiny_recording.sizes, parameters)
            expected = evaluate(there, sample, tiny_recording.cost).cost
            assert land.costs[i, j] == pytest.approx(expected, rel=1e-5)


def test_unknown_sample_is_refused(tiny_recording):
    with pytest.raises(UnknownNameError, match="sample must be one of test, train"):
        measure_descent(tiny_recording, n=3, examples="tset")


def test_path_may_be_seen_on_a_random_plane(tiny_recording):
    plane = random_plane(tiny_recording.network_at(-1))
    found = measure_descent(tiny_recording, plane=plane, n=3)
    assert found.variance_explained.sum() < 0.2
    np.testing.assert_allclose(found.trajectory.coordinates[-1], 0, atol=1e-6)


# -- trainings that go wrong ----------------------------------------------------------------


def test_moments_after_a_divergence_are_left_out(diverged):
    finite = np.isfinite(diverged.parameters).all(axis=1)
    assert not finite.all()
    found = measure_descent(diverged, n=3)
    n = converging_rows(diverged)
    assert 3 <= n < diverged.n_rows
    assert found.n_diverged == diverged.n_rows - n
    np.testing.assert_array_equal(found.trajectory.steps, diverged.steps[:n])
    assert np.isfinite(found.trajectory.coordinates).all()
    assert np.isfinite(found.landscape.x).all()
    for name in ("coordinates", "costs", "surface_costs", "distances"):
        assert len(getattr(found.trajectory, name)) == n


def test_three_moments_are_enough(three_steps):
    assert three_steps.n_rows == 3
    found = measure_descent(three_steps, n=5)
    np.testing.assert_allclose(found.trajectory.distances, 0, atol=1e-5)
    np.testing.assert_allclose(found.trajectory.surface_costs, found.trajectory.costs, rtol=1e-5)
    assert found.variance_explained.sum() == pytest.approx(1)


def test_descent_of_too_short_a_path_is_refused(small_data, tmp_path):
    run = train(small_data, tmp_path / "run", epochs=1, record="epochs")
    with pytest.raises(RecordingError, match=r"at least 3 recorded moments .*got 2"):
        measure_descent(run)


# -- what is kept ---------------------------------------------------------------------------


@pytest.fixture
def run(small_data, tmp_path):
    return train(small_data, tmp_path / "run", epochs=3, record="every:1")


def kept(recording):
    return sorted((recording.path / MEASURED).iterdir())


def test_landscape_is_measured_once(run, monkeypatch):
    first = measure_descent(run, n=5)
    files = kept(run)
    assert len(files) == 2  # the grid, and the points under the path
    monkeypatch.setattr("nnviz.analysis.landscape.grid_costs", None)
    monkeypatch.setattr("nnviz.analysis.landscape.point_costs", None)
    again = measure_descent(run, n=5)
    np.testing.assert_array_equal(again.landscape.costs, first.landscape.costs)
    np.testing.assert_array_equal(again.trajectory.surface_costs, first.trajectory.surface_costs)
    assert kept(run) == files


@pytest.mark.parametrize(
    "other", [{"n": 6}, {"aspect": 0.5}, {"examples": "test"}, {"plane": "random"}]
)
def test_other_landscapes_are_measured_anew(run, other):
    before = measure_descent(run, n=5).landscape.costs
    if "plane" in other:
        other = {"plane": random_plane(run.network_at(-1))}
    after = measure_descent(run, **({"n": 5} | other)).landscape.costs
    assert after.shape != before.shape or not np.array_equal(after, before)
    assert len(kept(run)) > 2


@pytest.mark.parametrize("damage", [b"", b"not an array", None])
def test_damaged_file_is_measured_anew(run, damage):
    first = measure_descent(run, n=5).landscape.costs
    for file in kept(run):
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    np.testing.assert_array_equal(measure_descent(run, n=5).landscape.costs, first)


def test_folder_that_cannot_be_written_is_no_matter(run):
    (run.path / MEASURED).write_text("in the way")
    assert measure_descent(run, n=5).landscape.costs.shape == (5, 5)


def test_what_is_kept_does_not_hinder_the_recording(run, small_data):
    measure_descent(run, n=5)
    again = train(small_data, run.path, epochs=2, record="every:1", force=True)
    assert not (again.path / MEASURED).exists()
    assert np.isfinite(measure_descent(again, n=3).landscape.costs).all()
