"""The runs that people bring: a zoo of small trainings, quickly made, the same every time.

What nnviz draws or says must be true of each of them, or be refused in one clear line.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.core.network import Network
from nnviz.core.training import Observer, Training
from nnviz.data.dataset import Dataset, LabelledImages
from nnviz.recording.recording import Recording
from nnviz.recording.run import train


def blobs(
    n: int, *, seed: int, shape: tuple[int, int] = (28, 28), n_classes: int = 10
) -> LabelledImages:
    """Return noisy images with a bright blob whose place around a circle is the class."""
    rng = np.random.default_rng(seed)
    labels = np.arange(n) % n_classes
    angle = 2 * np.pi * labels / n_classes + rng.normal(0, 0.1, n)
    y, x = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j]
    distance = (x - 0.6 * np.cos(angle)[:, None, None]) ** 2
    distance = distance + (y - 0.6 * np.sin(angle)[:, None, None]) ** 2
    light = np.exp(-distance / 0.04) + rng.normal(0, 0.05, (n, *shape))
    return LabelledImages((np.clip(light, 0, 1) * 255).astype(np.uint8), labels)


def data_set(
    name: str, n_train: int, n_test: int, shape: tuple[int, int], n_classes: int = 10
) -> Dataset:
    """Return blobs to learn, and others held out."""
    return Dataset(
        name,
        blobs(n_train, seed=0, shape=shape, n_classes=n_classes),
        blobs(n_test, seed=1, shape=shape, n_classes=n_classes),
        synthetic=True,
    )


@cache
def large() -> Dataset:
    """Images of 28 x 28, more than a recording measures its costs on at every step."""
    return data_set("blobs", 2600, 2400, (28, 28))


@cache
def small() -> Dataset:
    """Images of 8 x 8."""
    return data_set("small blobs", 200, 100, (8, 8))


@cache
def pair() -> Dataset:
    """Two classes of images of 12 x 9."""
    return data_set("two blobs", 120, 60, (12, 9), n_classes=2)


#: What each animal was trained on; the others on :func:`small`.
_DATA: dict[str, Callable[[], Dataset]] = {
    "classic": large,
    "two-classes": pair,
    "one-output": pair,
}


def data_of(animal: str) -> Dataset:
    """Return the data that an animal was trained on."""
    return _DATA.get(animal, small)()


class Stop(Observer):
    """Ends a training before some step."""

    def __init__(self, step: int) -> None:
        self._step = step

    def on_step(self, training: Training) -> None:
        if training.step >= self._step:
            training.stop()


def _given(**choices: Any) -> Network:
    """Return a network whose parameters somebody brought."""
    return Network.create((64, 9, 7, 10), seed=77, initializer="normal", **choices)


def _unbounded() -> Network:
    """Return a network whose outputs, and so whose cost, can grow without end."""
    return Network.create((64, 8, 10), seed=3, activation="identity", output="identity")


def _dead() -> Network:
    """Return a network of which a layer gives nothing, whatever goes in."""
    network = Network.create((64, 12, 8, 10), seed=5, activation="relu")
    network.biases(1)[...] = -1000
    return network


_DENSE = {"record": "log:20,epochs", "batch_size": 10, "epochs": 20}
_CROSS = {"activation": "relu", "cost": "cross_entropy"}
_FLAT = {"decay": "constant", "batch_size": 10}

#: How each animal is trained, by its name.
_CHOICES: dict[str, Callable[[], dict[str, Any]]] = {
    "classic": lambda: {"epochs": 5, "batch_size": 16, "learning_rate": 3.0, **_LOG},
    "relu-cross-entropy": lambda: {"layers": (64, 12, 8, 10), **_CROSS, **_DENSE},
    "tanh": lambda: {"layers": (64, 10, 8, 10), "activation": "tanh", **_DENSE},
    "no-hidden-layer": lambda: {"layers": (64, 10), **_DENSE},
    "two-classes": lambda: {"layers": (108, 6, 4, 2), **_DENSE},
    "one-output": lambda: {"layers": (108, 5, 1), **_DENSE},
    "ten-layers": lambda: {"layers": (64, *[6] * 9, 10), "activation": "tanh", **_DENSE},
    "dead-layer": lambda: {"start": _dead(), **_DENSE},
    "diverged-and-back": lambda: {
        "layers": (64, 8, 10), **_CROSS, "learning_rate": 500, "epochs": 8, "batch_size": 10, **_LOG
    },
    "to-infinity": lambda: {
        "start": _unbounded(), "learning_rate": 0.7, **_FLAT, "epochs": 3, "record": "every:1"
    },
    "nan-at-once": lambda: {
        "layers": (64, 8, 10), **_CROSS, "learning_rate": 1e30, **_FLAT, "epochs": 3,
        "record": "epochs",
    },
    "full-batch": lambda: {
        "layers": (64, 10, 10), "optimizer": "gradient_descent", "epochs": 40, "record": "log:25"
    },
    "momentum": lambda: {"layers": (64, 8, 8, 10), "optimizer": "momentum", **_DENSE},
    "adam": lambda: {"layers": (64, 8, 10), **_CROSS, "optimizer": "adam", **_DENSE},
    "three-moments": lambda: {"epochs": 2, "batch_size": 200, "record": "every:1"},
    "one-moment": lambda: {"layers": (64, 9, 10), "observers": [Stop(0)]},
    "interrupted": lambda: {"layers": (64, 9, 10), **_DENSE, "observers": [Stop(37)]},
    "given": lambda: {"start": _given(), "observers": [Stop(0)]},
    "given-and-trained": lambda: {"start": _given(activation="tanh"), **_DENSE},
    "wide": lambda: {"layers": (64, 256, 10), **_DENSE},
}  # fmt: skip
_LOG = {"record": "log:30,epochs"}

ANIMALS = tuple(_CHOICES)


def make(animal: str, path: Path) -> Recording:
    """Train an animal and record it.

    Parameters
    ----------
    animal
        One of :data:`ANIMALS`.
    path
        The folder to make.
    """
    return train(data_of(animal), path, **_CHOICES[animal]())
