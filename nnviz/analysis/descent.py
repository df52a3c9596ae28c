"""The path of a training, projected onto a plane, and the cost around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.analysis.cache import measured_once
from nnviz.analysis.landscape import Landscape, OnProgress, cost_on_plane, cost_over_plane
from nnviz.analysis.planes import Plane, principal_plane
from nnviz.core.arrays import FloatArray, IntArray
from nnviz.core.examples import Examples
from nnviz.errors import SettingError, find_named
from nnviz.recording.recording import Recording

# Room around the path, as a share of its extent.
_MARGIN = 0.25

# A training has diverged when its cost is this many times what it was at the start: the steps
# that follow, each much longer than the one before, would leave all others one dot.
_DIVERGED = 100.0
# Points of a landscape along x.
_MOST_POINTS = 2000
# A cost about that of a network that knows nothing, whichever the cost.
_KNOWS_NOTHING = 1.0
_FEWEST_MOMENTS = 3

# Of distances in single precision, as a share of what they are the difference of.
_ROUNDING = 1e-6


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


def descent(
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
    steps = np.asarray(recording.steps[:n_rows])
    trajectory = project(recording, sample, plane, path, steps=steps, costs=costs[:n_rows])
    x, y = frame_around(trajectory.coordinates, n, aspect)
    landscape = measure_landscape(recording, sample, plane, x, y, on_progress=on_progress)
    explained = plane.variance_explained(path)
    return Descent(trajectory, landscape, explained, recording.n_rows - n_rows)


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


def project(
    recording: Recording,
    examples: Examples,
    plane: Plane,
    path: FloatArray,
    *,
    steps: IntArray,
    costs: FloatArray,
) -> Trajectory:
    """Project a path onto a plane, and measure the cost at its shadow.

    Parameters
    ----------
    recording
        Gives the network and its cost.
    examples
        The cost is averaged over these.
    plane
        In parameter space.
    path
        One moment a row, ``(n, n_parameters)``, all finite.
    steps
        Training steps, ``(n,)``.
    costs
        The true cost at each moment, ``(n,)``.
    """
    path = np.asarray(path, np.float64)
    coordinates = plane.project(path)
    network, cost = recording.network_at(-1), recording.cost
    under = measured_once(
        recording.path,
        [*_identity(recording, examples, plane), "points", coordinates],
        coordinates.shape[:-1],
        lambda: cost_on_plane(network, examples, cost, plane, coordinates),
    )
    return Trajectory(steps, coordinates, costs, under, plane.distances(path))


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


def measure_landscape(
    recording: Recording,
    examples: Examples,
    plane: Plane,
    x: FloatArray,
    y: FloatArray,
    *,
    on_progress: OnProgress | None = None,
) -> Landscape:
    """Measure a recorded network's cost over a plane; once, and then it is kept.

    Parameters
    ----------
    recording
        Gives the network and its cost.
    examples
        The cost is averaged over these.
    plane, x, y, on_progress
        See :func:`nnviz.analysis.landscape.cost_over_plane`.
    """
    network, cost = recording.network_at(-1), recording.cost

    def measure() -> FloatArray:
        return cost_over_plane(network, examples, cost, plane, x, y, on_progress=on_progress)

    costs = measured_once(
        recording.path,
        [*_identity(recording, examples, plane), "grid", x, y],
        (len(y), len(x)),
        measure,
    )
    return Landscape(plane, x, y, costs)


def _identity(recording: Recording, examples: Examples, plane: Plane) -> list[object]:
    network = sorted(recording.network_at(-1).describe().items())
    data = [examples.inputs, examples.labels]
    return [network, recording.cost.name, *data, plane.origin, plane.directions]


def frame_around(points: FloatArray, n: int, aspect: float) -> tuple[FloatArray, FloatArray]:
    """Return the coordinates of a grid around points, with one scale for both axes.

    Parameters
    ----------
    points
        On a plane, ``(m, 2)``.
    n
        Number of columns; rows are as many as the aspect asks for.
    aspect
        Height over width.

    Returns
    -------
    tuple
        Columns ``(n,)`` and rows ``(n_y,)``, ascending.

    Raises
    ------
    SettingError
        If the grid would have less than two columns, or no height.
    """
    if not 2 <= n <= _MOST_POINTS or not 0 < aspect < np.inf:
        message = (
            f"landscape must have 2 points or more along x, at most {_MOST_POINTS:,}, and an "
            f"aspect above 0; got {n} and {aspect}."
        )
        raise SettingError(message)
    low, high = points.min(axis=0), points.max(axis=0)
    center = (low + high) / 2
    half = (1 + 2 * _MARGIN) * (high - low) / 2
    # Both axes have one scale, so that distances and angles are true.
    half_width = max(half[0], half[1] / aspect) or 1.0
    n_y = max(round(n * aspect), 2)
    x = center[0] + half_width * np.linspace(-1, 1, n)
    y = center[1] + half_width * aspect * np.linspace(-1, 1, n_y)
    return x, y
