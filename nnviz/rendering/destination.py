"""The place of a finished film: what may be replaced there, and how."""

from __future__ import annotations

import re
from pathlib import Path

from nnviz.errors import SettingError
from nnviz.files import check_replaceable
from nnviz.rendering.joining import FRAMES_MARKER

_FRAME_NAME = re.compile(r"\d{5,}\.png")


def check_destination(path: Path, *, force: bool) -> None:
    """Check that a film replaces nothing that nnviz did not write.

    Parameters
    ----------
    path
        The film's file or, without an ending, its folder of frames.
    force
        Whether a file that is no film may be replaced. A folder is only replaced where it is
        empty or holds nothing but frames that nnviz drew.

    Raises
    ------
    SettingError
        If something is there that is not replaced.
    """
    if path.suffix:
        check_replaceable(path, force=force)
        return
    if not path.exists() or (path.is_dir() and not any(path.iterdir())):
        return
    names = sorted(file.name for file in path.iterdir()) if path.is_dir() else []
    others = [name for name in names if not _FRAME_NAME.fullmatch(name) and name != FRAMES_MARKER]
    if FRAMES_MARKER not in names or others:
        message = (
            f"{path} must be a new folder or hold nothing but frames that nnviz drew; it is "
            f"{f'one that holds {others[0]}' if others else 'something else'}. "
            "Choose another name."
        )
        raise SettingError(message)


def put_in_place(finished: Path, path: Path) -> None:
    """Move a finished film, a file or a folder, to its place.

    Parameters
    ----------
    finished
        The film in its scratch folder, on the same file system as its place.
    path
        The film's place. An older folder of frames there is moved into the scratch folder.

    Raises
    ------
    SettingError
        If a folder is there that holds something else by now.
    """
    if path.is_dir():
        check_destination(path, force=False)  # it may have changed meanwhile
        path.rename(finished.parent / "older")  # goes with the scratch folder
    finished.replace(path)
