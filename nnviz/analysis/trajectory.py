"""Paths of trainings through parameter space, projected onto a plane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.analysis.landscape import RecordedCost
from nnviz.analysis.planes import FEWEST_SNAPSHOTS, Plane
from nnviz.core.arrays import FloatArray, IntArray
from nnviz.core.examples import Examples
from nnviz.names import find_named
from nnviz.recording.recording import Recording

# A training has diverged when its cost is this many times what it was at the start: the steps
# that follow, each much longer than the one before, would leave all others one dot.
_DIVERGED = 100.0
# Least cost that divergence is measured by, about that of an untrained network: a network that
# starts well and forgets what it knew has not diverged.
_UNTRAINED_COST = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Trajectory:
    """A path through parameter space, projected onto a plane.

    Parameters
    ----------
    steps
        Training steps taken before each point of the path, shape ``(n,)``.
    coordinates
        Coordinates on the plane of each point's projection, shape ``(n, 2)``.
    costs
        Cost of the network at each point of the path itself, shape ``(n,)``.
    surface_costs
        Cost at each point's projection, shape ``(n,)``: what a surface over the plane shows.
    distances
        Distance of each point from the plane, shape ``(n,)``, in the units of the parameters.
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
    """Project a path onto a plane, and measure the cost at its projection.

    Parameters
    ----------
    cost
        Cost function that the path goes down.
    plane
        Plane in parameter space to project onto.
    path
        Points of the path, one a row, shape ``(n, n_parameters)``, all finite.
    steps
        Training steps taken before each point, shape ``(n,)``.
    costs
        Cost at each point of the path itself, shape ``(n,)``.
    """
    path = np.asarray(path, np.float64)
    coordinates = plane.project(path)
    surface_costs = cost.at_points(plane, coordinates)
    return Trajectory(steps, coordinates, costs, surface_costs, plane.distances(path))


def converging_rows(recording: Recording) -> int:
    """Return how many recorded steps come before a training diverges: all, if it does not.

    It has diverged when, from there to the end, parameters or cost are not finite, or the cost
    is more than a hundred times what it was at the start (or than 1, if it was less at the
    start). The first three steps with finite parameters always count, as a plane needs three;
    steps after parameters that are not finite never do.

    Parameters
    ----------
    recording
        The recorded training.

    Returns
    -------
    int
        Number of leading rows to use, from 0 to ``recording.n_rows``.
    """
    finite = np.asarray(np.isfinite(recording.parameters).all(axis=1))
    costs = np.asarray(recording.train_costs)
    with np.errstate(invalid="ignore"):
        converges = finite & (costs <= _DIVERGED * np.fmax(costs[:1], _UNTRAINED_COST))
    last = np.flatnonzero(converges)
    n_finite = recording.n_rows if finite.all() else int(finite.argmin())
    n = max(int(last[-1]) + 1 if last.size else 0, FEWEST_SNAPSHOTS)
    return min(n, n_finite)


def recorded_costs(recording: Recording, examples: str) -> tuple[Examples, FloatArray]:
    """Return a sample of a recording, and its cost at every recorded step.

    Parameters
    ----------
    recording
        The recorded training.
    examples
        Which sample: ``train``, or ``test`` for held-out examples.

    Returns
    -------
    tuple of Examples and FloatArray
        The sample, and its average cost at each recorded step, shape ``(n_rows,)``.

    Raises
    ------
    UnknownNameError
        If the recording has no such sample.
    """
    samples = {"train": recording.train_costs, "test": recording.test_costs}
    costs = find_named("sample", examples, samples)
    return recording.examples(examples), np.asarray(costs)
