"""What the pictures of a recording must show, found by plain NumPy from its files alone.

No line of ``nnviz.core``, ``nnviz.analysis`` or ``nnviz.view`` runs here: what agrees with
this was not computed by the same code twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nnviz.verification.reference_network import (
    Layer,
    example_costs,
    forward,
    gradient,
    layers_of,
    targets_of,
)
from nnviz.verification.reference_training import Optimizer, batches
from tests.zoo import ANIMALS

Array = NDArray[np.floating]

# Beyond this, single precision overflows.
_LARGEST = 3e38


def cases(*fast: str) -> list[Any]:
    """Return every animal as a parameter; the slow suite has those that are not named."""
    return [
        pytest.param(animal, marks=[] if animal in fast else pytest.mark.slow) for animal in ANIMALS
    ]


def rgb(color: str) -> Array:
    """Return ``#RRGGBB`` as numbers in [0, 1]."""
    return np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255


class Run:
    """A recording's files.

    Parameters
    ----------
    path
        The folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self.manifest = json.loads((self.path / "manifest.json").read_text())
        network = self.manifest["network"]
        self.sizes: list[int] = network["sizes"]
        self._kinds = network["activation"], network["output"]
        self.cost: str = self.manifest["training"]["cost"]
        self.shape: tuple[int, int] = tuple(self.manifest["data"]["image_shape"])

    def array(self, name: str) -> NDArray[Any]:
        """Return one of its arrays."""
        return np.load(self.path / f"{name}.npy", allow_pickle=False)

    @property
    def n_parameters(self) -> int:
        """Length of the vector of all parameters."""
        return self.array("parameters").shape[1]

    def layers(self, vector: Array) -> list[Layer]:
        """Return the layers with a vector of parameters."""
        return layers_of(np.asarray(vector, np.float64), self.sizes, *self._kinds)

    def examples(self, name: str) -> tuple[Array, Array]:
        """Return inputs and targets of ``train_sample``, ``test_sample`` or ``probe``."""
        images, labels = self.array(f"{name}_images"), self.array(f"{name}_labels")
        return inputs(images), targets_of(labels, self.sizes[-1])

    def forward(self, vector: Array, x: Array) -> tuple[list[Array], list[Array]]:
        """Return z and a of every layer."""
        with np.errstate(all="ignore"):
            return forward(self.layers(vector), x)

    def cost_at(self, vector: Array, name: str = "train_sample") -> float:
        """Return the average cost on a sample; infinite where single precision overflows."""
        x, y = self.examples(name)
        with np.errstate(all="ignore"):
            z, a = forward(self.layers(vector), x)
            cost = float(example_costs(self.cost, z[-1], a[-1], y).mean())
        return cost if cost < _LARGEST else np.inf

    def gradient_at(self, vector: Array, x: Array, y: Array) -> Array:
        """Return the gradient of the average cost, as a vector."""
        with np.errstate(all="ignore"):
            parts = gradient(self.layers(vector), x, y, self.cost)
        return np.concatenate([part.ravel() for part in parts])

    def finite_path(self, n: int) -> Array:
        """Return the first moments."""
        return self.array("parameters")[:n].astype(np.float64)

    def retrained(
        self, start: Array, *, optimizer: str, rate: float, batch_size: int, seed: int, n_steps: int
    ) -> Iterator[Array]:
        """Yield the parameters before each step, and after the last, on the training sample."""
        x, y = self.examples("train_sample")
        vector, steps = np.array(start, np.float64), Optimizer(optimizer)
        order = batches(len(x), batch_size, seed)
        for _ in range(n_steps):
            yield vector.copy()
            rows = next(order)
            vector = vector + steps.step(self.gradient_at(vector, x[rows], y[rows]), rate)
        yield vector


def inputs(images: NDArray[Any]) -> Array:
    """Return images as rows of numbers in [0, 1]."""
    flat = images.reshape(len(images), -1)
    if flat.dtype == np.uint8:
        flat = flat.astype(np.float32) / np.float32(255)
    return flat.astype(np.float64)


def principal_directions(path: Array) -> tuple[Array, Array, Array]:
    """Return the mean of a path, its two principal directions and their shares of the variance."""
    mean = path.mean(axis=0)
    _, singular, directions = np.linalg.svd(path - mean, full_matrices=False)
    shares = singular**2 / (singular**2).sum()
    return mean, directions[:2], shares[:2]
