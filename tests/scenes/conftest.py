"""Odd networks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nnviz.data.dataset import Dataset
from nnviz.recording.recording import Recording
from nnviz.recording.run import train


@pytest.fixture(scope="session")
def odd(tiny_data: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """Record a network of four layers, three classes, and images that are not square."""

    def crop(labelled: Any) -> Any:
        kept = np.flatnonzero(labelled.labels < 3)
        return type(labelled)(labelled.images[kept][:, ::2, ::4], labelled.labels[kept])

    data = Dataset("odd", crop(tiny_data.train), crop(tiny_data.test), synthetic=True)
    path = tmp_path_factory.mktemp("runs") / "odd"
    return train(data, path, layers=[98, 5, 4, 6, 3], activation="relu", epochs=4, record="log:9")
