"""The user's own images, in a NumPy archive."""

from __future__ import annotations

import lzma
import math
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset, LabelledImages
from nnviz.data.split import hold_out
from nnviz.data.unpacking import check_plain, check_room
from nnviz.errors import DataError, first_line
from nnviz.files import HEADER_DAMAGES

# Our own names, and those of the archives that Keras distributes.
_NAMES = (
    ("images", "labels", "test_images", "test_labels"),
    ("x_train", "y_train", "x_test", "y_test"),
)
_REMEDY = "Make one by numpy.savez(path, images=images, labels=labels)."


def load_npz(path: str | Path) -> Dataset:
    """Load a data set from an ``.npz`` file.

    Parameters
    ----------
    path
        Holds ``images`` (n, height, width) and ``labels`` (n,), and perhaps
        ``test_images`` and ``test_labels``; without these, one image in seven is held out.
        Keras's names ``x_train``, ``y_train``, ``x_test`` and ``y_test`` will do as well.

    Raises
    ------
    DataError
        If the file is not such an archive, or what it holds cannot be used.
    """
    path = Path(path)
    arrays, names = _read(path)
    images, labels, test_images, test_labels = names
    train = _label(path, arrays, images, labels)
    is_split = test_images not in arrays
    if is_split:
        train, test = hold_out(train)
    else:
        test = _label(path, arrays, test_images, test_labels)
    return Dataset(path.stem, train, test, source=str(path), is_split=is_split)


def _label(path: Path, arrays: dict[str, NDArray[Any]], images: str, labels: str) -> LabelledImages:
    try:
        return LabelledImages(arrays[images], arrays[labels])
    except DataError as error:
        message = f"{path}, {images!r} and {labels!r}: {error}"
        raise DataError(message) from error


def _read(path: Path) -> tuple[dict[str, NDArray[Any]], tuple[str, str, str, str]]:
    """Return the arrays that make a data set, and their names; others are not looked at."""
    check_plain(path)
    # NumPy would take any other file for a pickle, and tell the user to allow it.
    if not zipfile.is_zipfile(path):
        message = f"{path} must be an .npz archive; that is another format. {_REMEDY}"
        raise DataError(message)
    try:
        with zipfile.ZipFile(path) as archive:
            held = {each.filename.removesuffix(".npy"): each for each in archive.infolist()}
            names = _names(path, list(held))
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


# Whatever reading a damaged archive raises: of arrays' headers, of packing, of its own.
_DAMAGES = (
    *HEADER_DAMAGES, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
)  # fmt: skip


def _names(path: Path, held: list[str]) -> tuple[str, str, str, str]:
    """Return the names under which an archive holds a data set."""
    names = next((names for names in _NAMES if set(names[:2]) <= set(held)), None)
    listed = ", ".join(held[:_MOST_LISTED]) + (", ..." if len(held) > _MOST_LISTED else "")
    if names is None:
        listed = listed or "none"
        message = f"{path} must hold arrays 'images' and 'labels'; got {listed}. {_REMEDY}"
        raise DataError(message)
    images, labels, test_images, test_labels = names
    if (test_images in held) != (test_labels in held):
        message = (
            f"{path} must hold both {test_images!r} and {test_labels!r}, or neither; got {listed}."
        )
        raise DataError(message)
    return images, labels, test_images, test_labels


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


_MOST_LISTED = 8
