"""Time an epoch of nnviz against scikit-learn and PyTorch, on one thread.

All three train 784-16-16-10 with plain mini-batch gradient descent in float32, in a fresh
order, over the 60,000 images of MNIST, which are read from ``NNVIZ_DATA_DIR``. Without it,
random images of the same shape take their place: the time does not depend on what they show.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

# Read when the libraries are first loaded.
os.environ |= dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)

import numpy as np

from nnviz.core.examples import Examples
from nnviz.core.network import Network
from nnviz.core.settings import TrainingSettings
from nnviz.core.training import Training
from nnviz.data.sources import load_data

try:
    import torch
    from sklearn.neural_network import MLPClassifier
except ImportError as error:
    message = f"this benchmark needs scikit-learn and PyTorch: pip install nnviz[bench] ({error})"
    raise SystemExit(message) from error

SIZES = (784, 16, 16, 10)
LEARNING_RATE = 0.1
#: How many times the epoch of nnviz the others should take, by batch size.
TARGETS = {
    "scikit-learn": {10: 4.0, 32: 3.0, 100: 2.0},
    "PyTorch": {10: 6.0, 32: 4.0, 100: 2.5},
}

Epoch = Callable[[], None]


def nnviz_epoch(examples: Examples, batch_size: int) -> Epoch:
    """Return a function that trains a network for one epoch.

    Parameters
    ----------
    examples
        Training examples with 784 inputs.
    batch_size
        Number of examples in a mini-batch.
    """
    settings = TrainingSettings(
        learning_rate=LEARNING_RATE, decay="constant", batch_size=batch_size, epochs=1
    )
    network = Network.create(SIZES, seed=0)
    return lambda: Training(network, examples, settings=settings).run()


def sklearn_epoch(examples: Examples, batch_size: int) -> Epoch:
    """Return a function that trains scikit-learn's classifier for one epoch.

    Parameters
    ----------
    examples
        Training examples with 784 inputs.
    batch_size
        Number of examples in a mini-batch.
    """
    classifier = MLPClassifier(
        SIZES[1:-1],
        activation="logistic",
        solver="sgd",
        alpha=0,
        batch_size=batch_size,
        learning_rate_init=LEARNING_RATE,
        momentum=0,
        nesterovs_momentum=False,
        random_state=0,
    )
    few = slice(batch_size)
    classes = np.arange(SIZES[-1])
    classifier.partial_fit(examples.inputs[few], examples.labels[few], classes=classes)
    return lambda: classifier.partial_fit(examples.inputs, examples.labels)


def torch_epoch(examples: Examples, batch_size: int) -> Epoch:
    """Return a function that trains a PyTorch module for one epoch.

    Parameters
    ----------
    examples
        Training examples with 784 inputs.
    batch_size
        Number of examples in a mini-batch.
    """
    torch.set_num_threads(1)
    torch.manual_seed(0)
    modules: list[torch.nn.Module] = []
    for n_in, n_out in pairwise(SIZES):
        modules += [torch.nn.Linear(n_in, n_out), torch.nn.Sigmoid()]
    model = torch.nn.Sequential(*modules)
    optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)
    loss = torch.nn.MSELoss()
    inputs, targets = (torch.tensor(array) for array in (examples.inputs, examples.targets))

    def train() -> None:
        for rows in torch.randperm(len(inputs)).split(batch_size):
            optimizer.zero_grad()
            loss(model(inputs[rows]), targets[rows]).backward()
            optimizer.step()

    return train


CONTESTANTS = {"nnviz": nnviz_epoch, "scikit-learn": sklearn_epoch, "PyTorch": torch_epoch}


def load_examples() -> tuple[Examples, str]:
    """Return MNIST's training examples, or random ones, and what they are."""
    if os.environ.get("NNVIZ_DATA_DIR"):
        return load_data("mnist").train.examples(SIZES[-1]), "MNIST"
    rng = np.random.default_rng(0)
    inputs = rng.random((60_000, SIZES[0]), np.float32)
    inputs *= rng.random(inputs.shape, np.float32) < 0.2  # most of a digit is black
    labels = rng.integers(0, SIZES[-1], len(inputs))
    return Examples(inputs, labels, SIZES[-1]), "random images (NNVIZ_DATA_DIR is not set)"


def measure(examples: Examples, batch_size: int, rounds: int) -> dict[str, list[float]]:
    """Return the seconds that each contestant takes for an epoch, in turn in every round.

    Parameters
    ----------
    examples
        Training examples with 784 inputs.
    batch_size
        Number of examples in a mini-batch.
    rounds
        Number of epochs that each contestant is timed for.
    """
    epochs = {name: make(examples, batch_size) for name, make in CONTESTANTS.items()}
    warm_up = examples.take(np.arange(20 * batch_size))
    for make in CONTESTANTS.values():
        make(warm_up, batch_size)()
    seconds: dict[str, list[float]] = {name: [] for name in epochs}
    for _ in range(rounds):
        for name, epoch in epochs.items():
            began = time.perf_counter()
            epoch()
            seconds[name].append(time.perf_counter() - began)
    return seconds


def table_row(batch_size: int, seconds: dict[str, list[float]]) -> str:
    """Return a row of the table: medians, and each round's lowest and highest ratio.

    Parameters
    ----------
    batch_size
        Number of examples in a mini-batch.
    seconds
        Times of each contestant, nnviz among them.
    """
    own = seconds["nnviz"]
    cells = [str(batch_size), f"{statistics.median(own):.2f} s"]
    for name, targets in TARGETS.items():
        ratio = statistics.median(seconds[name]) / statistics.median(own)
        each = [other / mine for other, mine in zip(seconds[name], own, strict=True)]
        cells += [f"{ratio:.1f}x ({min(each):.1f} to {max(each):.1f})", f"{targets[batch_size]}x"]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print a table of ratios, best read when nothing else runs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="at least 3 say much")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every time there")
    arguments = parser.parse_args()

    examples, what = load_examples()
    versions = {name: version(name) for name in ("nnviz", "numpy", "scikit-learn", "torch")}
    print(f"Epoch of {len(examples):,} examples, 784-16-16-10, float32, one thread: {what}.")
    print(", ".join(f"{name} {number}" for name, number in versions.items()) + ".\n")
    print("| batch | nnviz | scikit-learn takes | target | PyTorch takes | target |")
    print("|---|---|---|---|---|---|")
    results: dict[int, dict[str, list[float]]] = {}
    for batch_size in TARGETS["PyTorch"]:
        results[batch_size] = measure(examples, batch_size, arguments.rounds)
        print(table_row(batch_size, results[batch_size]), flush=True)
    if arguments.json:
        report: dict[str, Any] = {
            "data": what,
            "machine": platform.platform(),
            "versions": versions,
            "seconds": results,
            "targets": TARGETS,
        }
        arguments.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
