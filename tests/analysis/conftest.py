"""Recordings of trainings that go wrong, or that are very short."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnviz.data.dataset import Dataset
from nnviz.recording.recording import Recording
from nnviz.recording.run import train


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
