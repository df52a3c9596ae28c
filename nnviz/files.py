"""Files and folders that appear whole or not at all, and what they may replace."""

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

#: Whatever NumPy raises when it reads an array's header that was damaged or made up.
HEADER_DAMAGES = (
    ValueError, OSError, EOFError, SyntaxError, TokenError, TypeError, OverflowError, KeyError,
    IndexError, AttributeError, MemoryError, RecursionError,
)  # fmt: skip

# Unfinished files are marked in their names by this text, the number of the process that makes
# them, and a token that nobody can foresee: so that no other file is ever taken for one.
_MARK = "nnviz-"
_TOKEN = secrets.token_hex(4)
_MARKED_SUFFIX = re.compile(r"\.nnviz-(\d+)-([0-9a-f]+)")
# What is found in the first bytes of a file, by the file's suffix.
_SIGNATURES = {
    ".mp4": b"ftyp",
    ".webm": b"\x1aE\xdf\xa3",
    ".gif": b"GIF8",
    ".png": b"\x89PNG",
    ".pdf": b"%PDF",
    ".svg": b"<svg",
}
# Bytes to look for it in: an SVG's may stand behind a long comment.
_SIGNATURE_BYTES = 1024


def checksum(path: Path) -> str:
    """Return a checksum of a file's content, 32 hexadecimal digits (BLAKE2b)."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def unfinished(path: Path) -> Path:
    """Return the path that a file or folder has while this process has not finished it.

    It lies in the same folder as ``path``; no other process uses it.
    """
    return path.with_name(f".{path.name}.{_MARK}{os.getpid()}-{_TOKEN}")


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """Write a file so that it appears whole or not at all.

    Parameters
    ----------
    path
        Path that the file is to have; a file that is there is replaced.

    Yields
    ------
    Path
        Temporary path to write to; the file is moved to ``path`` at the end of the block, and
        removed if an error ends it.
    """
    temporary = unfinished(path)
    try:
        with naming_full_disks(path):
            yield temporary
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def naming_full_disks(path: Path) -> Iterator[None]:
    """Name the path that there was no room for in the error of a full disk.

    Parameters
    ----------
    path
        Path of what the block writes.

    Raises
    ------
    OSError
        If the disk is full, with the path in its message; any other error passes unchanged.
    """
    try:
        yield
    except OSError as error:
        # NumPy's own error has no number, but these words.
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT) or "requested and" in str(error)
        if is_full and error.filename is None:
            raise OSError(errno.ENOSPC, "there is no room on the disk for", str(path)) from error
        raise


def clear_away(folder: Path, name: str | None = None) -> None:
    """Remove what processes that were killed left unfinished in a folder.

    Parameters
    ----------
    folder
        Folder to look in.
    name
        Final name of the unfinished file or folder; ``None`` means any.
    """
    for path in left_unfinished(folder, name):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def remove_unfinished(folder: Path, process: int) -> None:
    """Remove the files that an ended process left unfinished in a folder.

    Parameters
    ----------
    folder
        Folder to look in.
    process
        Number of the process.
    """
    for file in folder.glob(f".*.{_MARK}{process}-*"):
        file.unlink(missing_ok=True)


def left_unfinished(folder: Path, name: str | None = None) -> list[Path]:
    """Return the paths that killed processes left unfinished in a folder.

    Parameters
    ----------
    folder
        Folder to look in.
    name
        Final name of the unfinished file or folder; ``None`` means any.
    """
    pattern = "*" if name is None else glob.escape(name)
    left = []
    for path in folder.glob(f".{pattern}.{_MARK}*"):
        match = _MARKED_SUFFIX.fullmatch(path.suffix)
        if match and _is_left(int(match[1]), match[2]):
            left.append(path)
    return left


@contextmanager
def ignoring_missing_locks() -> Iterator[None]:
    """Continue without a lock on file systems that have none, such as some of networks."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.EBADF, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL):
            raise


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other processes out of every block that locks the same folder, until this one ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with ignoring_missing_locks():
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def is_own_file(path: Path) -> bool:
    """Tell whether a path is that of a plain file itself, not of a link to one."""
    return is_plain_file(path) and not path.is_symlink()


def is_plain_file(path: Path) -> bool:
    """Tell whether a path is that of a plain file: no folder, pipe or device."""
    try:
        return path.is_file()
    except ValueError:  # a name that no file can have
        return False


def check_replaceable(path: Path, *, force: bool = False) -> None:
    """Check that a film, a picture or a figure may be written to a path.

    Parameters
    ----------
    path
        Path of the file; its suffix is that of one of these. Nothing may be there but a file
        of that kind, or an empty one.
    force
        Whether a file of another kind may be replaced too. A folder, or what is no plain file,
        never is.

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
        beginning = file.read(_SIGNATURE_BYTES)
    if _SIGNATURES[path.suffix.lower()] not in beginning:
        message = (
            f"{path} must be free or a {path.suffix} file; its contents are something else, which "
            "is not replaced unasked. Choose another name, or use --force (in Python, force=True)."
        )
        raise SettingError(message)


def _is_left(process: int, token: str) -> bool:
    """Tell whether the process that made a file is gone, even if another now has its number."""
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
