"""The path of a training through parameter space, seen on a plane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.analysis.landscape import RecordedCost
from nnviz.analysis.planes import Plane
from nnviz.core.arrays import FloatArray, IntArray
from nnviz.core.examples import Examples
from nnviz.names import find_named
from nnviz.recording.recording import Recording

# A training has diverged when its cost is this many times what it was at the start: the steps
# that follow, each much longer than the one before, would leave all others one dot.
_DIVERGED = 100.0
# About the cost of a network that knows nothing, whichever the cost.
_KNOWS_NOTHING = 1.0
# Moments that are shown even of a training that diverges at once: a plane needs three.
_FEWEST_MOMENTS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Trajectory:
    """A path through parameter space, seen on a plane.

    Parameters
    ----------
    steps
        Training steps, ``(n,)``.
    coordinates
        The nearest point of the plane to each moment, ``(n, 2)``.
    costs
        The true cost at each moment, ``(n,)``.
    surface_costs
        The cost at the nearest point of the plane, ``(n,)``: what the surface shows there.
    distances
        From each moment to the plane, ``(n,)``, in the units of the parameters.
    """

    steps: IntArray
    coordinates: FloatArray
    costs: FloatArray
    surface_costs: FloatArray
    distances: FloatArray


def project_path(
    cost: RecordedCost,
    plane: Plane,
    path: FloatArray,
    *,
    steps: IntArray,
    costs: FloatArray,
) -> Trajectory:
    """Project a path onto a plane, and measure the cost where it is seen there.

    Parameters
    ----------
    cost
        The cost function that the path goes down.
    plane
        In parameter space.
    path
        One moment a row, ``(n, n_parameters)``, all finite.
    steps
        Training steps taken before each moment, ``(n,)``.
    costs
        The true cost at each moment, ``(n,)``.
    """
    path = np.asarray(path, np.float64)
    coordinates = plane.project(path)
    surface_costs = cost.at_points(plane, coordinates)
    return Trajectory(steps, coordinates, costs, surface_costs, plane.distances(path))


def converging_rows(recording: Recording) -> int:
    """Return how many recorded moments there are before a training diverges: all, if it does not.

    It has diverged when parameters or cost are not finite, or the cost is a hundred times
    what it was at the start, or of a network that knows nothing, and that is so to the end.
    The first three moments with finite parameters always count; none after one without.
    """
    finite = np.asarray(np.isfinite(recording.parameters).all(axis=1))
    costs = np.asarray(recording.train_costs)
    with np.errstate(invalid="ignore"):
        converges = finite & (costs <= _DIVERGED * np.fmax(costs[:1], _KNOWS_NOTHING))
    last = np.flatnonzero(converges)
    n_finite = recording.n_rows if finite.all() else int(finite.argmin())
    n = max(int(last[-1]) + 1 if last.size else 0, _FEWEST_MOMENTS)
    return min(n, n_finite)


def recorded_costs(recording: Recording, examples: str) -> tuple[Examples, FloatArray]:
    """Return a sample of a recording, and its cost at every recorded moment, ``(n_rows,)``.

    Parameters
    ----------
    recording
        Of a training.
    examples
        ``train`` or ``test``.
    """
    samples = {"train": recording.train_costs, "test": recording.test_costs}
    costs = find_named("sample", examples, samples)
    return recording.examples(examples), np.asarray(costs)
