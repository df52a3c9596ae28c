"""The training between two recorded steps, run again in two precisions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.recording.recording import Recording
from nnviz.verification.checks import Tally
from nnviz.verification.evaluation import (
    TIMES_APART,
    certain_if_nan,
    inputs_of,
    layers_at,
    precision_of,
)
from nnviz.verification.reference_network import (
    Layer,
    example_costs,
    forward,
    gradient,
    targets_of,
)
from nnviz.verification.reference_training import Optimizer, learning_rate
from nnviz.verification.rounding import Array, Bounded

# If the two precisions differ by more than this share of the distance that a layer's parameters
# go on a stretch, rounding decides where it leads.
_CHAOTIC = 0.05
# Share of the parameters that rounding leaves uncertain even if they hardly change.
_LITTLE = 1e-5
# A neuron whose pre-activation is this small, as a share of what it sums up, may be on in one
# precision and off in the other.
_NEAR_ZERO = 1e-5
# Rounding errors of a few operations in a row, in units of the precision.
_FEW = 4


@dataclass(frozen=True, slots=True, eq=False)
class BoundedBatch:
    """What a step computes from its batch, with bounds of rounding errors.

    Parameters
    ----------
    gradient
        Gradient of the batch's average cost by all parameters, shape ``(n_parameters,)``.
    cost
        Average cost of the batch.
    cost_error
        Most that rounding may change it.
    """

    gradient: Bounded
    cost: float
    cost_error: float


class Stretch:
    """A training that is run again in two precisions, from one recorded step to the next.

    It runs in double precision and in the recording's own. How far the two differ tells how far
    the recorded training may be from either.

    Parameters
    ----------
    recording
        Recording that gives the architecture, the settings and the first parameters.
    data
        Data set that it was trained on.
    """

    def __init__(self, recording: Recording, data: Dataset) -> None:
        self._recording, self._settings = recording, recording.manifest["training"]
        self._images, self._n_outputs = data.train, recording.sizes[-1]
        self._dtypes = (np.dtype(np.float64), np.dtype(recording.manifest["network"]["dtype"]))
        self._vectors: list[Array] = []
        self._optimizers = [Optimizer(self._settings["optimizer"]) for _ in self._dtypes]
        self.step = 0
        self.begin_at(recording.parameters[0])

    def begin_at(self, parameters: Array) -> None:
        """Begin a stretch at recorded parameters, shape ``(n_parameters,)``.

        The optimizers keep their state, which is not recorded.
        """
        self._vectors = [np.array(parameters, dtype) for dtype in self._dtypes]
        self._start = self._vectors[0].copy()
        self._travelled = np.zeros_like(self._start)
        self._kink_errors = np.zeros_like(self._start)

    def rate(self) -> float:
        """Return the learning rate of the next step."""
        settings = self._settings
        progress = self.step / settings["n_steps"]
        return learning_rate(settings["learning_rate"], settings["decay"], progress)

    def layers(self) -> list[Layer]:
        """Return the layers of the network at the current step, in double precision."""
        return layers_at(self._recording, self._vectors[0])

    def rounded_layers(self) -> list[Layer] | None:
        """Return the layers as trained in the recording's precision; ``None`` before any change."""
        if not self._travelled.any():
            return None
        return layers_at(self._recording, self._vectors[1].astype(np.float64))

    def evaluate_batch(self, batch: NDArray[np.integer]) -> BoundedBatch:
        """Compute the gradient and the cost of a batch at the current step.

        Parameters
        ----------
        batch
            Indices of its training examples.
        """
        layers, cost_name = self.layers(), self._recording.cost.name
        precision = precision_of(self._recording)
        x = Bounded.exactly(inputs_of(self._images, batch), precision)
        y = targets_of(self._images.labels[batch], self._n_outputs)
        parts = gradient(layers, x, y, cost_name)
        value = np.concatenate([part.value.ravel() for part in parts])
        bound = np.concatenate([part.error.ravel() for part in parts])
        z, a = forward(layers, x)
        costs = example_costs(cost_name, z[-1], a[-1], y)
        cost = float(costs.value.mean())
        # The average is rounded, too.
        cost_error = costs.error.mean() + precision.unit * _FEW * np.abs(costs.value).mean()
        return BoundedBatch(
            gradient=Bounded(value, certain_if_nan(layers, value, bound), precision),
            cost=cost,
            cost_error=float(certain_if_nan(layers, cost, cost_error)),
        )

    def take_step(self, batch: NDArray[np.integer]) -> None:
        """Take a training step in both precisions.

        Parameters
        ----------
        batch
            Indices of the training examples that it learns from.
        """
        rate, cost = self.rate(), self._recording.cost.name
        for place, (vector, dtype) in enumerate(zip(self._vectors, self._dtypes, strict=True)):
            # Sums over the batch run in another order, so that they are rounded otherwise.
            rows = batch[::-1] if place else batch
            x = inputs_of(self._images, rows).astype(dtype)
            y = targets_of(self._images.labels[rows], self._n_outputs).astype(dtype)
            parts = gradient(layers_at(self._recording, vector), x, y, cost)
            slope = np.concatenate([part.ravel() for part in parts])
            change = self._optimizers[place].step(slope, rate)
            vector += change
            if place == 0:
                self._travelled += np.abs(change)
        self._kink_errors += self._kink_error(batch) * rate
        self.step += 1

    def _kink_error(self, batch: NDArray[np.integer]) -> Array | float:
        """Return how far a gradient may be off where rounding decides which ReLUs are on."""
        if "relu" not in (layer.activation for layer in self.layers()):
            return 0.0
        is_near, x = False, inputs_of(self._images, batch)
        z, a = forward(self.layers(), x)
        for layer, before, values in zip(self.layers(), a, z, strict=False):
            scale = np.linalg.norm(before, axis=1)[:, None] * np.linalg.norm(layer.weights, axis=1)
            is_near |= bool((np.abs(values) <= _NEAR_ZERO * (scale + np.abs(layer.biases))).any())
        return self.evaluate_batch(batch).gradient.error if is_near else 0.0

    def is_sure(self) -> bool:
        """Tell whether the parameters are those that were recorded, but for a small known error."""
        if not self._travelled.any():
            return True
        if self._kink_errors.any():
            return False
        double, margins = self._vectors[0], self._margins()
        little = _LITTLE * np.abs(double).max()
        return bool(margins.max() <= _CHAOTIC * np.abs(double - self._start).max() + little)

    def compare(self, tally: Tally, recorded: Array) -> None:
        """Compare the current parameters with those recorded at this step.

        Parameters
        ----------
        tally
            Tally that counts the result.
        recorded
            Recorded parameters, shape ``(n_parameters,)``.
        """
        tally.within(self.step, recorded, self._vectors[0], self._margins())

    def _margins(self) -> Array:
        """Return how far rounding may have moved each parameter; infinite where it decides."""
        double, single = self._vectors
        # Where no step led anywhere, nothing was rounded.
        unit = precision_of(self._recording).unit
        margins = _FEW * unit * np.where(self._travelled > 0, np.abs(double) + self._travelled, 0)
        margins = margins + TIMES_APART * self._kink_errors
        start = 0
        for layer in self.layers():
            for part in (layer.weights, layer.biases):
                place = slice(start, start + part.size)
                start = place.stop
                apart = np.abs(double[place] - single[place]).max()
                distance = np.abs(double[place] - self._start[place]).max()
                if not apart <= _CHAOTIC * distance + _FEW * unit * np.abs(double[place]).max():
                    margins[place] = np.inf
                else:
                    margins[place] += TIMES_APART * apart * (self._travelled[place] > 0)
        return np.asarray(margins)
