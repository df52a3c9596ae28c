"""The forward and the backward pass, over arrays that are allocated once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.core.activations import Activation
from nnviz.core.arrays import FloatArray
from nnviz.core.costs import Cost


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer's weights ``(n_L, n_{L-1})``, biases ``(n_L,)`` and activation function."""

    weights: FloatArray
    biases: FloatArray
    activation: Activation


@dataclass(frozen=True, slots=True)
class ForwardPass:
    """Everything a batch gives rise to on its way through the network.

    Parameters
    ----------
    pre_activations
        ``pre_activations[L]`` is z of layer L, ``(n, n_L)``; ``pre_activations[0]`` is
        the input itself.
    activations
        ``activations[L]`` is a of layer L, ``(n, n_L)``; ``activations[0]`` is the input.
    """

    pre_activations: Sequence[FloatArray]
    activations: Sequence[FloatArray]

    @property
    def output(self) -> FloatArray:
        """Activations of the last layer, ``(n, n_L)``."""
        return self.activations[-1]


class Backpropagation:
    """The passes of one batch size through one network.

    Parameters
    ----------
    layers
        The network's layers 1 to L; read at every call, so they may change in between.
    batch_size
        Number of examples in every call.

    Source
    ------
    Nielsen, *Neural Networks and Deep Learning*, chapter 2, equations BP1 to BP4, with
    dC/da at the output for the cost on screen.
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
        """Propagate inputs ``(n, n_0)``; the result's arrays are overwritten by the next call."""
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
        """Return ``scale`` times dC/dz of the last forward pass, layer 1 to L.

        Parameters
        ----------
        y
            Targets, ``(n, n_L)``.
        cost
            The cost of each example.
        scale
            1/n gives the gradient of the average.
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
            The cost of each example.
        out
            For layers 1 to L, where dC/dW ``(n_L, n_{L-1})`` and dC/db ``(n_L,)`` go.
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

    def costs(self, y: FloatArray, cost: Cost) -> FloatArray:
        """Return the cost of each example of the last forward pass, ``(n,)``."""
        return cost.per_example(self._pre_activations[-1], self._activations[-1], y)
