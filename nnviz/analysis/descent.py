"""A recorded training's path on a plane, and the cost landscape around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.analysis.landscape import Landscape, RecordedCost, frame_around
from nnviz.analysis.planes import Plane, principal_plane
from nnviz.analysis.trajectory import Trajectory, converging_rows, project_path, recorded_costs
from nnviz.core.arrays import FloatArray
from nnviz.deprecation import renamed_names
from nnviz.progress import OnProgress
from nnviz.recording.recording import Recording

# Distances below this share of the coordinates are only rounding in single precision.
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """A recorded path on a plane, and the cost landscape around it.

    Parameters
    ----------
    trajectory
        Path of the training, seen on the plane.
    landscape
        Cost over the plane, averaged over the same examples as the path's costs.
    variance_explained
        Share of the path's variance along each direction of the plane, shape ``(2,)``, in
        [0, 1].
    n_diverged
        Number of recorded moments left out because the training had diverged; see
        :func:`nnviz.analysis.trajectory.converging_rows`.
    """

    trajectory: Trajectory
    landscape: Landscape
    variance_explained: FloatArray
    n_diverged: int

    @property
    def farthest(self) -> float:
        """Largest distance from the path to the plane; 0 where it is only rounding."""
        far = float(self.trajectory.distances.max())
        sizes = (self.trajectory.coordinates, self.landscape.plane.origin)
        return far if far > _ROUNDING * max(float(np.abs(each).max()) for each in sizes) else 0.0


def measure_descent(
    recording: Recording,
    *,
    plane: Plane | None = None,
    examples: str = "train",
    n: int = 61,
    aspect: float = 1.0,
    on_progress: OnProgress | None = None,
) -> Descent:
    """Project a recorded path onto a plane, and measure the cost landscape around it.

    The costs are kept in the recording's folder: the next call with the same arguments reads
    them from there.

    Parameters
    ----------
    recording
        The recorded training whose path is measured.
    plane
        Plane to project the path onto; by default the path's own
        :func:`nnviz.analysis.planes.principal_plane`.
    examples
        Which of the recording's samples costs are measured on: ``train`` or ``test``.
    n
        Number of points along the landscape's x axis, from 2 to 2000; there are ``n * aspect``
        along y.
    aspect
        Height of the landscape divided by its width, above 0. The landscape holds the whole
        path, whatever its aspect.
    on_progress
        Called with how many points of the landscape are done, and how many there are; not
        called if the costs are read from the recording's folder.

    Returns
    -------
    Descent
        The path on the plane and the landscape around it.

    Raises
    ------
    RecordingError
        If the path has no plane; see :func:`nnviz.analysis.planes.principal_plane`.
    UnknownNameError
        If the recording has no such sample.
    SettingError
        If ``n`` or the aspect is out of its range.
    """
    n_rows = converging_rows(recording)
    path = np.asarray(recording.parameters[:n_rows], np.float64)
    plane = principal_plane(path) if plane is None else plane
    sample, costs = recorded_costs(recording, examples)
    cost = RecordedCost(recording, sample)
    steps = np.asarray(recording.steps[:n_rows])
    trajectory = project_path(cost, plane, path, steps=steps, costs=costs[:n_rows])
    x, y = frame_around(trajectory.coordinates, n, aspect)
    landscape = cost.on_grid(plane, x, y, on_progress=on_progress)
    explained = plane.variance_explained(path)
    return Descent(trajectory, landscape, explained, recording.n_rows - n_rows)


# ``measure_descent`` was called ``descent`` before.
__getattr__ = renamed_names(__name__, {"descent": "nnviz.analysis.measure_descent"})
