"""Files that prove to be whole: a second file beside each holds its checksum."""

from __future__ import annotations

import os
from pathlib import Path

from nnviz.files import appearing, checksum


def write_checksum(file: Path) -> None:
    """Write the checksum of a finished file beside it."""
    with appearing(checksum_file(file)) as unfinished:
        unfinished.write_text(_expected_text(file), encoding="ascii")


def is_whole(file: Path) -> bool:
    """Tell whether a file is there and holds what its checksum says.

    If so, the times of the file and of its checksum are set to now, as both were used.
    """
    beside = checksum_file(file)
    try:
        if beside.read_text(encoding="ascii") != _expected_text(file):
            return False
        for each in (file, beside):
            os.utime(each)
    except (OSError, UnicodeDecodeError):
        return False
    return True


def checksum_file(file: Path) -> Path:
    """Return the path of the file that holds another's checksum."""
    return file.with_name(f"{file.name}.sum")


def _expected_text(file: Path) -> str:
    """Return what the checksum's file should hold: the name counts, so that no two are swapped."""
    return f"{file.name} {checksum(file)}"
