"""Arrays on disk that grow row by row and stay readable if the process is killed.

Each is a plain ``.npy`` file. Rows are appended without buffering, and the number of rows
is taken from the file's size: the header is only brought up to date when the writer closes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import ArrayLike, DTypeLike, NDArray

from nnviz.errors import RecordingError, first_line
from nnviz.files import HEADER_DAMAGES, appearing, is_own_file


class GrowingArray:
    """A ``.npy`` file to which rows are appended.

    Parameters
    ----------
    path
        Path of the file; it must not exist yet.
    row_shape
        Shape of one row; ``()`` for a number.
    dtype
        Type of every value.

    Examples
    --------
    >>> path = getfixture("tmp_path") / "squares.npy"
    >>> squares = GrowingArray(path, (), np.int64)
    >>> for n in range(3):
    ...     squares.append(n * n)
    >>> squares.close()
    >>> np.load(path)
    array([0, 1, 4])
    """

    def __init__(self, path: Path, row_shape: tuple[int, ...], dtype: DTypeLike) -> None:
        self._row_shape, self._dtype = row_shape, np.dtype(dtype)
        self._n_rows = 0
        # Unbuffered: what was written belongs to the system, and a kill does not lose it.
        self._file: BinaryIO = path.open("xb", buffering=0)
        self._write_header()

    def append(self, row: ArrayLike) -> None:
        """Append one row.

        Raises
        ------
        RecordingError
            If it has not the shape of a row.
        """
        data = np.asarray(row, self._dtype, order="C")
        if data.shape != self._row_shape:
            message = (
                f"a row of {Path(self._file.name).name} must have shape {self._row_shape}; "
                f"got {data.shape}."
            )
            raise RecordingError(message)
        _write_all(self._file, data)
        self._n_rows += 1

    def close(self, *, n_rows: int | None = None) -> None:
        """Bring the header up to date and close the file; a second call does nothing.

        Parameters
        ----------
        n_rows
            Number of rows to keep, at the beginning; ``None`` keeps all.
        """
        if self._file.closed:
            return
        if n_rows is not None and n_rows < self._n_rows:
            row_bytes = self._dtype.itemsize * int(np.prod(self._row_shape))
            self._file.truncate(self._header_bytes + n_rows * row_bytes)
            self._n_rows = n_rows
        self._file.seek(0)
        self._write_header()
        self._file.close()

    @property
    def n_rows(self) -> int:
        """Number of rows appended so far."""
        return self._n_rows

    def _write_header(self) -> None:
        # The format pads the header so that the length of the first axis can grow in place.
        header = {
            "descr": npy.dtype_to_descr(self._dtype),
            "fortran_order": False,
            "shape": (self._n_rows, *self._row_shape),
        }
        npy.write_array_header_1_0(self._file, header)
        self._header_bytes = self._file.tell()


def _write_all(file: BinaryIO, data: NDArray[Any]) -> None:
    remaining = memoryview(data.tobytes())
    while remaining:
        remaining = remaining[file.write(remaining) :]


def open_rows(path: Path, row_shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """Map a growing array's completed rows, read-only.

    Parameters
    ----------
    path
        Path of the ``.npy`` file, perhaps of a writer that was killed.
    row_shape, dtype
        Shape and type that its rows must have.

    Returns
    -------
    NDArray
        The rows, ``(n_rows, *row_shape)``; a last, incomplete row is left out.

    Raises
    ------
    RecordingError
        If the file is missing, is no ``.npy`` file, or holds something else.
    """
    found_shape, found_dtype, offset = _read_header(path)
    if found_shape[1:] != row_shape or found_dtype != np.dtype(dtype):
        message = (
            f"{path.name} must hold rows of shape {row_shape} and type {np.dtype(dtype)}; "
            f"got {found_shape[1:]} and {found_dtype} (in {path.parent}). "
            "The file was changed: record the run again."
        )
        raise RecordingError(message)
    row_bytes = found_dtype.itemsize * int(np.prod(row_shape))
    n_rows = (path.stat().st_size - offset) // row_bytes
    shape = (n_rows, *row_shape)
    if n_rows == 0:
        return np.empty(shape, found_dtype)
    return np.memmap(path, found_dtype, "r", offset, shape)


def _read_header(path: Path) -> tuple[tuple[int, ...], np.dtype[Any], int]:
    """Return an array's shape and type, and the position of its first value in the file."""
    if not is_own_file(path):
        message = f"{path.name} is missing (in {path.parent}). Record the run again."
        raise RecordingError(message)
    try:
        with path.open("rb") as file:
            if npy.read_magic(file) != (1, 0):
                message = "not a version 1.0 header"
                raise ValueError(message)
            shape, fortran_order, dtype = npy.read_array_header_1_0(file)
            if fortran_order or dtype.hasobject or not shape:
                message = "not rows of numbers"
                raise ValueError(message)
            return shape, dtype, file.tell()
    except HEADER_DAMAGES as error:
        message = (
            f"{path.name} must be a NumPy .npy file; its header cannot be read "
            f"(in {path.parent}): {first_line(error)}. The file is damaged: record the run again."
        )
        raise RecordingError(message) from error


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a JSON file, whole or not at all."""
    with appearing(path) as temporary:
        temporary.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
