"""The user's own images, in a NumPy archive."""

from __future__ import annotations

import zipfile
from pathlib import Path

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


def load_npz(path: str | Path) -> Dataset:
    """Load a data set from an ``.npz`` file.

    Parameters
    ----------
    path
        Holds ``images`` (n, height, width) and ``labels`` (n,), and perhaps
        ``test_images`` and ``test_labels``; without these, one image in seven is held out.

    Raises
    ------
    DataError
        If the file is not such an archive, or what it holds cannot be used.
    """
    path = Path(path)
    arrays = _read(path)
    names = next((names for names in _NAMES if names[0] in arrays and names[1] in arrays), None)
    if names is None:
        message = (
            f"{path} must hold arrays 'images' and 'labels'; got {', '.join(arrays) or 'none'}."
        )
        raise DataError(message)
    try:
        first = LabelledImages(arrays[names[0]], arrays[names[1]])
        if names[2] in arrays and names[3] in arrays:
            train, test = first, LabelledImages(arrays[names[2]], arrays[names[3]])
        else:
            train, test = hold_out(first)
        return Dataset(path.stem, train, test, source=str(path))
    except DataError as error:
        message = f"{error} (in {path})"
        raise DataError(message) from error


def _read(path: Path) -> dict[str, NDArray[np.generic]]:
    try:
        with np.load(path, allow_pickle=False) as archive:
            if not isinstance(archive, np.lib.npyio.NpzFile):
                message = "it holds a single array"
                raise ValueError(message)
            return {name: archive[name] for name in archive.files}
    except FileNotFoundError as error:
        message = f"{path} must be an .npz file; there is none."
        raise DataError(message) from error
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        message = f"{path} must be an .npz file of plain numbers; it cannot be read: {error}."
        raise DataError(message) from error
