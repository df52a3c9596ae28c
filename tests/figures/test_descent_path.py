"""The path on its plane, and what the plane leaves out."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.analysis.descent import measure_descent
from nnviz.errors import RecordingError
from nnviz.figures import descent_path, descent_residuals
from nnviz.recording.run import train
from tests.figures.artists import lines_of, texts


def test_path_is_the_recorded_one_on_its_plane(tiny_recording):
    ax = descent_path(tiny_recording)
    descent = measure_descent(tiny_recording)
    lines, path = lines_of(ax), descent.trajectory
    np.testing.assert_allclose(lines["path"], path.coordinates)
    np.testing.assert_allclose(lines["recorded steps"], path.coordinates)
    share = 100 * descent.variance_explained.sum()
    assert any(f"the plane holds {share:.0f} %" in text for text in texts(ax))
    assert any(f"cost {path.costs[-1]:.3g}" in text for text in texts(ax))
    assert ax.get_aspect() == 1


def test_residuals_are_the_costs_and_the_distances(tiny_recording):
    ax = descent_residuals(tiny_recording)
    path, lines = measure_descent(tiny_recording).trajectory, lines_of(ax)
    columns = {
        "true cost of the path": path.costs,
        "cost of the surface under it": path.surface_costs,
    }
    for name, costs in columns.items():
        np.testing.assert_allclose(lines[name], np.column_stack([path.steps, costs]))
    (right,) = (other for other in ax.figure.axes if other is not ax)
    far = lines_of(right)["distance from the plane"]
    np.testing.assert_allclose(far, np.column_stack([path.steps, path.distances]))
    worst = np.abs(path.costs - path.surface_costs).argmax()
    assert any(f"at step {path.steps[worst]:,}: {path.costs[worst]:.3g}" in t for t in texts(ax))


def test_path_of_two_moments_has_no_plane(tiny_data, tmp_path):
    short = train(tiny_data, tmp_path / "run", epochs=1, record="log:2")
    with pytest.raises(RecordingError, match="moments"):
        descent_path(short)
