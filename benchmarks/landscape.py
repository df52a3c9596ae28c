"""Time the cost over a plane by nnviz against the plain loop over its points.

The rival puts the network at every point of the grid, in float64, and sends all examples
through it. Both run on one thread, in turn; the examples are MNIST's test images, read from
``NNVIZ_DATA_DIR``, or random ones of the same shape.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

# Read when the libraries are first loaded.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

import numpy as np

from nnviz.analysis.costs import grid_costs
from nnviz.analysis.planes import Plane, random_plane
from nnviz.core.arrays import FloatArray
from nnviz.core.costs import SQUARED_ERROR
from nnviz.core.examples import Examples
from nnviz.core.network import Network
from nnviz.core.settings import TrainingSettings
from nnviz.core.training import Training
from nnviz.data.sources import load_data

#: Points of the plane along each axis.
N = 51
#: How many times nnviz's time the plain loop should take, and the largest relative error.
TARGET, TARGET_ERROR = 20, 1e-5

# The networks compared: their sizes, and the activation function of their hidden layers.
NETWORKS = (((784, 16, 16, 10), "sigmoid"), ((784, 64, 64, 10), "relu"))

Activation = Callable[[FloatArray], FloatArray]
ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.maximum(z, 0),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Times and errors of both on one network.

    Parameters
    ----------
    times
        Seconds of each round, of ``"nnviz"`` and of the ``"plain"`` loop.
    error
        Largest relative difference between their costs.
    """

    times: dict[str, list[float]]
    error: float

    def __str__(self) -> str:
        ratios = [b / a for a, b in zip(*self.times.values(), strict=True)]
        return (
            f"  nnviz {statistics.median(self.times['nnviz']):6.2f} s\n"
            f"  plain {statistics.median(self.times['plain']):6.2f} s, "
            f"{statistics.median(ratios):.1f}x "
            f"({min(ratios):.1f} to {max(ratios):.1f}; target {TARGET}x); "
            f"largest relative error {self.error:.1e} (target {TARGET_ERROR:.0e})"
        )


def plain(network: Network, examples: Examples, plane: Plane, at: FloatArray) -> FloatArray:
    """Return the costs by the loop that anyone would write, ``(n, n)``.

    Parameters
    ----------
    network
        The network, whose parameters are replaced by those of the plane.
    examples
        Examples whose mean cost is measured.
    plane
        Plane through parameter space.
    at
        Coordinates along each axis of the plane, ``(n,)``.
    """
    inputs, targets = examples.inputs.astype(np.float64), examples.targets.astype(np.float64)
    hidden, output = ACTIVATIONS[network.activation], ACTIVATIONS[network.output]
    costs = np.empty((len(at), len(at)))
    for i, v in enumerate(at):
        for j, u in enumerate(at):
            split = network.split(plane.origin + u * plane.directions[0] + v * plane.directions[1])
            a = inputs
            for layer, (weights, biases) in enumerate(split, start=1):
                z = a @ weights.T + biases
                a = output(z) if layer == len(split) else hidden(z)
            costs[i, j] = ((a - targets) ** 2).sum(axis=1).mean()
    return costs


def load_examples() -> Examples:
    """Return MNIST's 10,000 test images, or as many random ones."""
    if os.environ.get("NNVIZ_DATA_DIR"):
        data = load_data("mnist")
        return data.test.examples(data.n_classes)
    rng = np.random.default_rng(0)
    return Examples(rng.random((10_000, 784), np.float32), rng.integers(0, 10, 10_000), 10)


def compare(network: Network, examples: Examples, rounds: int) -> Comparison:
    """Measure the cost over a random plane by both, in turn, as often as asked for.

    Parameters
    ----------
    network
        A trained network.
    examples
        Examples whose mean cost is measured.
    rounds
        Number of times that each is measured.
    """
    plane, at = random_plane(network), np.linspace(-1, 1, N)
    times: dict[str, list[float]] = {"nnviz": [], "plain": []}
    for _ in range(rounds):
        start = time.perf_counter()
        ours = grid_costs(network, examples, SQUARED_ERROR, plane, at, at)
        times["nnviz"].append(time.perf_counter() - start)
        start = time.perf_counter()
        theirs = plain(network, examples, plane, at)
        times["plain"].append(time.perf_counter() - start)
    return Comparison(times, float((np.abs(ours - theirs) / theirs).max()))


def main() -> None:
    """Compare both on two networks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write what was measured here, too")
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, NumPy {version('numpy')}, one thread")
    examples, found = load_examples(), []
    for sizes, activation in NETWORKS:
        network = Network.create(sizes, seed=0, activation=activation)
        Training(network, examples, settings=TrainingSettings(epochs=2, learning_rate=0.3)).run()
        compared = compare(network, examples, arguments.rounds)
        weights = sum(a * b for a, b in pairwise(sizes))
        print(
            f"{'-'.join(map(str, sizes))} {activation}, {weights:,} weights, {N} x {N} points, "
            f"{len(examples):,} examples\n{compared}",
            flush=True,
        )
        found.append({"sizes": sizes, "activation": activation, **asdict(compared)})
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
