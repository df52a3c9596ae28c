"""What was measured before, kept beside the recording it belongs to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.files import appearing, clear_away, is_own_file
from nnviz.recording.folder import MEASURED

# To be raised when something is measured in another way: what was kept is then of no use.
_METHOD = 2


def measured_once(
    recording: Path,
    depends_on: Iterable[object],
    shape: tuple[int, ...],
    measure: Callable[[], FloatArray],
) -> FloatArray:
    """Return an array, measured if that was not done before.

    Parameters
    ----------
    recording
        The recording's folder. Where nothing can be written, nothing is kept.
    depends_on
        Arrays and texts: another array is measured where one of them differs.
    shape
        Of the array.
    measure
        Called without arguments.
    """
    key = _digest([_METHOD, *depends_on])
    file = recording / MEASURED / f"{key}.npy"
    if file.parent.is_symlink():  # nobody knows where to
        return np.asarray(measure(), np.float64)
    kept = _read(file, key, shape)
    if kept is not None:
        return kept
    measured = np.asarray(measure(), np.float64)
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        clear_away(file.parent)
        with appearing(file) as unfinished:
            content = _as_bytes(measured)
            unfinished.write_bytes(content + _seal(key, content))
    return measured


def _read(file: Path, key: str, shape: tuple[int, ...]) -> FloatArray | None:
    """Return what was kept, if it is whole and what is asked for."""
    expected = len(_as_bytes(np.empty(shape)))
    try:
        if not is_own_file(file) or file.stat().st_size != expected + _SEAL:
            return None
        whole = file.read_bytes()
        content, seal = whole[:-_SEAL], whole[-_SEAL:]
        if seal != _seal(key, content):
            return None
        kept: FloatArray = np.load(BytesIO(content), allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return kept if kept.shape == shape and kept.dtype == np.float64 else None


def _as_bytes(array: FloatArray) -> bytes:
    file = BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def _seal(key: str, content: bytes) -> bytes:
    """Return what stands behind an array in its file: of another array, or name, it differs."""
    return hashlib.blake2b(key.encode() + content, digest_size=_SEAL).digest()


_SEAL = 16


def _digest(parts: Iterable[object]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        if isinstance(part, np.ndarray):
            digest.update(f"{part.dtype.str}{part.shape}".encode())
            digest.update(np.ascontiguousarray(part).data)
        else:
            digest.update(f"{part!r}\0".encode())
    return digest.hexdigest()
