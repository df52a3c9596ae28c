"""The manifest: the file that makes a folder of arrays a recording."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nnviz.errors import RecordingError, first_line
from nnviz.files import is_own_file

#: What a manifest says that it is of.
FORMAT = "nnviz recording"
#: Version of the recordings that are written.
VERSION = 2
# The first version: samples evenly spread over the data, and no deviations of costs.
_READABLE = (1, VERSION)
#: Name of the manifest in a recording's folder.
MANIFEST_NAME = "manifest.json"


def is_recording(path: Path) -> bool:
    """Tell whether a folder holds a recording, of any version."""
    if not is_own_file(path / MANIFEST_NAME):
        return False
    try:
        content = json.loads((path / MANIFEST_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(content, dict) and content.get("format") == FORMAT


def read_manifest(path: Path) -> dict[str, Any]:
    """Read the manifest of the recording in a folder, and check that no part is missing.

    Parameters
    ----------
    path
        Folder of the recording.

    Raises
    ------
    RecordingError
        If there is no recording, its manifest is damaged, or nnviz cannot read its version.
    """
    file = path / MANIFEST_NAME
    if not _is_folder(path):
        message = f"recording {path} must be a folder; there is none. Make one with nnviz train."
        raise RecordingError(message)
    if not is_own_file(file):
        message = (
            f"recording {path} must hold a {MANIFEST_NAME}; there is none. "
            "Name a folder that nnviz train made."
        )
        raise RecordingError(message)
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        message = (
            f"{file} must be JSON; it cannot be read: {first_line(error)}. Record the run again."
        )
        raise RecordingError(message) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        message = f"{file} must be of an {FORMAT}; it is of something else. Name another folder."
        raise RecordingError(message)
    if content.get("version") not in _READABLE:
        message = (
            f"{path} must be a recording of version {_READABLE[0]} to {VERSION}; got "
            f"{content.get('version')!r}, written by nnviz {content.get('nnviz')}. "
            "Use that nnviz, or record the run again."
        )
        raise RecordingError(message)
    needed = {"nnviz", "status", "network", "data", "training", "quantities"}
    missing = (needed | ({"samples"} if content["version"] > 1 else set())) - content.keys()
    if missing:
        message = f"{file} must hold {', '.join(sorted(missing))}. Record the run again."
        raise RecordingError(message)
    return content


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except ValueError:  # a name that no folder can have
        return False
