"""The folder of a recording: what is nnviz's in it, who writes it, and taking its place."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from pathlib import Path

from nnviz.errors import RecordingError
from nnviz.files import (
    clear_away,
    ignoring_missing_locks,
    left_unfinished,
    locked,
    unfinished,
)
from nnviz.recording.manifest import MANIFEST_NAME, is_recording

#: Name of the folder in a recording's for what was measured of it.
MEASURED = "measured"
_MEASURED_FILE = re.compile(r"[0-9a-f]{32}\.npy")
# Of files besides the manifest: quantities, and the examples that are copied.
_ARRAY_FILE = re.compile(
    r"(steps|learning_rates|parameters|gradients|batch_costs|batch_indices"
    r"|(train|test)_(costs|cost_deviations|accuracies)"
    r"|epoch_(steps|(train|test)_(costs|accuracies))|(pre_)?activations_\d+"
    r"|(probe|train_sample|test_sample)_(images|labels|indices))\.npy"
)


def check_free(path: Path, *, force: bool) -> None:
    """Check that a recording may be made at a path.

    Parameters
    ----------
    path
        Free, an empty folder, or a recording.
    force
        Whether a recording may be replaced: one that no other process is writing, and with
        nothing in its folder that nnviz did not write.

    Raises
    ------
    RecordingError
        If something is there that is not replaced.
    """
    if not path.exists() or (path.is_dir() and not any(path.iterdir())):
        return
    if not is_recording(path):
        message = (
            f"{path} must be free or a recording; it is something else, which is never "
            "replaced. Choose another folder."
        )
        raise RecordingError(message)
    if not force:
        message = f"{path} holds a recording already. Choose another folder, or use --force."
        raise RecordingError(message)
    if others := foreign_files(path):
        message = (
            f"{path} must hold a recording and nothing else to be replaced; it also holds "
            f"{others[0]}. Move that away, or choose another folder."
        )
        raise RecordingError(message)
    if is_being_written(path):
        message = (
            f"{path} is being written by another process. Wait for its end, or choose another "
            "folder."
        )
        raise RecordingError(message)


def foreign_files(path: Path) -> list[str]:
    """Return the names of what is in a recording's folder but not nnviz's."""
    ours = set(left_unfinished(path))
    found = [
        file.name
        for file in path.iterdir()
        if file.name not in (MANIFEST_NAME, MEASURED)
        and not _ARRAY_FILE.fullmatch(file.name)
        and file not in ours
    ]
    measured = path / MEASURED
    if measured.is_dir():
        ours = set(left_unfinished(measured))
        found += [
            f"{MEASURED}/{file.name}"
            for file in measured.iterdir()
            if not _MEASURED_FILE.fullmatch(file.name) and file not in ours
        ]
    return sorted(found)


def claim(folder: Path) -> int | None:
    """Mark a folder as being written by this process, as long as it lives.

    Returns
    -------
    int or None
        To be closed when all is written; none if another process writes it.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        with ignoring_missing_locks():
            # The system lets go of it with the process, however that ends.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def is_being_written(folder: Path) -> bool:
    """Tell whether a living process writes a recording in a folder."""
    handle = claim(folder)
    if handle is not None:
        os.close(handle)
    return handle is None


def put_in_place(made: Path, path: Path, *, force: bool) -> None:
    """Give a new recording its name, for a recording that may be there.

    Parameters
    ----------
    made
        Its folder, in the folder that it stays in.
    path
        Its name.
    force
        See :func:`check_free`.
    """
    with locked(path.parent):
        check_free(path, force=force)
        if not path.exists():
            made.rename(path)
            return
        replaced = unfinished(_replaced(path))
        path.rename(replaced)
        try:
            made.rename(path)
        except BaseException:
            replaced.rename(path)
            raise
    shutil.rmtree(replaced)


def tidy(path: Path) -> None:
    """Remove what killed processes left of recordings at a path; what they replaced comes back."""
    if not path.parent.is_dir():
        return
    with locked(path.parent):
        for older in left_unfinished(path.parent, _replaced(path).name):
            if not path.exists():
                older.rename(path)
        for name in (path.name, _replaced(path).name):
            clear_away(path.parent, name)


def _replaced(path: Path) -> Path:
    return path.with_name(f"{path.name}.replaced")
