"""Checks that a recording can be that of a training, and is what was written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.errors import RecordingError
from nnviz.files import checksum
from nnviz.recording.manifest import MANIFEST_NAME
from nnviz.recording.quantities import Quantity, quantities
from nnviz.recording.samples import Sample

# What recordings of the first version do not hold.
_SINCE_2 = {"train_cost_deviations", "test_cost_deviations"}
# What settings there must be, and of which types.
_SETTINGS: dict[str, dict[str, tuple[type, ...]]] = {
    "network": {"initializer": (str, type(None)), "seed": (int, type(None))},
    "data": {
        "name": (str,), "source": (str,), "checksum": (str,), "synthetic": (bool,),
        "n_train": (int,), "n_test": (int,), "n_classes": (int,),
    },
    "training": {
        "cost": (str,), "optimizer": (str,), "learning_rate": (int, float), "decay": (str,),
        "batch_size": (int,), "epochs": (int,), "seed": (int,), "n_steps": (int,),
        "steps_per_epoch": (int,), "schedule": (str,),
    },
}  # fmt: skip
_COUNTS = ("n_train", "n_test", "batch_size", "epochs", "n_steps", "steps_per_epoch")
# Stands for a setting that is missing, as None is a value of some.
_MISSING = object()


def check_listed(
    listed: Sequence[Quantity], sizes: Sequence[int], n_parameters: int, dtype: str, *, version: int
) -> None:
    """Check that a manifest lists the quantities of a training, and nothing else.

    Parameters
    ----------
    listed
        The quantities that the manifest lists.
    sizes
        Number of neurons in each layer, input first.
    n_parameters
        Length of the parameter vector.
    dtype
        NumPy's name of the type of the parameters.
    version
        Version of the recording; the first did not hold all quantities.

    Raises
    ------
    ValueError
        If one is missing, has another shape or type than it must, or is none of them.
    """
    by_name = {each.name: each for each in listed}
    for each in listed:
        if any(n < 1 for n in each.row_shape):
            message = f"{each.name[:60]} cannot be of {each.row_shape}"
            raise ValueError(message)
    try:
        (batch_size,) = by_name["batch_indices"].row_shape
        n_probes, _ = by_name["activations_1"].row_shape
    except KeyError as error:
        message = f"there is no {error.args[0]}"
        raise ValueError(message) from error
    needed = quantities(sizes, n_parameters, dtype, batch_size=batch_size, n_probes=n_probes)
    for wanted in needed:
        got = by_name.pop(wanted.name, None)
        if got is None:
            if version == 1 and wanted.name in _SINCE_2:
                continue
            message = f"there is no {wanted.name}"
            raise ValueError(message)
        if (got.per, got.row_shape, got.dtype) != (wanted.per, wanted.row_shape, wanted.dtype):
            message = (
                f"{wanted.name} must be of {wanted.row_shape} and {wanted.dtype} a {wanted.per}; "
                f"got {got.row_shape} and {got.dtype} a {got.per}"
            )
            raise ValueError(message)
    if by_name:
        message = f"there is no quantity {str(next(iter(by_name)))[:60]!r}"
        raise ValueError(message)


def check_settings(manifest: Mapping[str, Any]) -> None:
    """Check that a manifest says how a network was trained, and on what data.

    Parameters
    ----------
    manifest
        Content of the manifest, with all its parts.

    Raises
    ------
    ValueError
        If a setting is missing, or is of another type than it must be.
    """
    for part, kinds in _SETTINGS.items():
        for name, kind in kinds.items():
            value = manifest[part].get(name, _MISSING)
            is_odd = not isinstance(value, kind) or (isinstance(value, bool) and bool not in kind)
            if is_odd or (name in _COUNTS and value < 1):
                said = "it is missing" if value is _MISSING else f"got {str(value)[:60]}"
                message = f"{part}.{name} cannot be so: {said}"
                raise ValueError(message)


def check_values(path: Path, arrays: Mapping[str, NDArray[Any]], n_steps: int) -> None:
    """Check the recorded steps, accuracies and learning rates.

    Parameters
    ----------
    path
        Folder of the recording, for the message.
    arrays
        Values of each quantity by its name.
    n_steps
        Number of steps that the training was to take.

    Raises
    ------
    RecordingError
        If steps do not ascend, accuracies leave [0, 1] or learning rates are negative or not
        finite; the message names the file.
    """
    for name in ("steps", "epoch_steps"):
        steps = np.asarray(arrays[name])
        if steps.size and (steps[0] < 0 or steps[-1] > n_steps or (np.diff(steps) <= 0).any()):
            _refuse(path, name, f"ascending steps of 0 to {n_steps}")
    for name in (name for name in arrays if name.endswith("accuracies")):
        shares = np.asarray(arrays[name])
        if not ((shares >= 0) & (shares <= 1)).all():
            _refuse(path, name, "shares of 0 to 1")
    rates = np.asarray(arrays["learning_rates"])
    if not ((rates >= 0) & (rates < np.inf)).all():
        _refuse(path, "learning_rates", "finite rates of 0 or more")


def check_samples(
    path: Path,
    samples: Mapping[str, Sample],
    image_shape: tuple[int, int],
    n_classes: int,
    n_probes: int,
) -> None:
    """Check that the copied examples fit the rest of the recording.

    Parameters
    ----------
    path
        Folder of the recording, for the message.
    samples
        The copied examples by their names.
    image_shape
        Height and width that images must have, in pixels.
    n_classes
        Number of classes; labels must lie below it.
    n_probes
        Number of probe examples that there must be.

    Raises
    ------
    RecordingError
        If an example does not fit, or there are more or fewer probes; the message names the
        file.
    """
    for name, sample in samples.items():
        if sample.images.image_shape != image_shape:
            _refuse(path, f"{name}_images", f"images of {image_shape[0]} x {image_shape[1]}")
        if int(sample.images.labels.max()) >= n_classes:
            _refuse(path, f"{name}_labels", f"classes below {n_classes}")
    if len(samples["probe"].images) != n_probes:
        _refuse(path, "probe_images", f"the {n_probes} examples whose activations are recorded")


def check_batch(path: Path, indices: NDArray[Any], n_examples: int) -> None:
    """Check that a batch consists of training examples.

    Parameters
    ----------
    path
        Folder of the recording, for the message.
    indices
        Indices of the examples in the data set; -1 where the batch holds fewer.
    n_examples
        Number of training examples in the data set.

    Raises
    ------
    RecordingError
        If an index is not that of a training example.
    """
    if ((indices < -1) | (indices >= n_examples)).any():
        _refuse(path, "batch_indices", f"examples below {n_examples:,}, or -1")


def checksums(folder: Path) -> dict[str, str]:
    """Return the checksum of every file of a recording but its manifest, by the file's name."""
    files = sorted(folder.glob("*.npy"))
    return {file.name: checksum(file) for file in files}


def checksum_of_manifest(manifest: Mapping[str, Any]) -> str:
    """Return a checksum of a manifest's content, without its own part of checksums."""
    content = {name: value for name, value in manifest.items() if name != "checksums"}
    text = json.dumps(content, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def changed_files(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Return the names of files that changed since a recording was finished, sorted.

    Parameters
    ----------
    folder
        Folder of the recording.
    manifest
        Content of its manifest.

    Returns
    -------
    list
        Names of files that were changed, added or removed; empty if there are none.

    Raises
    ------
    RecordingError
        If the manifest has no checksums: the recording is not finished, or was written by an
        earlier nnviz.
    """
    written = manifest.get("checksums")
    if not isinstance(written, dict) or not written:
        message = (
            f"{folder} must say what its files were; it does not: it is not finished, or was "
            "written by an earlier nnviz. Record the run again."
        )
        raise RecordingError(message)
    found = checksums(folder) | {MANIFEST_NAME: checksum_of_manifest(manifest)}
    return sorted(
        name for name in written.keys() | found.keys() if written.get(name) != found.get(name)
    )


def _refuse(path: Path, name: str, wanted: str) -> None:
    message = (
        f"{name}.npy must hold {wanted}; it holds others (in {path}). "
        "The file was changed: record the run again."
    )
    raise RecordingError(message)
