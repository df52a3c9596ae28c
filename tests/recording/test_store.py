"""Arrays that grow on disk."""

from __future__ import annotations

import json
import os
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from nnviz.errors import RecordingError
from nnviz.recording.store import GrowingArray, open_rows, write_json

HISTORIES = [
    arrays(dtype, array_shapes(min_dims=1, max_dims=3, max_side=4))
    for dtype in (np.float32, np.float64, np.int64)
]


def grow(path, rows, dtype=np.float32, row_shape=(3,)) -> GrowingArray:
    growing = GrowingArray(path, row_shape, dtype)
    for row in rows:
        growing.append(row)
    return growing


@given(history=st.one_of(HISTORIES))
@settings(deadline=None, max_examples=50)
def test_rows_are_read_back_before_and_after_closing(tmp_path_factory, history):
    path = tmp_path_factory.mktemp("store") / "rows.npy"
    row_shape = history.shape[1:]
    growing = grow(path, history, history.dtype, row_shape)
    np.testing.assert_array_equal(open_rows(path, row_shape, history.dtype), history)
    growing.close()
    np.testing.assert_array_equal(np.load(path, allow_pickle=False), history)
    np.testing.assert_array_equal(open_rows(path, row_shape, history.dtype), history)


def test_every_row_is_there_as_soon_as_it_was_appended(tmp_path):
    growing = GrowingArray(tmp_path / "rows.npy", (), np.int64)
    for n in range(5):
        assert open_rows(tmp_path / "rows.npy", (), np.int64).tolist() == list(range(n))
        assert growing.n_rows == n
        growing.append(n)
    growing.close()


@pytest.mark.parametrize("n_bytes", [1, 11])
def test_last_partial_row_is_left_out(tmp_path, n_bytes):
    path = tmp_path / "rows.npy"
    growing = grow(path, np.arange(6.0).reshape(2, 3))
    with path.open("ab") as file:
        file.write(b"\x7f" * n_bytes)
    np.testing.assert_array_equal(open_rows(path, (3,), np.float32), [[0, 1, 2], [3, 4, 5]])
    growing.close()


def test_close_drops_rows_beyond_those_asked_for(tmp_path):
    path = tmp_path / "rows.npy"
    growing = grow(path, np.arange(12.0).reshape(4, 3))
    growing.close(n_rows=2)
    np.testing.assert_array_equal(np.load(path), [[0, 1, 2], [3, 4, 5]])
    assert path.stat().st_size == 128 + 2 * 3 * 4
    growing.close(n_rows=1)
    assert len(np.load(path)) == 2


def test_rows_that_are_not_contiguous_are_written_in_order(tmp_path):
    rows = np.arange(24.0).reshape(4, 6).T[:, ::2]
    grow(tmp_path / "rows.npy", rows, row_shape=(2,)).close()
    np.testing.assert_array_equal(np.load(tmp_path / "rows.npy"), rows)


@pytest.mark.parametrize("row", [np.zeros(2), np.zeros((1, 3)), 0.0])
def test_row_of_another_shape_is_refused(tmp_path, row):
    growing = grow(tmp_path / "rows.npy", [np.ones(3)])
    with pytest.raises(RecordingError, match=r"a row of rows.npy must have shape \(3,\); got"):
        growing.append(row)
    growing.close()
    np.testing.assert_array_equal(np.load(tmp_path / "rows.npy"), [[1, 1, 1]])


def test_file_that_is_there_already_is_kept(tmp_path):
    (tmp_path / "rows.npy").write_text("mine")
    with pytest.raises(FileExistsError):
        GrowingArray(tmp_path / "rows.npy", (), np.int64)
    assert (tmp_path / "rows.npy").read_text() == "mine"


def test_opened_rows_are_read_only(tmp_path):
    grow(tmp_path / "rows.npy", np.ones((2, 3))).close()
    rows = open_rows(tmp_path / "rows.npy", (3,), np.float32)
    with pytest.raises(ValueError, match="read-only"):
        rows[0] = 0


# -- what is no growing array -------------------------------------------------------------


def saved(path, array):
    np.save(path, array)


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda path: path.write_bytes(b""), r"rows\.npy must be a NumPy \.npy file"),
        (lambda path: path.write_bytes(b"\x00garbage" * 40), r"rows\.npy must be a NumPy"),
        (lambda path: path.write_bytes(b"\x93NUMPY\x01\x00\xff\xff{"), r"rows\.npy must be a"),
        (lambda path: path.write_bytes(b"\x93NUMPY\x01\x00\x05\x00{{{{{"), r"must be a NumPy"),
        (lambda path: path.write_bytes(b"\x93NUMPY\x03\x00"), r"rows\.npy.*version 1\.0 header"),
        (lambda path: saved(path, np.float32(3)), r"rows\.npy.*not rows of numbers"),
        (lambda path: saved(path, np.zeros((3, 2), order="F")), r"rows\.npy.*not rows of numbers"),
        (lambda path: saved(path, np.zeros((2, 3))), r"rows\.npy must hold.*float32; got.*float64"),
        (
            lambda path: saved(path, np.zeros((2, 4), np.float32)),
            r"rows\.npy must hold rows of shape \(3,\).*got \(4,\)",
        ),
        (lambda path: saved(path, np.zeros(3, np.float32)), r"rows\.npy must hold.*got \(\)"),
    ],
)  # fmt: skip
def test_file_that_holds_something_else_is_named(tmp_path, write, message):
    write(tmp_path / "rows.npy")
    with pytest.raises(RecordingError, match=message):
        open_rows(tmp_path / "rows.npy", (3,), np.float32)


def test_missing_file_is_named(tmp_path):
    with pytest.raises(RecordingError, match=r"rows\.npy is missing \(in .*Record the run again"):
        open_rows(tmp_path / "rows.npy", (3,), np.float32)


class _Trap:
    """Makes a folder when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def test_pickled_objects_are_never_loaded(tmp_path):
    path, sprung = tmp_path / "rows.npy", tmp_path / "sprung"
    for content in (np.array([_Trap(sprung)], object), None):
        if content is None:
            path.write_bytes(pickle.dumps(_Trap(sprung)))
        else:
            np.save(path, content, allow_pickle=True)
        with pytest.raises(RecordingError, match=r"rows\.npy must be a NumPy \.npy file"):
            open_rows(path, (), np.float32)
    assert not sprung.exists()


# -- JSON -------------------------------------------------------------------------------


def test_json_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "manifest.json"
    write_json(path, {"a": [1, 2]})
    with pytest.raises(TypeError):
        write_json(path, {"a": object()})
    assert json.loads(path.read_text()) == {"a": [1, 2]}
    write_json(path, {"b": "µ"})
    assert json.loads(path.read_text(encoding="utf-8")) == {"b": "µ"}
    assert [file.name for file in tmp_path.iterdir()] == ["manifest.json"]
