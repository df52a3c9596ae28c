"""The training between two recorded moments, once more."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.recording.recording import Recording
from nnviz.verification.checks import Tally
from nnviz.verification.evaluation import (
    TIMES_APART,
    inputs_of,
    layers_at,
    precision_of,
    settled,
)
from nnviz.verification.reference import (
    Layer,
    Optimizer,
    example_costs,
    forward,
    gradient,
    learning_rate,
    targets_of,
)
from nnviz.verification.rounding import Array, Bounded

# Of the way that a layer's parameters go on a stretch: if the two precisions part by more,
# rounding decides where it leads.
_CHAOTIC = 0.05
# Of the parameters, if they hardly go anywhere: what rounding leaves unsure.
_LITTLE = 1e-5


class Stretch:
    """A training under way in two precisions, from one recorded moment to the next."""

    def __init__(self, recording: Recording, data: Dataset) -> None:
        self._recording, self._settings = recording, recording.manifest["training"]
        self._images, self._n_outputs = data.train, recording.sizes[-1]
        self._dtypes = (np.dtype(np.float64), np.dtype(recording.manifest["network"]["dtype"]))
        self._vectors: list[Array] = []
        self._optimizers = [Optimizer(self._settings["optimizer"]) for _ in self._dtypes]
        self.step = 0
        self.take(recording.parameters[0])

    def take(self, parameters: Array) -> None:
        """Begin anew at parameters that were recorded."""
        self._vectors = [np.array(parameters, dtype) for dtype in self._dtypes]
        self._begin = self._vectors[0].copy()
        self._way = np.zeros_like(self._begin)
        self._kinks = np.zeros_like(self._begin)

    def rate(self) -> float:
        """Return the learning rate of the step that comes."""
        settings = self._settings
        progress = self.step / settings["n_steps"]
        return learning_rate(settings["learning_rate"], settings["decay"], progress)

    def layers(self) -> list[Layer]:
        """Return the network as it is, in double precision."""
        return layers_at(self._recording, self._vectors[0])

    def bounded(self, batch: NDArray[np.integer]) -> tuple[Bounded, tuple[float, float]]:
        """Return the gradient of a batch, and its average cost with what rounding makes of it."""
        recording, precision = self._recording, precision_of(self._recording)
        x = Bounded.exactly(inputs_of(self._images, batch), precision)
        y = targets_of(self._images.labels[batch], self._n_outputs)
        parts = gradient(self.layers(), x, y, recording.cost.name)
        z, a = forward(self.layers(), x)
        costs = example_costs(recording.cost.name, z[-1], a[-1], y)
        # The average is rounded, too.
        error = costs.error.mean() + precision.unit * 4 * np.abs(costs.value).mean()
        value, bound = (
            np.concatenate([getattr(part, name).ravel() for part in parts])
            for name in ("value", "error")
        )
        layers, cost = self.layers(), float(costs.value.mean())
        bound = settled(layers, value, bound)
        return Bounded(value, bound, precision), (cost, float(settled(layers, cost, error)))

    def go_on(self, batch: NDArray[np.integer]) -> None:
        """Take a step."""
        rate, cost = self.rate(), self._recording.cost.name
        for place, (vector, dtype) in enumerate(zip(self._vectors, self._dtypes, strict=True)):
            # Sums over the batch run in another order, so that they are rounded otherwise.
            rows = batch[::-1] if place else batch
            x = inputs_of(self._images, rows).astype(dtype)
            y = targets_of(self._images.labels[rows], self._n_outputs).astype(dtype)
            parts = gradient(layers_at(self._recording, vector), x, y, cost)
            slope = np.concatenate([part.ravel() for part in parts])
            move = self._optimizers[place].step(slope, rate)
            vector += move
            if place == 0:
                self._way += np.abs(move)
        self._kinks += self._of_kinks(batch) * rate
        self.step += 1

    def _of_kinks(self, batch: NDArray[np.integer]) -> Array | float:
        """Return by how much a gradient may be off as rounding decides which neurons are on."""
        if "relu" not in (layer.activation for layer in self.layers()):
            return 0.0
        near, x = False, inputs_of(self._images, batch)
        z, a = forward(self.layers(), x)
        for layer, before, values in zip(self.layers(), a, z, strict=False):
            scale = np.linalg.norm(before, axis=1)[:, None] * np.linalg.norm(layer.weights, axis=1)
            near |= bool((np.abs(values) <= 1e-5 * (scale + np.abs(layer.biases))).any())
        return self.bounded(batch)[0].error if near else 0.0

    def apart(self) -> list[Layer] | None:
        """Return the network in the recording's precision; nothing if it is as was recorded."""
        if not self._way.any():
            return None
        return layers_at(self._recording, self._vectors[1].astype(np.float64))

    def is_sure(self) -> bool:
        """Tell whether the network is what was trained, but for a little that is known."""
        if not self._way.any():
            return True
        if self._kinks.any():
            return False
        double, apart = self._vectors[0], self._margins()
        little = _LITTLE * np.abs(double).max()
        return bool(apart.max() <= _CHAOTIC * np.abs(double - self._begin).max() + little)

    def compare(self, tally: Tally, recorded: Array) -> None:
        """Compare the end of the stretch with what was recorded there."""
        tally.within(self.step, recorded, self._vectors[0], self._margins())

    def _margins(self) -> Array:
        """Return how far rounding may have taken each parameter; infinite where it decides."""
        double, single = self._vectors
        # Where no step led anywhere, nothing was rounded.
        unit = precision_of(self._recording).unit
        allowed = 4 * unit * np.where(self._way > 0, np.abs(double) + self._way, 0)
        allowed = allowed + TIMES_APART * self._kinks
        start = 0
        for layer in self.layers():
            for part in (layer.weights, layer.biases):
                place = slice(start, start + part.size)
                start = place.stop
                apart = np.abs(double[place] - single[place]).max()
                travelled = np.abs(double[place] - self._begin[place]).max()
                if not apart <= _CHAOTIC * travelled + 4 * unit * np.abs(double[place]).max():
                    allowed[place] = np.inf
                else:
                    allowed[place] += TIMES_APART * apart * (self._way[place] > 0)
        return np.asarray(allowed)
