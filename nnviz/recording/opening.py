"""Opening of a recording's files: its growing arrays and its samples of the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from nnviz.errors import RecordingError
from nnviz.recording.quantities import Quantity
from nnviz.recording.samples import Sample, open_sample
from nnviz.recording.store import open_rows

# Names of the samples' files, and the part of the data set that each was taken from.
_SAMPLES = {"probe": "test", "train_sample": "train", "test_sample": "test"}


def open_arrays(
    folder: Path, listed: Sequence[Quantity], promised: Mapping[str, int]
) -> dict[str, NDArray[Any]]:
    """Map every quantity of a recording from disk, read-only.

    Parameters
    ----------
    folder
        Folder of the recording.
    listed
        The quantities that it holds.
    promised
        Number of rows of a quantity per ``step`` and per ``epoch``. Where it is missing, as in
        the recording of a training that was killed, a row counts if every quantity has it.

    Returns
    -------
    dict
        Values of each quantity by its name, ``(n_rows, *row_shape)``.

    Raises
    ------
    RecordingError
        If a file is missing, damaged or shorter than promised; the message names the file.
    """
    arrays = {q.name: open_rows(folder / q.file, q.row_shape, q.dtype) for q in listed}
    for per in ("step", "epoch"):
        names = [quantity.name for quantity in listed if quantity.per == per]
        # A training that did not finish may have filled some files one row further.
        complete = promised.get(per, min((len(arrays[name]) for name in names), default=0))
        for name in names:
            if len(arrays[name]) < complete:
                message = (
                    f"{name}.npy must hold {complete} rows; got {len(arrays[name])} "
                    f"(in {folder}). The file was cut short: record the run again."
                )
                raise RecordingError(message)
            arrays[name] = arrays[name][:complete]
    return arrays


def open_samples(folder: Path, n_examples: Mapping[str, int]) -> dict[str, Sample]:
    """Open the copies of examples that a recording holds.

    Parameters
    ----------
    folder
        Folder of the recording.
    n_examples
        Number of examples in the data set, of ``train`` and ``test``.

    Returns
    -------
    dict
        The samples ``probe``, ``train_sample`` and ``test_sample``.

    Raises
    ------
    RecordingError
        If a file is missing or damaged; the message names it.
    """
    return {name: open_sample(folder, name, n_examples[part]) for name, part in _SAMPLES.items()}
