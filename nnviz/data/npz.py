"""The user's own images, in a NumPy archive."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset, LabelledImages
from nnviz.data.split import hold_out
from nnviz.errors import DataError

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
    arrays = _read(path)
    names = next((names for names in _NAMES if set(names[:2]) <= arrays.keys()), None)
    if names is None:
        held = ", ".join(arrays) or "none"
        message = f"{path} must hold arrays 'images' and 'labels'; got {held}. {_REMEDY}"
        raise DataError(message)
    images, labels, test_images, test_labels = names
    if (test_images in arrays) != (test_labels in arrays):
        message = (
            f"{path} must hold both {test_images!r} and {test_labels!r}, or neither; "
            f"got {', '.join(arrays)}."
        )
        raise DataError(message)
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


def _read(path: Path) -> dict[str, NDArray[Any]]:
    # NumPy would take any other file for a pickle, and tell the user to allow it.
    if not zipfile.is_zipfile(path):
        fault = "that is another format" if path.exists() else "there is no such file"
        message = f"{path} must be an .npz archive; {fault}. {_REMEDY}"
        raise DataError(message)
    try:
        with np.load(path, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except (OSError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        # The message on objects names a setting of NumPy's that must stay as it is.
        objects = "allow_pickle" in str(error)
        fault = "Python objects" if objects else str(error).rstrip(".")
        message = f"{path} must hold plain arrays of numbers; got: {fault}. {_REMEDY}"
        raise DataError(message) from error
