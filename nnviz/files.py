"""Files and folders that appear whole, and what they may take the place of."""

from __future__ import annotations

import errno
import fcntl
import glob
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tokenize import TokenError

from nnviz.errors import SettingError

#: Whatever NumPy raises of an array's header that was damaged or made up.
HEADER_DAMAGES = (
    ValueError, OSError, EOFError, SyntaxError, TokenError, TypeError, OverflowError, KeyError,
    IndexError, AttributeError, MemoryError, RecursionError,
)  # fmt: skip


def checksum(path: Path) -> str:
    """Return a short text that stands for what a file holds."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def unfinished(path: Path) -> Path:
    """Return the name that this process gives a file or folder while it is not finished."""
    return path.with_name(f".{path.name}.{_OURS}{os.getpid()}-{_TOKEN}")


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """Give the name of a file to write, which takes its place once it is written."""
    temporary = unfinished(path)
    try:
        with naming_full_disks(path):
            yield temporary
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def naming_full_disks(path: Path) -> Iterator[None]:
    """Say of a disk that is full what it has no room for."""
    try:
        yield
    except OSError as error:
        # NumPy has words of its own.
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT) or "requested and" in str(error)
        if is_full and error.filename is None:
            raise OSError(errno.ENOSPC, "there is no room on the disk for", str(path)) from error
        raise


def clear_away(folder: Path, name: str | None = None) -> None:
    """Remove what processes that were killed left unfinished in a folder.

    Parameters
    ----------
    folder
        Where to look.
    name
        Of what was to be finished; by default anything.
    """
    for path in left_unfinished(folder, name):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def remove_unfinished(folder: Path, process: int) -> None:
    """Remove the files that a process which was ended did not finish in a folder."""
    for file in folder.glob(f".*.{_OURS}{process}-*"):
        file.unlink(missing_ok=True)


def left_unfinished(folder: Path, name: str | None = None) -> list[Path]:
    """Return what :func:`clear_away` removes."""
    pattern = "*" if name is None else glob.escape(name)
    found = []
    for path in folder.glob(f".{pattern}.{_OURS}*"):
        match = _NUMBERED.fullmatch(path.suffix)
        if match and _is_left(int(match[1]), match[2]):
            found.append(path)
    return found


@contextmanager
def ignoring_missing_locks() -> Iterator[None]:
    """Go on without a lock where a file system, such as one of a network, has none."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.EBADF, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL):
            raise


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let no other process into a part of the program that is about the same folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with ignoring_missing_locks():
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def is_own_file(path: Path) -> bool:
    """Tell whether a path is that of a file itself: no link to another."""
    return is_plain_file(path) and not path.is_symlink()


def is_plain_file(path: Path) -> bool:
    """Tell whether a path is that of a file: not of a folder, nor of a pipe or a device."""
    try:
        return path.is_file()
    except ValueError:  # a name that no file can have
        return False


def check_replaceable(path: Path, *, force: bool = False) -> None:
    """Check that a file may be written that was there before, or is not there yet.

    Parameters
    ----------
    path
        Of a film, a picture or a figure.
    force
        Whether a file of another kind than its ending says may be replaced. A folder, or
        what is no file, never is.

    Raises
    ------
    SettingError
        If something is there that is not replaced.
    """
    if path.is_dir() or (path.exists() and not path.is_file()):
        what = "a folder" if path.is_dir() else "no plain file"
        message = f"{path} must be free or a file; it is {what}. Choose another name."
        raise SettingError(message)
    if not path.exists() or force or path.stat().st_size == 0:
        return
    with path.open("rb") as file:
        begin = file.read(_BEGIN)
    if _BEGINNINGS[path.suffix.lower()] not in begin:
        message = (
            f"{path} must be free or a {path.suffix} file; its contents are something else, which "
            "is not replaced unasked. Choose another name, or use --force (in Python, force=True)."
        )
        raise SettingError(message)


def _is_left(process: int, token: str) -> bool:
    """Tell whether what a process made is left: it is gone, or another had its number before."""
    if process == os.getpid():
        return token != _TOKEN
    return not _is_running(process)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):  # somebody else's, or nobody's
        return True
    return True


# Part of the names of what is not finished: nobody else's end in it, a number and a token, which
# nobody can foresee.
_OURS = "nnviz-"
_TOKEN = secrets.token_hex(4)
_NUMBERED = re.compile(r"\.nnviz-(\d+)-([0-9a-f]+)")
# What is found at the beginning of a file, by its ending; and how much that is.
_BEGINNINGS = {
    ".mp4": b"ftyp",
    ".webm": b"\x1aE\xdf\xa3",
    ".gif": b"GIF8",
    ".png": b"\x89PNG",
    ".pdf": b"%PDF",
    ".svg": b"<svg",
}
_BEGIN = 1024
