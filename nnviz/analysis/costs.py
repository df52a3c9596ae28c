"""The average cost of a network at many points of its parameter space at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nnviz.analysis.planes import Plane
from nnviz.core.activations import SIGMOID, TANH, Activation
from nnviz.core.arrays import FloatArray
from nnviz.core.costs import Cost
from nnviz.core.examples import Examples
from nnviz.core.network import Network
from nnviz.progress import OnProgress

# Examples that go through the network together: a layer's activations fit a processor's cache.
_BLOCK_EXAMPLES = 2500


def grid_costs(
    network: Network,
    examples: Examples,
    cost: Cost,
    plane: Plane,
    x: FloatArray,
    y: FloatArray,
    *,
    on_progress: OnProgress | None = None,
) -> FloatArray:
    """Return the average cost at every point of a grid on a plane.

    Parameters
    ----------
    network
        Network that gives the architecture; its parameters do not matter.
    examples
        Examples that the cost is averaged over.
    cost
        Cost function of one example.
    plane
        Plane in the network's parameter space.
    x, y
        Coordinates of the grid's columns, shape ``(n_x,)``, and of its rows, shape ``(n_y,)``.
    on_progress
        Called after each point with how many points are done, and how many there are.

    Returns
    -------
    FloatArray
        Average cost at each point, shape ``(n_y, n_x)``, in double precision; infinite where
        it overflows.
    """
    u, v = np.meshgrid(x, y)
    points = np.column_stack([u.ravel(), v.ravel()])
    costs = point_costs(network, examples, cost, plane, points, on_progress=on_progress)
    return costs.reshape(u.shape)


def line_costs(
    network: Network,
    examples: Examples,
    cost: Cost,
    start: FloatArray,
    end: FloatArray,
    shares: FloatArray,
) -> FloatArray:
    """Return the average cost at points of the line through two points of parameter space.

    Parameters
    ----------
    network, examples, cost
        See :func:`grid_costs`.
    start, end
        Two points of parameter space, shape ``(n_parameters,)`` each.
    shares
        Places on the line, shape ``(n,)``: 0 is the start, 1 the end. Values below 0 and above
        1 lie beyond them.

    Returns
    -------
    FloatArray
        Average cost at each place, shape ``(n,)``, in double precision; infinite where it
        overflows.

    Source
    ------
    Goodfellow et al., *Qualitatively characterizing neural network optimization problems*
    (2015).
    """
    origin = np.asarray(start, np.float64)
    along = np.asarray(end, np.float64) - origin
    line = Plane(origin, np.stack([along, np.zeros_like(along)]))
    points = np.column_stack([shares, np.zeros(len(shares))])
    return point_costs(network, examples, cost, line, points)


def point_costs(
    network: Network,
    examples: Examples,
    cost: Cost,
    plane: Plane,
    points: FloatArray,
    *,
    on_progress: OnProgress | None = None,
) -> FloatArray:
    """Return the average cost at points of a plane.

    The first layer's pre-activations are linear in the plane's coordinates, so the inputs
    are multiplied with weights three times in all and not once for each point.

    Parameters
    ----------
    network, examples, cost, plane, on_progress
        See :func:`grid_costs`.
    points
        Coordinates of the points on the plane, shape ``(n, 2)``. It is fastest if successive
        points have the same y.

    Returns
    -------
    FloatArray
        Average cost at each point, shape ``(n,)``, in double precision; infinite where it
        overflows.
    """
    dtype = network.parameters.dtype
    totals = np.zeros(len(points))
    done, n_blocks = 0, -(-len(examples) // _BLOCK_EXAMPLES)
    with np.errstate(over="ignore", invalid="ignore"):
        points = np.asarray(points, dtype)
        layers = _layers_on(network, np.stack([plane.origin, *plane.directions]))
        for start in range(0, len(examples), _BLOCK_EXAMPLES):
            rows = slice(start, start + _BLOCK_EXAMPLES)
            inputs = np.asarray(examples.inputs[rows], dtype)
            targets = np.asarray(examples.targets[rows], dtype)
            for i, total in enumerate(_totals(layers, inputs, targets, cost, points)):
                totals[i] += total
                done += 1
                if on_progress is not None and done % n_blocks == 0:
                    on_progress(done // n_blocks, len(points))
    costs = totals / len(examples)
    # A NaN comes of inf - inf or 0 * inf in between: the cost itself has overflowed there.
    costs[np.isnan(costs)] = np.inf
    return costs


@dataclass(frozen=True, slots=True, eq=False)
class _LayerOnPlane:
    """A layer's parameters as a function of the coordinates on a plane.

    Parameters
    ----------
    matrices
        Weights with the biases as a last column, shape ``(3, n_L, n_{L-1} + 1)``: at the
        plane's origin, and what a unit of x and a unit of y add.
    activation
        The layer's activation function.
    """

    matrices: FloatArray
    activation: Activation

    def at(self, u: np.generic, v: np.generic) -> FloatArray:
        """Return weights and biases at coordinates, shape ``(n_L, n_{L-1} + 1)``."""
        origin, x, y = self.matrices
        matrix: FloatArray = origin + u * x + v * y
        return matrix


def _layers_on(network: Network, basis: FloatArray) -> list[_LayerOnPlane]:
    """Return the layers on a plane, with sigmoids of hidden layers turned into tanh.

    As sigmoid(z) = (1 + tanh(z/2)) / 2, this is the same network with other weights. It is
    exact, and the halving is done once with the weights instead of with every activation.
    """
    layers: list[_LayerOnPlane] = []
    halved = False
    parts = zip(network.split(basis), network.layers, strict=True)
    for i, ((weights, biases), layer) in enumerate(parts, start=1):
        if halved:
            biases = biases + weights.sum(axis=-1) / 2
            weights = weights / 2
        halved = layer.activation is SIGMOID and i < network.n_layers
        matrices = np.concatenate([weights, biases[..., None]], axis=-1) / (2 if halved else 1)
        layers.append(
            _LayerOnPlane(
                matrices.astype(network.parameters.dtype), TANH if halved else layer.activation
            )
        )
    return layers


def _totals(
    layers: list[_LayerOnPlane],
    inputs: FloatArray,
    targets: FloatArray,
    cost: Cost,
    points: FloatArray,
) -> Iterable[float]:
    """Yield the sum of the examples' costs at each point."""
    # One neuron a row: loops over the examples are long, and a row of ones adds the biases.
    first = layers[0].matrices
    origin, along_x, along_y = first[..., :-1] @ inputs.T + first[..., -1:]
    z = [np.empty((layer.matrices.shape[1], len(inputs)), origin.dtype) for layer in layers]
    a = [np.ones((len(each) + 1, len(inputs)), each.dtype) for each in z]
    row, row_v = np.empty_like(origin), None
    y = np.ascontiguousarray(targets.T).T
    for u, v in points:
        if v != row_v:
            np.multiply(along_y, v, out=row)
            row += origin
            row_v = v
        np.multiply(along_x, u, out=z[0])
        z[0] += row
        for i, layer in enumerate(layers):
            if i > 0:
                np.dot(layer.at(u, v), a[i - 1], out=z[i])
            layer.activation.apply(z[i].T, a[i][:-1].T)
        yield float(cost.per_example(z[-1].T, a[-1][:-1].T, y).sum(dtype=np.float64))
