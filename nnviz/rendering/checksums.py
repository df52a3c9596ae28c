"""Files that prove to be whole: beside each lies another that says what it holds."""

from __future__ import annotations

import os
from pathlib import Path

from nnviz.files import appearing, checksum


def write_checksum(file: Path) -> None:
    """Say beside a finished file what it holds."""
    with appearing(checksum_file(file)) as unfinished:
        unfinished.write_text(_said(file), encoding="ascii")


def is_whole(file: Path) -> bool:
    """Tell whether a file is there and is what was sealed by its name; both count as used then."""
    beside = checksum_file(file)
    try:
        said = beside.read_text(encoding="ascii")
        if said != _said(file):
            return False
        for each in (file, beside):
            os.utime(each)
    except (OSError, UnicodeDecodeError):
        return False
    return True


def checksum_file(file: Path) -> Path:
    """Return the file beside another that says what it holds."""
    return file.with_name(f"{file.name}.sum")


def _said(file: Path) -> str:
    """Return what stands beside a file: its name counts, so that two cannot be swapped."""
    return f"{file.name} {checksum(file)}"
