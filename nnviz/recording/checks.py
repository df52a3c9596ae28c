"""Whether what lies in a recording's folder can be a training, and is what was written."""

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


def check_listed(
    listed: Sequence[Quantity], sizes: Sequence[int], n_parameters: int, dtype: str, *, version: int
) -> None:
    """Check that a manifest lists the quantities of a training, and nothing else.

    Raises
    ------
    ValueError
        If one is missing, has another shape or type than it must, or is none of them.
    """
    found = {each.name: each for each in listed}
    for each in listed:
        if any(n < 1 for n in each.row_shape):
            message = f"{each.name[:60]} cannot be of {each.row_shape}"
            raise ValueError(message)
    try:
        (batch_size,) = found["batch_indices"].row_shape
        n_probes, _ = found["activations_1"].row_shape
    except KeyError as error:
        message = f"there is no {error.args[0]}"
        raise ValueError(message) from error
    needed = quantities(sizes, n_parameters, dtype, batch_size=batch_size, n_probes=n_probes)
    for wanted in needed:
        got = found.pop(wanted.name, None)
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
    if found:
        message = f"there is no quantity {str(next(iter(found)))[:60]!r}"
        raise ValueError(message)


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


def check_settings(manifest: Mapping[str, Any]) -> None:
    """Check that a manifest says how a network was trained, and on what.

    Raises
    ------
    ValueError
        If something is missing, or is of another kind than it must.
    """
    for part, kinds in _SETTINGS.items():
        for name, kind in kinds.items():
            value = manifest[part].get(name, _MISSING)
            is_odd = not isinstance(value, kind) or (isinstance(value, bool) and bool not in kind)
            if is_odd or (name in _COUNTS and value < 1):
                said = "it is missing" if value is _MISSING else f"got {str(value)[:60]}"
                message = f"{part}.{name} cannot be so: {said}"
                raise ValueError(message)


_MISSING = object()


def check_moments(path: Path, arrays: Mapping[str, NDArray[Any]], n_steps: int) -> None:
    """Check what says when moments were, and shares, which lie in [0, 1].

    Raises
    ------
    RecordingError
        If an array cannot be; the message names it.
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
    """Check that examples are of the recording's images and classes, and as many as it says.

    Raises
    ------
    RecordingError
        If they are not; the message names the file.
    """
    for name, sample in samples.items():
        if sample.images.image_shape != image_shape:
            _refuse(path, f"{name}_images", f"images of {image_shape[0]} x {image_shape[1]}")
        if int(sample.images.labels.max()) >= n_classes:
            _refuse(path, f"{name}_labels", f"classes below {n_classes}")
    if len(samples["probe"].images) != n_probes:
        _refuse(path, "probe_images", f"the {n_probes} examples whose activations are recorded")


def check_batch(path: Path, indices: NDArray[Any], n_examples: int) -> None:
    """Check that a batch is of examples there are, and -1 for none.

    Raises
    ------
    RecordingError
        If it is not.
    """
    if ((indices < -1) | (indices >= n_examples)).any():
        _refuse(path, "batch_indices", f"examples below {n_examples:,}, or -1")


def checksums(folder: Path) -> dict[str, str]:
    """Return a checksum of every file of a recording but its manifest."""
    files = sorted(folder.glob("*.npy"))
    return {file.name: checksum(file) for file in files}


def checksum_of_manifest(manifest: Mapping[str, Any]) -> str:
    """Return a checksum of all that a manifest says besides checksums."""
    said = {name: value for name, value in manifest.items() if name != "checksums"}
    text = json.dumps(said, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def changed_files(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Return the names of files that are not as they were when a recording was finished.

    Raises
    ------
    RecordingError
        If the recording does not say how they were: it is not finished, or older.
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
