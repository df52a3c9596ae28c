"""A recorded path on a plane, and the cost around it."""

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

# Error of distances in single precision, as a share of what they are the difference of.
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """A recorded path and the cost surface of a plane around it.

    Parameters
    ----------
    trajectory
        The path.
    landscape
        The cost over the plane, on the same examples.
    variance_explained
        Share of the path's variance along each direction of the plane, ``(2,)``, in [0, 1].
    n_diverged
        Recorded moments that are left out, as the training had diverged; see
        :func:`converging_rows`.
    """

    trajectory: Trajectory
    landscape: Landscape
    variance_explained: FloatArray
    n_diverged: int

    @property
    def farthest(self) -> float:
        """Most that the path is away from the plane; 0 where that is only rounding."""
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
    """Measure the landscape around a recorded path; once, and then it is kept.

    Parameters
    ----------
    recording
        Of a training.
    plane
        By default the path's own :func:`principal_plane`.
    examples
        ``train`` or ``test``: the recording's sample that costs are measured on.
    n
        Points along the landscape's x; y has as many as the aspect asks for.
    aspect
        Height of the landscape over its width; it grows around the path to fit.
    on_progress
        Told of the points that are done.

    Raises
    ------
    RecordingError
        If the path has no plane; see :func:`principal_plane`.
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


#: Finds ``descent``, as :func:`measure_descent` was called before.
__getattr__ = renamed_names(__name__, {"descent": "measure_descent"})
