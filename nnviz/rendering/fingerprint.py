"""Fingerprints of what pictures follow from: code, installed versions, a recording's files."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
from functools import cache
from pathlib import Path

from nnviz.compat.version import cairo_version
from nnviz.files import checksum
from nnviz.recording.recording import Recording
from nnviz.rendering.scene_registry import SCENES_FOLDER

_PACKAGE = Path(__file__).parents[1]
# Parts of nnviz that no frame depends on, or that have a fingerprint of their own.
_APART = ("scenes", "cli", "figures", "verification")


@cache
def library_fingerprint() -> str:
    """Return a digest of what draws: nnviz's code, and the versions of all that is installed.

    The code of nnviz's scenes is left out, see :func:`scenes_fingerprint`. It is 32 hexadecimal
    digits, and computed once for each process.
    """
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(_PACKAGE.rglob("*.py")):
        if path.relative_to(_PACKAGE).parts[0] not in _APART:
            digest.update(path.read_bytes())
    versions = {f"{each.name} {each.version}" for each in importlib.metadata.distributions()}
    of_system = [platform.python_version(), cairo_version()]
    digest.update("\n".join([*of_system, *sorted(versions)]).encode())
    return digest.hexdigest()


@cache
def scenes_fingerprint() -> str:
    """Return a digest of the code of all of nnviz's own scenes, which share some of it.

    It is 32 hexadecimal digits, and computed once for each process.
    """
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(SCENES_FOLDER.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def recording_fingerprint(recording: Recording) -> str:
    """Return a digest of what a recording's files hold, 32 hexadecimal digits.

    Measurements that are kept in a folder beside the files do not count.
    """
    modified = max(file.stat().st_mtime_ns for file in _files(recording.path))
    return _digest_of_files(recording.path, modified)


@cache
def _digest_of_files(path: Path, modified: int) -> str:  # noqa: ARG001 (tells the cache of changes)
    """Return a digest of a recording's files; ``modified`` is when the last of them was changed."""
    digest = hashlib.blake2b(digest_size=16)
    for file in _files(path):
        digest.update(f"{file.name} {checksum(file)}\n".encode())
    return digest.hexdigest()


def _files(path: Path) -> list[Path]:
    """Return a recording's own files; what was measured lies in a folder beside them."""
    return sorted(file for file in path.iterdir() if file.is_file())
