"""Forward and backward propagation of a batch, in arrays that are allocated once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.core.activations import Activation
from nnviz.core.arrays import FloatArray
from nnviz.core.costs import Cost


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a network.

    Parameters
    ----------
    weights
        Weights from the layer before, ``(n_L, n_{L-1})``.
    biases
        Biases, ``(n_L,)``.
    activation
        Activation function.
    """

    weights: FloatArray
    biases: FloatArray
    activation: Activation


@dataclass(frozen=True, slots=True)
class ForwardPass:
    """Every value that a network computes from a batch of ``n`` inputs.

    Parameters
    ----------
    pre_activations
        Pre-activations z of layer L at index ``L``, ``(n, n_L)``; index 0 is the input itself.
    activations
        Activations a of layer L at index ``L``, ``(n, n_L)``; index 0 is the input itself.
    """

    pre_activations: Sequence[FloatArray]
    activations: Sequence[FloatArray]

    @property
    def output(self) -> FloatArray:
        """Activations of the last layer, ``(n, n_L)``."""
        return self.activations[-1]


class Backpropagation:
    """Forward and backward propagation through one network, for batches of one size.

    Parameters
    ----------
    layers
        The network's layers 1 to L. They are read at every call, so that their parameters may
        change in between.
    batch_size
        Number of examples in every batch.

    Source
    ------
    Nielsen, *Neural Networks and Deep Learning*, chapter 2, equations BP1 to BP4, with
    dC/da at the output layer of the cost that is shown on screen.
    """

    def __init__(self, layers: Sequence[Layer], batch_size: int) -> None:
        self._layers = layers
        dtype = layers[0].weights.dtype
        shapes = [(batch_size, len(layer.biases)) for layer in layers]
        self._pre_activations = [np.empty(shape, dtype) for shape in shapes]
        self._activations = [np.empty(shape, dtype) for shape in shapes]
        self._deltas = [np.empty(shape, dtype) for shape in shapes]
        self._ones = np.ones(batch_size, dtype)

    def forward(self, x: FloatArray) -> ForwardPass:
        """Propagate inputs ``(n, n_0)``; the next call overwrites the arrays of the result."""
        self._propagate(x)
        return ForwardPass((x, *self._pre_activations), (x, *self._activations))

    def _propagate(self, x: FloatArray) -> None:
        a = x
        for layer, z, out in zip(
            self._layers, self._pre_activations, self._activations, strict=True
        ):
            np.dot(a, layer.weights.T, z)
            np.add(z, layer.biases, z)
            layer.activation.apply(z, out)
            a = out

    def deltas(self, y: FloatArray, cost: Cost, *, scale: float = 1.0) -> Sequence[FloatArray]:
        """Return dC/dz of each example of the last forward pass, for layers 1 to L.

        Parameters
        ----------
        y
            Targets, ``(n, n_L)``.
        cost
            The cost function.
        scale
            Factor of all results: 1 for each example's own cost, 1/n for its share in their
            average.

        Returns
        -------
        Sequence of FloatArray
            For each layer ``(n, n_L)``; the next call overwrites the arrays.
        """
        layers, deltas = self._layers, self._deltas
        cost.write_output_delta(self._activations[-1], y, layers[-1].activation, deltas[-1])
        if scale != 1:
            deltas[-1] *= scale
        for i in range(len(layers) - 1, 0, -1):
            np.dot(deltas[i], layers[i].weights, deltas[i - 1])
            layers[i - 1].activation.pull_back(deltas[i - 1], self._activations[i - 1])
        return deltas

    def gradient(
        self, x: FloatArray, y: FloatArray, cost: Cost, out: Sequence[tuple[FloatArray, FloatArray]]
    ) -> None:
        """Write the gradient of the batch's average cost.

        Parameters
        ----------
        x, y
            Inputs ``(n, n_0)`` and targets ``(n, n_L)``.
        cost
            The cost function.
        out
            Arrays for dC/dW ``(n_L, n_{L-1})`` and dC/db ``(n_L,)`` of each layer, 1 to L.
        """
        self._propagate(x)
        a = x
        deltas = self.deltas(y, cost, scale=1 / len(x))
        for delta, activations, (weights, biases) in zip(
            deltas, self._activations, out, strict=True
        ):
            np.dot(delta.T, a, weights)
            np.dot(self._ones, delta, biases)  # sums the rows, faster than add.reduce
            a = activations

    def example_gradients(
        self, x: FloatArray, y: FloatArray, cost: Cost, out: Sequence[tuple[FloatArray, FloatArray]]
    ) -> None:
        """Write the gradient of each example's own cost.

        Parameters
        ----------
        x, y
            Inputs ``(n, n_0)`` and targets ``(n, n_L)``.
        cost
            The cost function.
        out
            Arrays for dC/dW ``(n, n_L, n_{L-1})`` and dC/db ``(n, n_L)`` of each layer, 1 to L.
        """
        activations = self.forward(x).activations
        deltas = self.deltas(y, cost)
        for delta, a, (weights, biases) in zip(deltas, activations[:-1], out, strict=True):
            np.einsum("ni,nj->nij", delta, a, out=weights)
            biases[...] = delta

    def costs(self, y: FloatArray, cost: Cost) -> FloatArray:
        """Return the cost of each example of the last forward pass, ``(n,)``."""
        return cost.per_example(self._pre_activations[-1], self._activations[-1], y)
