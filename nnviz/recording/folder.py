"""The folder of a recording: which files are nnviz's, who writes it, and its replacement."""

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

#: Name of the subfolder of a recording that keeps what was measured of it.
MEASURED = "measured"
_MEASURED_FILE = re.compile(r"[0-9a-f]{32}\.npy")
# Names of files besides the manifest: quantities, and the copied examples.
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
        Path of the recording to make. Nothing may be there but an empty folder or, with
        ``force``, a recording.
    force
        Whether a recording may be replaced. It must be one that no other process is writing,
        with nothing in its folder that nnviz did not write.

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
    """Return the names of files in a recording's folder that nnviz did not write, sorted."""
    ours = set(left_unfinished(path))
    foreign = [
        file.name
        for file in path.iterdir()
        if file.name not in (MANIFEST_NAME, MEASURED)
        and not _ARRAY_FILE.fullmatch(file.name)
        and file not in ours
    ]
    measured = path / MEASURED
    if measured.is_dir():
        ours = set(left_unfinished(measured))
        foreign += [
            f"{MEASURED}/{file.name}"
            for file in measured.iterdir()
            if not _MEASURED_FILE.fullmatch(file.name) and file not in ours
        ]
    return sorted(foreign)


def claim(folder: Path) -> int | None:
    """Mark a folder as being written by this process, for as long as the process lives.

    Returns
    -------
    int or None
        File descriptor of the folder, to close when all is written; ``None`` if another process
        is writing it.
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
    """Tell whether a living process is writing a recording in a folder."""
    handle = claim(folder)
    if handle is not None:
        os.close(handle)
    return handle is None


def put_in_place(made: Path, path: Path, *, force: bool) -> None:
    """Move a new recording to its path, in place of a recording that may be there.

    Parameters
    ----------
    made
        Folder of the new recording, in the same folder as ``path``.
    path
        Path that it is to have.
    force
        Whether a recording may be replaced; see :func:`check_free`.

    Raises
    ------
    RecordingError
        If something is at the path that is not replaced.
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
    """Remove what killed processes left of recordings at a path.

    A recording that such a process had moved aside, to replace it, comes back if nothing took
    its place.
    """
    if not path.parent.is_dir():
        return
    with locked(path.parent):
        for older in left_unfinished(path.parent, _replaced(path).name):
            if not path.exists():
                older.rename(path)
        for name in (path.name, _replaced(path).name):
            clear_away(path.parent, name)


def _replaced(path: Path) -> Path:
    """Return the name under which a recording is moved aside."""
    return path.with_name(f"{path.name}.replaced")
