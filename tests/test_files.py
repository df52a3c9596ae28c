"""Files appear whole; what is full is named."""

from __future__ import annotations

import errno
import os

import pytest

from nnviz.errors import SettingError
from nnviz.files import (
    appearing,
    check_replaceable,
    clear_away,
    locked,
    naming_full_disks,
    unfinished,
)
from nnviz.recording.folder import claim, is_being_written


def test_file_appears_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a.json"
    with appearing(path) as temporary:
        temporary.write_text("new")
        assert not path.exists()
    assert path.read_text() == "new"

    def fail():
        with appearing(path) as temporary:
            temporary.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.json", "new")]


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        OSError("78400 requested and 73600 written"),
    ],
)
def test_full_disk_is_named(error, tmp_path):
    def write():
        with naming_full_disks(tmp_path / "film.mp4"):
            raise error

    with pytest.raises(OSError, match=r"no room on the disk for: '.*film\.mp4'"):
        write()


def test_other_errors_are_as_they_are(tmp_path):
    def write():
        with naming_full_disks(tmp_path):
            raise PermissionError(errno.EACCES, "no", "x")

    with pytest.raises(PermissionError):
        write()


def test_only_what_is_left_by_the_dead_is_cleared_away(tmp_path):
    kept = {".a.nnviz-x", ".a.20240101", f".a.nnviz-{os.getppid()}-abcd"}
    for name in (".a.nnviz-999999999-abcd", *kept):
        (tmp_path / name).write_text("x")
    (tmp_path / ".b.nnviz-999999999-abcd").mkdir()
    clear_away(tmp_path, "a")
    assert (tmp_path / ".b.nnviz-999999999-abcd").exists()
    clear_away(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == kept
    # Another process had our number before: in a container it is the same at every start.
    older = tmp_path / f".a.nnviz-{os.getpid()}-0123"
    own = unfinished(tmp_path / "a")
    older.write_text("x")
    own.write_text("x")
    clear_away(tmp_path, "a")
    assert own.exists()
    assert not older.exists()


def test_file_system_without_locks_will_do(tmp_path, monkeypatch):
    def refuse(_handle, _how):
        raise OSError(errno.EBADF, "Bad file descriptor")

    monkeypatch.setattr("fcntl.flock", refuse)
    with locked(tmp_path):
        pass
    handle = claim(tmp_path)
    assert handle is not None
    os.close(handle)
    assert not is_being_written(tmp_path)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.svg", b"<?xml?>\n<svg "), ("a.pdf", b"%PDF-1.4"), ("a.gif", b"GIF89a"), ("a.png", b"")],
)
def test_files_of_their_kind_may_be_replaced(name, content, tmp_path):
    (tmp_path / name).write_bytes(content)
    check_replaceable(tmp_path / name)
    check_replaceable(tmp_path / f"other-{name}")
    (tmp_path / name).write_bytes(b"other")
    with pytest.raises(SettingError, match="--force"):
        check_replaceable(tmp_path / name)
    check_replaceable(tmp_path / name, force=True)
