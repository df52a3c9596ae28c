"""The command line, run in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from nnviz.cli import main
from nnviz.data.dataset import Dataset

Run = Callable[..., Result]


@pytest.fixture
def nnviz() -> Run:
    """Return a function that runs a command line, such as ``nnviz("info", path)``."""

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return run


@pytest.fixture
def data_file(tiny_data: Dataset, tmp_path: Path) -> Path:
    """Return an .npz file of the small data set."""
    path = tmp_path / "blobs.npz"
    np.savez(
        path,
        images=tiny_data.train.images,
        labels=tiny_data.train.labels,
        test_images=tiny_data.test.images,
        test_labels=tiny_data.test.labels,
    )
    return path
