"""IDX files, which nnviz reads and never writes."""

from __future__ import annotations

import gzip
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

WriteIdx = Callable[[Path, NDArray[np.uint8]], Path]


@pytest.fixture(scope="session")
def write_idx() -> WriteIdx:
    """Return a function that writes an array, with gzip if the file's name says so."""

    def write(path: Path, array: NDArray[np.uint8]) -> Path:
        header = struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
        content = header + array.tobytes()
        path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
        return path

    return write
