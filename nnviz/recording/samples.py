"""Samples: the examples of the data set that a recording holds copies of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from nnviz.core.arrays import IntArray
from nnviz.data.dataset import Dataset, LabelledImages
from nnviz.errors import RecordingError, first_line
from nnviz.files import HEADER_DAMAGES, is_own_file

#: Seed of the samples: they are drawn at random, so that what they say of all examples has a
#: standard error that is known.
SAMPLE_SEED = 0
# Enough examples for an accuracy good to half a percent, few enough to be measured at
# every recorded step in a millisecond or two.
_SAMPLE_SIZE = 2000
# Enough to show what a class is like, few enough that their activations take little room.
_PROBES_PER_CLASS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Examples chosen from a data set.

    Parameters
    ----------
    images
        Copies of their images and labels.
    indices
        Their indices in the data set, ``(n,)``.
    """

    images: LabelledImages
    indices: IntArray


def choose_samples(data: Dataset) -> dict[str, Sample]:
    """Choose the examples of a data set that its recordings hold copies of.

    Returns
    -------
    dict
        The samples ``probe``, ``train_sample`` and ``test_sample``, in this order.
    """
    chosen = {
        "probe": (data.test, probe_indices(data.test.labels, data.n_classes)),
        "train_sample": (data.train, sample_indices(len(data.train))),
        "test_sample": (data.test, sample_indices(len(data.test))),
    }
    return {name: Sample(source.take(rows), rows) for name, (source, rows) in chosen.items()}


def probe_indices(labels: IntArray, n_classes: int) -> IntArray:
    """Choose the first ten examples of each class, one of each class in turn.

    Parameters
    ----------
    labels
        Class of each example, ``(n,)``.
    n_classes
        Number of classes.

    Returns
    -------
    IntArray
        Indices of the chosen examples, at most ten for each class.

    Examples
    --------
    >>> probe_indices(np.array([1, 1, 0, 0, 0]), 2)
    array([2, 0, 3, 1, 4])
    """
    members = [np.flatnonzero(labels == label)[:_PROBES_PER_CLASS] for label in range(n_classes)]
    turns = [
        rows[turn] for turn in range(_PROBES_PER_CLASS) for rows in members if turn < len(rows)
    ]
    return np.array(turns, np.int64)


def sample_indices(n: int) -> IntArray:
    """Choose up to 2,000 of ``n`` examples at random, the same ones every time.

    Returns
    -------
    IntArray
        Indices of the chosen examples, ascending.

    Examples
    --------
    >>> sample_indices(3)
    array([0, 1, 2])
    >>> len(sample_indices(10_000))
    2000
    """
    rng = np.random.default_rng(SAMPLE_SEED)
    return np.sort(rng.choice(n, min(n, _SAMPLE_SIZE), replace=False))


def open_sample(folder: Path, name: str, n_all: int) -> Sample:
    """Open one sample in a recording's folder, and check it.

    Parameters
    ----------
    folder
        Folder of the recording.
    name
        Name of the sample: ``probe``, ``train_sample`` or ``test_sample``.
    n_all
        Number of examples in the part of the data set that it was chosen from.

    Raises
    ------
    RecordingError
        If a file is missing or damaged, or an index is not that of such an example.
    """
    images, labels, indices = (
        _load(folder, f"{name}_{part}.npy") for part in ("images", "labels", "indices")
    )
    try:
        examples = LabelledImages(images, labels)
    except ValueError as error:
        message = f"the {name} examples of {folder} are damaged: {error}"
        raise RecordingError(message) from error
    are_indices = indices.shape == (len(examples),) and np.issubdtype(indices.dtype, np.integer)
    if not are_indices or ((indices < 0) | (indices >= n_all)).any():
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
