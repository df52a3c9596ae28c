"""A feed-forward network whose parameters are one vector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from nnviz.core.activations import get_activation
from nnviz.core.architecture import check_sizes, count_parameters, format_sizes, split_parameters
from nnviz.core.arrays import FloatArray, IntArray
from nnviz.core.backpropagation import Backpropagation, ForwardPass, Layer
from nnviz.core.costs import SQUARED_ERROR, Cost
from nnviz.core.html import facts_table
from nnviz.core.initializers import default_initializer, draw_parameters
from nnviz.core.inputs import check_inputs, check_pair
from nnviz.core.predictions import predict_classes
from nnviz.core.seeds import check_seed
from nnviz.errors import SettingError, ShapeError


class Network:
    """A fully connected feed-forward network; layer 0 is the input.

    All parameters lie in one contiguous vector, layer after layer, a layer's weights
    row by row and then its biases. ``weights`` and ``biases`` are views into it.

    Parameters
    ----------
    sizes
        Number of neurons in each layer, input first, at least two layers.
    parameters
        The parameter vector, ``(n_parameters,)``, float32 or float64; kept, not copied.
    activation, output
        Names of the activation functions of the hidden layers and of the last layer.

    Attributes
    ----------
    layers
        Weights, biases and activation function of layers 1 to L, as views.

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
        self.sizes = check_sizes(sizes)
        self.activation = get_activation(activation).name
        self.output = get_activation(output).name
        expected = count_parameters(self.sizes)
        if parameters.shape != (expected,):
            message = (
                f"parameters of {format_sizes(self.sizes)} must have shape ({expected},); "
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
        sizes
            Number of neurons in each layer, input first, at least two layers.
        seed
            Seed of the random parameters, from 0 to 2**63 - 1; the same seed gives the same ones.
        activation, output
            Names of the activation functions of the hidden layers and of the last layer.
        initializer
            Name of the distribution to draw from: ``normal``, ``scaled`` or ``he``; ``None`` is
            the one that suits ``activation``.
        dtype
            Type of the parameters and of all that is computed: ``float32`` or ``float64``.

        Raises
        ------
        SettingError
            If a size or the seed is out of its range.
        UnknownNameError
            If an activation function or the initializer has no such name.
        """
        sizes = check_sizes(sizes)
        check_seed(seed)
        name = initializer or default_initializer(activation)
        parameters = draw_parameters(name, sizes, seed=seed).astype(dtype)
        return cls(sizes, parameters, activation=activation, output=output)

    def copy(self) -> Network:
        """Return an independent network with a copy of the parameters."""
        return self.with_parameters(self.parameters.copy())

    def with_parameters(self, parameters: FloatArray) -> Network:
        """Return a network of the same layers with other parameters ``(n_parameters,)``."""
        return Network(self.sizes, parameters, activation=self.activation, output=self.output)

    @property
    def n_layers(self) -> int:
        """Number of layers with weights, the input not counted; also the last layer's index."""
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
            Parameters, a gradient, or several of them, ``(..., n_parameters)``.

        Returns
        -------
        list
            For each layer its weights ``(..., n_L, n_{L-1})`` and biases ``(..., n_L)``.
        """
        return list(split_parameters(self.sizes, vector))

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
            If ``x`` has not one column for each input.

        Examples
        --------
        >>> network = Network.create([784, 16, 16, 10], seed=0)
        >>> network.forward(np.zeros((2, 784))).output.shape
        (2, 10)
        """
        x = check_inputs(x, self.sizes, self.parameters.dtype)
        return Backpropagation(self.layers, len(x)).forward(x)

    def predict(self, x: FloatArray) -> IntArray:
        """Return the class that the network predicts for each input.

        Parameters
        ----------
        x
            Inputs, ``(n, n_0)``; pixel intensity in [0, 1].

        Returns
        -------
        IntArray
            Classes, ``(n,)``; -1 where an output is NaN. See
            :func:`nnviz.core.predictions.predict_classes`.
        """
        return predict_classes(self.forward(x).output)

    def costs(self, x: FloatArray, y: FloatArray, cost: Cost = SQUARED_ERROR) -> FloatArray:
        """Return the cost of each example, ``(n,)``.

        Parameters and errors are those of :meth:`gradient`.
        """
        x, y, backpropagation = self._prepare(x, y, cost)
        backpropagation.forward(x)
        return backpropagation.costs(y, cost)

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
            The cost function.
        per_example
            Whether to return the gradient of every example's own cost instead.

        Returns
        -------
        FloatArray
            The gradient, ``(n_parameters,)``, in the order of the parameters; with
            ``per_example`` one row for each example, ``(n, n_parameters)``.

        Raises
        ------
        ShapeError
            If inputs and targets do not fit the network or each other.
        SettingError
            If the cost cannot follow the network's output layer.

        Examples
        --------
        >>> network = Network.create([2, 3, 1], seed=0)
        >>> network.gradient(np.ones((4, 2)), np.ones((4, 1))).shape
        (13,)
        """
        x, y, backpropagation = self._prepare(x, y, cost)
        if per_example:
            gradients = np.empty((len(x), self.n_parameters), self.parameters.dtype)
            backpropagation.example_gradients(x, y, cost, self.split(gradients))
            return gradients
        gradient = np.empty_like(self.parameters)
        backpropagation.gradient(x, y, cost, self.split(gradient))
        return gradient

    def describe(self) -> dict[str, Any]:
        """Return the sizes and activation functions, which rebuild the network from parameters."""
        return {"sizes": list(self.sizes), "activation": self.activation, "output": self.output}

    def __repr__(self) -> str:
        return (
            f"<Network {format_sizes(self.sizes)}, {self.activation}, output {self.output}, "
            f"{self.n_parameters:,} parameters>"
        )

    def _repr_html_(self) -> str:
        """Return a table of layers and parameters, for notebooks."""
        facts = {
            "layers": format_sizes(self.sizes),
            "activation": f"{self.activation}, output {self.output}",
            "parameters": self.n_parameters,
            "type": self.parameters.dtype,
        }
        return facts_table("Network", facts)

    def _check_layer(self, layer: int) -> int:
        if not 1 <= layer <= self.n_layers:
            message = f"layer must lie in 1 to {self.n_layers} (0 is the input); got {layer}."
            raise SettingError(message)
        return layer

    def _prepare(
        self, x: FloatArray, y: FloatArray, cost: Cost
    ) -> tuple[FloatArray, FloatArray, Backpropagation]:
        """Return checked inputs and targets, and the backpropagation of so many."""
        cost.check_output(self.output, self.sizes[-1])
        x, y = check_pair(x, y, self.sizes, self.parameters.dtype)
        return x, y, Backpropagation(self.layers, len(x))
