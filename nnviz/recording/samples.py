"""The examples that a recording holds copies of, and which of the data set's they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from nnviz.core.arrays import IntArray
from nnviz.data.dataset import LabelledImages
from nnviz.errors import RecordingError, first_line
from nnviz.files import HEADER_DAMAGES, is_own_file


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Examples taken from a data set.

    Parameters
    ----------
    images
        Copies of them.
    indices
        Their places in the data set, ``(n,)``.
    """

    images: LabelledImages
    indices: IntArray


def open_sample(folder: Path, name: str, n_all: int) -> Sample:
    """Open the examples of a name in a recording's folder, and check them.

    Parameters
    ----------
    folder
        Of the recording.
    name
        ``probe``, ``train_sample`` or ``test_sample``.
    n_all
        Examples that the data set has.

    Raises
    ------
    RecordingError
        If a file is missing or damaged, or the places are not those of such examples.
    """
    images, labels, indices = (
        _load(folder, f"{name}_{part}.npy") for part in ("images", "labels", "indices")
    )
    try:
        examples = LabelledImages(images, labels)
    except ValueError as error:
        message = f"the {name} examples of {folder} are damaged: {error}"
        raise RecordingError(message) from error
    is_of_them = indices.shape == (len(examples),) and np.issubdtype(indices.dtype, np.integer)
    if not is_of_them or ((indices < 0) | (indices >= n_all)).any():
        message = (
            f"{name}_indices.npy must hold {len(examples)} numbers of examples below {n_all} "
            f"(in {folder}); it holds something else. Record the run again."
        )
        raise RecordingError(message)
    return Sample(examples, indices)


def _load(folder: Path, file: str) -> NDArray[Any]:
    try:
        if not is_own_file(folder / file):
            message = "there is no such file"
            raise ValueError(message)
        loaded: NDArray[Any] = open_memmap(folder / file, mode="r")
    except HEADER_DAMAGES as error:
        said = first_line(error)
        message = f"{file} is missing or damaged (in {folder}): {said}. Record the run again."
        raise RecordingError(message) from error
    return loaded
