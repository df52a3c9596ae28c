"""A feed-forward network whose parameters are one vector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from nnviz.core.activations import get_activation
from nnviz.core.arrays import FloatArray, IntArray
from nnviz.core.backpropagation import Backpropagation, ForwardPass, Layer
from nnviz.core.costs import SQUARED_ERROR, Cost
from nnviz.core.initializers import default_initializer, get_initializer
from nnviz.core.predictions import predict_classes
from nnviz.core.seeds import check_seed
from nnviz.errors import SettingError, ShapeError


class Network:
    """A feed-forward network; layer 0 is the input.

    All parameters lie in one contiguous vector, layer after layer, a layer's weights
    row by row and then its biases. ``weights`` and ``biases`` are views into it.

    Parameters
    ----------
    sizes
        Number of neurons in each layer, input first, at least two layers.
    parameters
        The vector, ``(n_parameters,)``, float32 or float64; kept, not copied.
    activation
        Activation function of the hidden layers.
    output
        Activation function of the last layer.

    Raises
    ------
    SettingError
        If a size is not a positive integer, or there are fewer than two.
    ShapeError
        If the vector's length does not match the sizes.
    UnknownNameError
        If an activation function has no such name.

    Examples
    --------
    >>> network = Network.create([784, 16, 16, 10], seed=0)
    >>> network.n_parameters
    13002
    >>> network.weights(1).shape, network.biases(1).shape
    ((16, 784), (16,))
    """

    def __init__(
        self,
        sizes: Sequence[int],
        parameters: FloatArray,
        *,
        activation: str = "sigmoid",
        output: str = "sigmoid",
    ) -> None:
        self.sizes = _check_sizes(sizes)
        self.activation = get_activation(activation).name
        self.output = get_activation(output).name
        expected = count_parameters(self.sizes)
        if parameters.shape != (expected,):
            message = (
                f"parameters of {_arrow(self.sizes)} must have shape ({expected},); "
                f"got {parameters.shape}."
            )
            raise ShapeError(message)
        self.parameters = parameters
        names = [self.activation] * (self.n_layers - 1) + [self.output]
        self.layers = tuple(
            Layer(weights, biases, get_activation(name))
            for (weights, biases), name in zip(self.split(parameters), names, strict=True)
        )

    @classmethod
    def create(
        cls,
        sizes: Sequence[int],
        *,
        seed: int,
        activation: str = "sigmoid",
        output: str = "sigmoid",
        initializer: str | None = None,
        dtype: DTypeLike = np.float32,
    ) -> Network:
        """Make a network with random parameters.

        Parameters
        ----------
        sizes, activation, output
            See the class.
        seed
            The same seed gives the same parameters; 0 or more.
        initializer
            ``normal``, ``scaled`` or ``he``; by default the one that suits ``activation``.
        dtype
            ``float32`` or ``float64``.
        """
        sizes = _check_sizes(sizes)
        check_seed(seed)
        initialize = get_initializer(initializer or default_initializer(activation))
        rng = np.random.default_rng(seed)
        blocks = []
        for n_in, n_out in pairwise(sizes):
            weights, biases = initialize(n_in, n_out, rng)
            blocks += [weights.ravel(), biases]
        parameters = np.concatenate(blocks).astype(dtype)
        return cls(sizes, parameters, activation=activation, output=output)

    def copy(self) -> Network:
        """Return a network of its own with the same parameters."""
        return self.with_parameters(self.parameters.copy())

    def with_parameters(self, parameters: FloatArray) -> Network:
        """Return a network of the same layers with other parameters ``(n_parameters,)``."""
        return Network(self.sizes, parameters, activation=self.activation, output=self.output)

    @property
    def n_layers(self) -> int:
        """Number of layers with weights; also the index of the last layer."""
        return len(self.sizes) - 1

    @property
    def n_parameters(self) -> int:
        """Number of weights and biases."""
        return self.parameters.size

    def weights(self, layer: int) -> FloatArray:
        """Return the weights from layer ``layer - 1`` to ``layer``, ``(n_L, n_{L-1})``, a view."""
        return self.layers[self._check_layer(layer) - 1].weights

    def biases(self, layer: int) -> FloatArray:
        """Return the biases of a layer, ``(n_L,)``, a view."""
        return self.layers[self._check_layer(layer) - 1].biases

    def split(self, vector: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
        """Return views of weights and biases, layer 1 first, into a parameter-shaped array.

        Parameters
        ----------
        vector
            ``(..., n_parameters)``: parameters, a gradient, or a history of either.

        Returns
        -------
        list
            Per layer ``(..., n_L, n_{L-1})`` and ``(..., n_L)``.
        """
        return list(_split(self.sizes, vector))

    def forward(self, x: FloatArray) -> ForwardPass:
        """Propagate inputs through the network, keeping every intermediate value.

        Implements z(L) = W(L) a(L-1) + b(L), a(L) = act(z(L)).

        Parameters
        ----------
        x
            Inputs, ``(n, n_0)``; pixel intensity in [0, 1].

        Raises
        ------
        ShapeError
            If ``x`` has another number of columns.

        Examples
        --------
        >>> network = Network.create([784, 16, 16, 10], seed=0)
        >>> network.forward(np.zeros((2, 784))).output.shape
        (2, 10)
        """
        x = self._check_batch("inputs", x, self.sizes[0])
        return Backpropagation(self.layers, len(x)).forward(x)

    def predict(self, x: FloatArray) -> IntArray:
        """Return the class of each input ``(n, n_0)``: ``(n,)``, -1 where there is none.

        See :func:`nnviz.core.predictions.predict_classes`.
        """
        return predict_classes(self.forward(x).output)

    def costs(self, x: FloatArray, y: FloatArray, cost: Cost = SQUARED_ERROR) -> FloatArray:
        """Return the cost of each example, ``(n,)``.

        Parameters
        ----------
        x, y
            Inputs ``(n, n_0)`` and targets ``(n, n_L)``.
        cost
            The cost of one example.
        """
        x, y, passes = self._check_pair(x, y, cost)
        passes.forward(x)
        return passes.costs(y, cost)

    def gradient(
        self,
        x: FloatArray,
        y: FloatArray,
        cost: Cost = SQUARED_ERROR,
        *,
        per_example: bool = False,
    ) -> FloatArray:
        """Return the gradient of the average cost of a batch.

        Parameters
        ----------
        x, y
            Inputs ``(n, n_0)`` and targets ``(n, n_L)``.
        cost
            The cost of one example.
        per_example
            Give the gradient of every example's own cost instead of their average.

        Returns
        -------
        FloatArray
            ``(n_parameters,)``, or ``(n, n_parameters)`` per example.

        Examples
        --------
        >>> network = Network.create([2, 3, 1], seed=0)
        >>> network.gradient(np.ones((4, 2)), np.ones((4, 1))).shape
        (13,)
        """
        x, y, passes = self._check_pair(x, y, cost)
        if not per_example:
            gradient = np.empty_like(self.parameters)
            passes.gradient(x, y, cost, self.split(gradient))
            return gradient
        gradients = np.empty((len(x), self.n_parameters), self.parameters.dtype)
        activations = passes.forward(x).activations
        deltas = passes.deltas(y, cost)
        for delta, a, (weights, biases) in zip(
            deltas, activations[:-1], self.split(gradients), strict=True
        ):
            np.einsum("ni,nj->nij", delta, a, out=weights)
            biases[...] = delta
        return gradients

    def describe(self) -> dict[str, Any]:
        """Return what, with the parameters, makes the network again: sizes and activations."""
        return {"sizes": list(self.sizes), "activation": self.activation, "output": self.output}

    def __repr__(self) -> str:
        return (
            f"<Network {_arrow(self.sizes)}, {self.activation}, output {self.output}, "
            f"{self.n_parameters:,} parameters>"
        )

    def _check_layer(self, layer: int) -> int:
        if not 1 <= layer <= self.n_layers:
            message = f"layer must lie in 1 to {self.n_layers} (0 is the input); got {layer}."
            raise SettingError(message)
        return layer

    def _check_batch(self, subject: str, batch: FloatArray, columns: int) -> FloatArray:
        if batch.ndim != 2 or batch.shape[1] != columns:
            message = (
                f"{subject} of {_arrow(self.sizes)} must have shape (n, {columns}), "
                f"one example a row; got {batch.shape}."
            )
            raise ShapeError(message)
        return np.ascontiguousarray(batch, self.parameters.dtype)

    def _check_pair(
        self, x: FloatArray, y: FloatArray, cost: Cost
    ) -> tuple[FloatArray, FloatArray, Backpropagation]:
        cost.check_output(self.output, self.sizes[-1])
        x = self._check_batch("inputs", x, self.sizes[0])
        y = self._check_batch("targets", y, self.sizes[-1])
        if len(x) == 0:
            message = "inputs must hold at least one example; got none."
            raise ShapeError(message)
        if len(x) != len(y):
            message = f"inputs and targets must be as many; got {len(x)} and {len(y)}."
            raise ShapeError(message)
        return x, y, Backpropagation(self.layers, len(x))


def count_parameters(sizes: Sequence[int]) -> int:
    """Return the number of weights and biases.

    Examples
    --------
    >>> count_parameters([784, 16, 16, 10])
    13002
    """
    return sum(n_out * (n_in + 1) for n_in, n_out in pairwise(sizes))


def _split(sizes: Sequence[int], vector: FloatArray) -> Iterator[tuple[FloatArray, FloatArray]]:
    start, lead = 0, vector.shape[:-1]
    for n_in, n_out in pairwise(sizes):
        middle = start + n_out * n_in
        weights = vector[..., start:middle].reshape(*lead, n_out, n_in)
        yield weights, vector[..., middle : middle + n_out]
        start = middle + n_out


def _check_sizes(sizes: Sequence[int]) -> tuple[int, ...]:
    whole = all(isinstance(size, int | np.integer) for size in sizes)
    checked = tuple(int(size) for size in sizes) if whole else ()
    if len(checked) < 2 or min(checked) < 1:
        message = (
            "layer sizes must be two or more positive integers, input first; "
            f"got {','.join(str(size) for size in sizes)}. A classic is 784,16,16,10."
        )
        raise SettingError(message)
    if count_parameters(checked) > _MOST_PARAMETERS:
        message = (
            f"a network must have at most {_MOST_PARAMETERS:,} weights and biases; "
            f"{_arrow(checked)} has {count_parameters(checked):,}. Choose smaller layers."
        )
        raise SettingError(message)
    return checked


# More take more memory than there is, with their gradient, for each recorded step.
_MOST_PARAMETERS = 100_000_000


def _arrow(sizes: Sequence[int]) -> str:
    return "-".join(str(size) for size in sizes)
