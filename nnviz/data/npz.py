"""Reading of the user's own images from a NumPy archive."""

from __future__ import annotations

import lzma
import math
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset, LabelledImages
from nnviz.data.split import hold_out
from nnviz.data.unpacking import check_plain, check_room
from nnviz.errors import DataError, first_line
from nnviz.files import HEADER_DAMAGES

_REMEDY = "Make one by numpy.savez(path, images=images, labels=labels)."
# Names of arrays that a message lists: as many as fit into a line.
_MAX_LISTED = 8
# Whatever reading a damaged archive raises: of arrays' headers, of packing, of its own.
_DAMAGES = (
    *HEADER_DAMAGES, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
)  # fmt: skip


class _ArrayNames(NamedTuple):
    """Names of the arrays that make a data set."""

    images: str
    labels: str
    test_images: str
    test_labels: str


# Our own names, and those of the archives that Keras distributes.
_CONVENTIONS = (
    _ArrayNames("images", "labels", "test_images", "test_labels"),
    _ArrayNames("x_train", "y_train", "x_test", "y_test"),
)


def load_npz(path: str | Path) -> Dataset:
    """Load a data set from an ``.npz`` file.

    Parameters
    ----------
    path
        Path of the file. It holds ``images`` (n, height, width) and ``labels`` (n,), and
        perhaps ``test_images`` and ``test_labels``; without these, one image in seven is held
        out. Keras's names ``x_train``, ``y_train``, ``x_test`` and ``y_test`` will do as well.

    Raises
    ------
    DataError
        If the file is not such an archive, or what it holds cannot be used.
    """
    path = Path(path)
    arrays, names = _read(path)
    train = _label(path, arrays, names.images, names.labels)
    is_split = names.test_images not in arrays
    if is_split:
        train, test = hold_out(train)
    else:
        test = _label(path, arrays, names.test_images, names.test_labels)
    return Dataset(path.stem, train, test, source=str(path), is_split=is_split)


def _label(path: Path, arrays: dict[str, NDArray[Any]], images: str, labels: str) -> LabelledImages:
    """Return two of a file's arrays, by their names, as images and labels."""
    try:
        return LabelledImages(arrays[images], arrays[labels])
    except DataError as error:
        message = f"{path}, {images!r} and {labels!r}: {error}"
        raise DataError(message) from error


def _read(path: Path) -> tuple[dict[str, NDArray[Any]], _ArrayNames]:
    """Return the arrays that make a data set, and their names; others are not looked at."""
    check_plain(path)
    # NumPy would take any other file for a pickle, and tell the user to allow it.
    if not zipfile.is_zipfile(path):
        message = f"{path} must be an .npz archive; that is another format. {_REMEDY}"
        raise DataError(message)
    try:
        with zipfile.ZipFile(path) as archive:
            held = {each.filename.removesuffix(".npy"): each for each in archive.infolist()}
            names = _find_names(path, list(held))
            wanted = {name: held[name] for name in names if name in held}
            packed = path.stat().st_size
            check_room(path, sum(each.file_size for each in wanted.values()), packed)
            arrays = {name: _read_array(archive, each) for name, each in wanted.items()}
    except DataError:
        raise
    except _DAMAGES as error:
        # The message on objects names a setting of NumPy's that must stay as it is.
        objects = "allow_pickle" in str(error)
        fault = "Python objects" if objects else first_line(error)
        message = f"{path} must hold plain arrays of numbers; got: {fault}. {_REMEDY}"
        raise DataError(message) from error
    return arrays, names


def _find_names(path: Path, held: list[str]) -> _ArrayNames:
    """Return the names under which an archive holds a data set."""
    names = next((each for each in _CONVENTIONS if {each.images, each.labels} <= set(held)), None)
    listed = ", ".join(held[:_MAX_LISTED]) + (", ..." if len(held) > _MAX_LISTED else "")
    if names is None:
        listed = listed or "none"
        message = f"{path} must hold arrays 'images' and 'labels'; got {listed}. {_REMEDY}"
        raise DataError(message)
    if (names.test_images in held) != (names.test_labels in held):
        message = (
            f"{path} must hold both {names.test_images!r} and {names.test_labels!r}, or neither; "
            f"got {listed}."
        )
        raise DataError(message)
    return names


def _read_array(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> NDArray[Any]:
    """Read an array that is as large as both its header and the archive declare."""
    with archive.open(entry) as file:
        version = npy.read_magic(file)
        read_header = {
            (1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0,
        }.get(version)  # fmt: skip
        if read_header is None:
            message = f"an array of format {version}"
            raise ValueError(message)
        shape, fortran_order, dtype = read_header(file)
        if dtype.hasobject:
            message = "allow_pickle"
            raise ValueError(message)
        n_bytes = math.prod(shape) * dtype.itemsize
        if n_bytes != entry.file_size - file.tell():
            message = f"an array of {shape} in {entry.file_size:,} bytes"
            raise ValueError(message)
        content = file.read(n_bytes)
        if len(content) != n_bytes:
            message = "an array that was cut short"
            raise ValueError(message)
    return np.frombuffer(content, dtype).reshape(shape, order="F" if fortran_order else "C")
