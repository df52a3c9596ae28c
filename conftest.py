"""Fixtures for every test: a small data set and a recording of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from nnviz.data.dataset import Dataset
from nnviz.recording.recording import Recording
from nnviz.recording.run import train
from tests.zoo import blobs


@pytest.fixture(autouse=True)
def _doctest_numpy(doctest_namespace: dict[str, object]) -> None:
    doctest_namespace["np"] = np


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NNVIZ_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


@pytest.fixture(scope="session")
def tiny_data() -> Dataset:
    """600 training and 200 test images of 28 x 28 pixels, 10 classes, quick to learn."""
    return Dataset("blobs", blobs(600, seed=0), blobs(200, seed=1), synthetic=True)


@pytest.fixture(scope="session")
def small_data() -> Dataset:
    """60 training and 20 test images of 8 x 8 pixels, 10 classes: a step is soon recorded."""
    train, test = blobs(60, seed=2, shape=(8, 8)), blobs(20, seed=3, shape=(8, 8))
    return Dataset("small blobs", train, test, synthetic=True)


@pytest.fixture(scope="session")
def tiny_recording(tiny_data: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """Record a 784-16-16-10 network that learns ``tiny_data``."""
    path: Path = tmp_path_factory.mktemp("runs") / "tiny"
    return train(tiny_data, path, epochs=8, batch_size=8, learning_rate=3.0, record="log:20,epochs")


@pytest.fixture(scope="session")
def diverged(small_data: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """Record a training whose parameters grow beyond all numbers."""
    return train(
        small_data,
        tmp_path_factory.mktemp("runs") / "diverged",
        activation="identity",
        cost="cross_entropy",
        learning_rate=1e5,
        decay="constant",
        epochs=4,
        batch_size=10,
        record="every:1",
    )


@pytest.fixture(scope="session")
def three_steps(small_data: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """Record a training of two steps, three moments."""
    path: Path = tmp_path_factory.mktemp("runs") / "short"
    return train(small_data, path, epochs=2, batch_size=60, record="every:1")
