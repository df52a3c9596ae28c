"""Arrays that take long to measure, kept on disk beside the recording they belong to."""

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

# Version of how things are measured; raise it when that changes, so that old files are not used.
_METHOD = 2
# Bytes of the checksum behind an array in its file: two files never share one by chance.
_SEAL = 16


def measured_once(
    recording: Path,
    depends_on: Iterable[object],
    shape: tuple[int, ...],
    measure: Callable[[], FloatArray],
) -> FloatArray:
    """Return an array from the recording's folder, or measure it and keep it there.

    A file that is damaged, of another shape, or a link is not used: the array is measured anew.

    Parameters
    ----------
    recording
        Folder of the recording. Where nothing can be written, nothing is kept.
    depends_on
        Arrays and texts that the array depends on. If one of them differs from what it was,
        the array is measured anew.
    shape
        Shape of the array.
    measure
        Function without arguments that measures the array.

    Returns
    -------
    FloatArray
        The array, in double precision.
    """
    key = _digest([_METHOD, *depends_on])
    file = recording / MEASURED / f"{key}.npy"
    if file.parent.is_symlink():  # it may lead anywhere
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
    """Return the array in a file, or ``None`` if it is not whole or not the one asked for."""
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
    """Return the checksum of an array's bytes together with the name of its file."""
    return hashlib.blake2b(key.encode() + content, digest_size=_SEAL).digest()


def _digest(parts: Iterable[object]) -> str:
    """Return a text that differs wherever one of the arrays or texts does."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        if isinstance(part, np.ndarray):
            digest.update(f"{part.dtype.str}{part.shape}".encode())
            digest.update(np.ascontiguousarray(part).data)
        else:
            digest.update(f"{part!r}\0".encode())
    return digest.hexdigest()
