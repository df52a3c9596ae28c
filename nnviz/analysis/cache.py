"""What was measured before, kept beside the recording it belongs to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.files import appearing
from nnviz.recording.folder import MEASURED

# To be raised when something is measured in another way: what was kept is then of no use.
_METHOD = 1


def measured_once(
    recording: Path, depends_on: Iterable[object], measure: Callable[[], FloatArray]
) -> FloatArray:
    """Return an array, measured if that was not done before.

    Parameters
    ----------
    recording
        The recording's folder. Where nothing can be written, nothing is kept.
    depends_on
        Arrays and texts: another array is measured where one of them differs.
    measure
        Called without arguments.
    """
    file = recording / MEASURED / f"{_digest([_METHOD, *depends_on])}.npy"
    try:
        return np.asarray(np.load(file, allow_pickle=False))
    except (OSError, ValueError, EOFError):
        measured = measure()
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        with appearing(file) as unfinished, unfinished.open("wb") as content:
            np.save(content, measured, allow_pickle=False)
    return measured


def _digest(parts: Iterable[object]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        if isinstance(part, np.ndarray):
            digest.update(f"{part.dtype.str}{part.shape}".encode())
            digest.update(np.ascontiguousarray(part).data)
        else:
            digest.update(f"{part!r}\0".encode())
    return digest.hexdigest()
