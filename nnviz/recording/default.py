"""The default run, which is shown when no other recording is named."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from nnviz.core.training import Observer
from nnviz.data.cache import cache_folder
from nnviz.data.sources import load_data
from nnviz.errors import RecordingError
from nnviz.files import clear_away, unfinished
from nnviz.recording.folder import put_in_place
from nnviz.recording.recording import Recording
from nnviz.recording.run import train
from nnviz.version import __version__

#: Environment variable that names the folder of the recording to show by default.
RUN_VARIABLE = "NNVIZ_RUN"


def find_recording(path: str | Path | None = None, observers: Sequence[Observer] = ()) -> Recording:
    """Open the recording named, else the one ``NNVIZ_RUN`` names, else the default run.

    Parameters
    ----------
    path
        Folder of a recording; ``None`` or empty leaves the choice to ``NNVIZ_RUN``.
    observers
        Observers of the training, if the default run has to be made.

    Raises
    ------
    RecordingError
        If what is named is not a recording that can be read.
    """
    path = path or os.environ.get(RUN_VARIABLE)
    return Recording.open(path) if path else default_run(observers)


def default_run(observers: Sequence[Observer] = ()) -> Recording:
    """Open the default run, a training on the synthetic digits with all default settings.

    It is made in the cache folder if it is not there yet, which takes some seconds.

    Parameters
    ----------
    observers
        Observers of the training, if there has to be one.
    """
    path = cache_folder() / "runs" / f"default-{__version__}"
    try:
        return Recording.open(path)
    except RecordingError:
        return _make(path, observers)


def _make(path: Path, observers: Sequence[Observer]) -> Recording:
    # Made under another name: another process that looks meanwhile finds a whole run or none.
    clear_away(path.parent, path.name)
    made = unfinished(path)
    try:
        train(load_data("digits"), made, force=True, observers=observers)
        _move_aside(path)
        put_in_place(made, path, force=True)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return Recording.open(path)


def _move_aside(path: Path) -> None:
    """Move a default run that cannot be read out of the way."""
    try:
        Recording.open(path)  # another process has made it meanwhile
    except RecordingError:
        if path.exists():
            broken = path.with_name(f"{path.name}.broken")
            shutil.rmtree(broken, ignore_errors=True)
            path.rename(broken)
