"""The cost of a recorded network on a grid, at points or along a line: measured once and kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnviz.analysis.costs import grid_costs, line_costs, point_costs
from nnviz.analysis.planes import Plane
from nnviz.analysis.stored_measurements import measured_once
from nnviz.core.arrays import FloatArray
from nnviz.core.examples import Examples
from nnviz.core.network import Network
from nnviz.errors import SettingError
from nnviz.progress import OnProgress
from nnviz.recording.recording import Recording

# Room on each side of a path, as a share of its extent: the path does not touch the frame.
_MARGIN = 0.25
# Most points of a landscape along x: more take minutes, and no screen shows them.
_MOST_POINTS = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """A grid of costs on a plane.

    Parameters
    ----------
    plane
        Plane in parameter space that the grid lies on.
    x, y
        Coordinates of the columns, shape ``(n_x,)``, and of the rows, shape ``(n_y,)``,
        ascending.
    costs
        Average cost at each point, shape ``(n_y, n_x)``; infinite where it overflows.
    """

    plane: Plane
    x: FloatArray
    y: FloatArray
    costs: FloatArray


class RecordedCost:
    """The average cost of a recorded network on some examples, as a function of its parameters.

    What is measured is kept in the recording's folder, and read from there the next time.

    Parameters
    ----------
    recording
        Recording that gives the network's architecture and the cost function.
    examples
        Examples that the cost is averaged over.
    """

    def __init__(self, recording: Recording, examples: Examples) -> None:
        self.examples = examples
        self._recording = recording

    def on_grid(
        self, plane: Plane, x: FloatArray, y: FloatArray, *, on_progress: OnProgress | None = None
    ) -> Landscape:
        """Measure the cost at every point of a grid on a plane.

        Parameters
        ----------
        plane, x, y, on_progress
            See :func:`nnviz.analysis.costs.grid_costs`.
        """
        network, cost = self._architecture(), self._recording.cost
        costs = self._measured_once(
            [plane.origin, plane.directions, "grid", x, y],
            (len(y), len(x)),
            lambda: grid_costs(network, self.examples, cost, plane, x, y, on_progress=on_progress),
        )
        return Landscape(plane, x, y, costs)

    def at_points(self, plane: Plane, points: FloatArray) -> FloatArray:
        """Measure the cost at points of a plane.

        Parameters
        ----------
        plane
            Plane in the network's parameter space.
        points
            Coordinates of the points on the plane, shape ``(n, 2)``.

        Returns
        -------
        FloatArray
            Average cost at each point, shape ``(n,)``; infinite where it overflows.
        """
        network, cost = self._architecture(), self._recording.cost
        return self._measured_once(
            [plane.origin, plane.directions, "points", points],
            points.shape[:-1],
            lambda: point_costs(network, self.examples, cost, plane, points),
        )

    def along_line(self, start: FloatArray, end: FloatArray, shares: FloatArray) -> FloatArray:
        """Measure the cost at points of a line through parameter space.

        Parameters
        ----------
        start, end, shares
            See :func:`nnviz.analysis.costs.line_costs`.

        Returns
        -------
        FloatArray
            Average cost at each place, shape ``(n,)``; infinite where it overflows.
        """
        network, cost = self._architecture(), self._recording.cost
        return self._measured_once(
            ["line", start, end, shares],
            shares.shape,
            lambda: line_costs(network, self.examples, cost, start, end, shares),
        )

    def slopes_along_line(
        self, start: FloatArray, end: FloatArray, shares: FloatArray
    ) -> FloatArray:
        """Measure the slope of the cost along a line through parameter space.

        Parameters
        ----------
        start, end, shares
            See :func:`nnviz.analysis.costs.line_costs`.

        Returns
        -------
        FloatArray
            Derivative of the cost by the share of the line, shape ``(n,)``: how much the cost
            would change from start to end at that slope.
        """

        def measure() -> FloatArray:
            network, examples = self._architecture(), self.examples
            along = end.astype(np.float64) - start
            slopes = np.empty(len(shares))
            for i, share in enumerate(shares):
                network.parameters[...] = start + share * along
                gradient = network.gradient(examples.inputs, examples.targets, self._recording.cost)
                slopes[i] = gradient @ along
            return slopes

        return self._measured_once(["slopes", start, end, shares], shares.shape, measure)

    def _architecture(self) -> Network:
        return self._recording.blank_network()

    def _measured_once(
        self, place: list[object], shape: tuple[int, ...], measure: Callable[[], FloatArray]
    ) -> FloatArray:
        """Return the costs at a place, measured anew if they or the cost function changed."""
        described = sorted(self._architecture().describe().items())
        of_cost = [described, self._recording.cost.name, self.examples.inputs, self.examples.labels]
        return measured_once(self._recording.path, [*of_cost, *place], shape, measure)


def frame_around(points: FloatArray, n: int, aspect: float) -> tuple[FloatArray, FloatArray]:
    """Return the coordinates of a grid around points, with one scale for both axes.

    Parameters
    ----------
    points
        Coordinates of points on a plane, shape ``(m, 2)``.
    n
        Number of columns, from 2 to 2000. There are ``n * aspect`` rows, at least 2.
    aspect
        Height of the grid divided by its width, above 0.

    Returns
    -------
    tuple of FloatArray
        Coordinates of the columns, shape ``(n,)``, and of the rows, shape ``(n_y,)``,
        ascending.

    Raises
    ------
    SettingError
        If the number of columns or the aspect is out of its range.
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
