"""The cost around a network, as contours and as a surface."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib import pyplot as plt

from nnviz.analysis.planes import plane_through, random_plane
from nnviz.analysis.trajectory import recorded_costs
from nnviz.core.evaluation import evaluate
from nnviz.core.network import Network
from nnviz.errors import SettingError
from nnviz.figures import landscape, landscape_surface


def test_landscape_is_the_cost_around_the_network(tiny_recording):
    ax = landscape(tiny_recording, step=0, reach=0.5)
    examples, _ = recorded_costs(tiny_recording, "train")
    plane = random_plane(tiny_recording.network_at(0))
    # The picture's corner, as the plain network measures it.
    corner = Network(tiny_recording.sizes, plane.at(np.array([0.5, 0.5])).astype(np.float32))
    expected = evaluate(corner, examples, tiny_recording.cost).cost
    bands = next(c for c in ax.collections if hasattr(c, "levels"))
    assert bands.levels[0] <= expected <= bands.levels[-1] * 1.0001
    assert bands.zmin <= expected <= bands.zmax
    assert ax.get_xlim() == ax.get_ylim() == (-0.5, 0.5)


def test_landscape_takes_a_plane(tiny_recording):
    rows = [0, 10, tiny_recording.n_rows - 1]
    plane = plane_through(*np.asarray(tiny_recording.parameters[rows]))
    told = []
    ax = landscape(tiny_recording, plane=plane, reach=60, on_progress=lambda *at: told.append(at))
    assert told[-1] == (51 * 51, 51 * 51)
    # The last network lies in the plane, but not in the middle of the picture.
    (dot,) = (line for line in ax.lines if line.get_label() == "the network")
    end = plane.project(np.asarray(tiny_recording.parameters[-1], np.float64))
    np.testing.assert_allclose(dot.get_xydata()[0], end)
    assert np.linalg.norm(end) > 1
    assert ax.get_title(loc="left") == "The cost over a plane"
    beyond = landscape(tiny_recording, plane=plane, reach=0.1)
    assert not [line for line in beyond.lines if line.get_label() == "the network"]


@pytest.mark.parametrize("reach", [0, -1, np.inf])
def test_reach_that_cannot_be_is_refused(tiny_recording, reach):
    with pytest.raises(SettingError, match="reach must be above 0"):
        landscape(tiny_recording, reach=reach)


def test_surface_stands_in_axes_of_three_dimensions(tiny_recording):
    figure = plt.figure()
    ax = landscape_surface(tiny_recording, ax=figure.add_subplot(projection="3d"))
    assert ax.has_data()
    low, high = ax.get_zlim()
    end = float(tiny_recording.train_costs[-1])
    assert low <= end <= high
    with pytest.raises(SettingError, match="must have projection='3d'"):
        landscape_surface(tiny_recording, ax=figure.add_subplot())
