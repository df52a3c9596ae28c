"""The cost over a plane through parameter space."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.analysis.trajectory import Plane, principal_plane
from nnviz.core.arrays import FloatArray, IntArray
from nnviz.core.backpropagation import Backpropagation, Layer
from nnviz.core.costs import Cost
from nnviz.core.examples import Examples
from nnviz.core.network import Network
from nnviz.recording.recording import Recording

# Room around the path, as a share of its extent.
_MARGIN = 0.25


@dataclass(frozen=True, slots=True)
class Landscape:
    """A grid of costs.

    Parameters
    ----------
    x, y
        Coordinates of the columns ``(n_x,)`` and the rows ``(n_y,)``, ascending.
    costs
        Average cost at each point, ``(n_y, n_x)``.
    """

    x: FloatArray
    y: FloatArray
    costs: FloatArray


@dataclass(frozen=True, slots=True)
class Descent:
    """A recorded path on the cost surface of the plane that best holds it.

    Parameters
    ----------
    plane
        The path's principal plane.
    steps
        Training steps, ``(n,)``.
    path
        Where each is on the plane, ``(n, 2)``.
    costs
        The true cost at each, ``(n,)``; not the surface's under it, as the path leaves the
        plane.
    landscape
        The cost over the plane, on the same examples.
    """

    plane: Plane
    steps: IntArray
    path: FloatArray
    costs: FloatArray
    landscape: Landscape


def descent(recording: Recording, *, n: int = 61, aspect: float = 1.0) -> Descent:
    """Measure the landscape around a recorded path.

    Parameters
    ----------
    recording
        Of a training; costs are those of its sample of training examples.
    n
        Points along the landscape's x; y has as many as the aspect asks for.
    aspect
        Height of the landscape over its width; it grows around the path to fit.

    Raises
    ------
    RecordingError
        If the path has no plane; see :func:`principal_plane`.
    """
    parameters = np.asarray(recording.parameters)
    finite = np.isfinite(parameters).all(axis=1)
    plane = principal_plane(parameters)
    path = plane.project(parameters[finite].astype(np.float64))
    x, y = _frame(path, n, aspect)
    examples = recording.train_sample.examples(recording.n_classes)
    costs = cost_over_plane(recording.network_at(-1), examples, recording.cost, plane, x, y)
    return Descent(
        plane,
        np.asarray(recording.steps)[finite],
        path,
        np.asarray(recording.train_costs)[finite],
        Landscape(x, y, costs),
    )


def cost_over_plane(
    network: Network, examples: Examples, cost: Cost, plane: Plane, x: FloatArray, y: FloatArray
) -> FloatArray:
    """Return the average cost at every point of a grid on a plane.

    The first layer's pre-activations are linear in the plane's coordinates, so the inputs
    are multiplied with weights three times in all and not once a point.

    Parameters
    ----------
    network
        Gives the architecture; its parameters do not matter.
    examples
        The cost is averaged over these.
    cost
        Of one example.
    plane
        In the network's parameter space.
    x, y
        Coordinates of the columns ``(n_x,)`` and rows ``(n_y,)``.

    Returns
    -------
    FloatArray
        ``(n_y, n_x)``, float64; infinite where the cost overflows.
    """
    dtype = network.parameters.dtype
    basis = np.stack([plane.origin, *plane.directions]).astype(dtype)
    weights, biases = network.split(basis)[0]
    z_origin, z_x, z_y = (
        examples.inputs @ weight.T + bias for weight, bias in zip(weights, biases, strict=True)
    )
    first = network.layers[0].activation
    point = np.empty_like(network.parameters)
    upper = [
        Layer(weight, bias, layer.activation)
        for (weight, bias), layer in zip(network.split(point)[1:], network.layers[1:], strict=True)
    ]
    passes = Backpropagation(upper, len(examples)) if upper else None
    start = network.layers[0].weights.size + network.layers[0].biases.size
    a = np.empty_like(z_origin)
    costs = np.empty((len(y), len(x)))
    with np.errstate(over="ignore", invalid="ignore"):
        for i, v in enumerate(y):
            z_row = z_origin + dtype.type(v) * z_y
            tail = basis[0, start:] + dtype.type(v) * basis[2, start:]
            for j, u in enumerate(x):
                z = z_row + dtype.type(u) * z_x
                first.apply(z, a)
                if passes is None:
                    each = cost.per_example(z, a, examples.targets)
                else:
                    point[start:] = tail + dtype.type(u) * basis[1, start:]
                    passes.forward(a)
                    each = passes.costs(examples.targets, cost)
                costs[i, j] = each.mean(dtype=np.float64)
    # inf - inf and 0 * inf on the way: the cost is beyond all numbers there.
    costs[np.isnan(costs)] = np.inf
    return costs


def _frame(path: FloatArray, n: int, aspect: float) -> tuple[FloatArray, FloatArray]:
    low, high = path.min(axis=0), path.max(axis=0)
    center = (low + high) / 2
    half = (1 + 2 * _MARGIN) * (high - low) / 2
    # Both axes have one scale, so that distances and angles are true.
    half_width = max(half[0], half[1] / aspect)
    n_y = max(round(n * aspect), 2)
    x = center[0] + half_width * np.linspace(-1, 1, n)
    y = center[1] + half_width * aspect * np.linspace(-1, 1, n_y)
    return x, y
