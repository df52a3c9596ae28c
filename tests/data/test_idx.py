"""IDX files are read as they were written, or refused with the reason."""

from __future__ import annotations

import gzip
import re
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from nnviz.data.idx import read_idx, read_labelled_images
from nnviz.errors import DataError

IMAGES = np.arange(60, dtype=np.uint8).reshape(2, 5, 6)
LABELS = np.array([7, 3], np.uint8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("idx")


@settings(max_examples=40, deadline=None)
@given(array=arrays(np.uint8, array_shapes(max_dims=4, max_side=5)), packed=st.booleans())
def test_what_is_written_is_read(folder, write_idx, array, packed):
    read = read_idx(write_idx(folder / ("a.gz" if packed else "a"), array))
    np.testing.assert_array_equal(read, array)
    assert read.dtype == np.uint8
    assert not read.flags.writeable


@settings(max_examples=150, deadline=None)
@given(
    content=st.binary(max_size=40)
    | st.binary(max_size=40).map(b"\0\0\x08".__add__)
    | st.binary(max_size=40).map(b"\x1f\x8b\x08".__add__)
)
def test_any_other_content_raises_nothing_but_data_errors(folder, content):
    path = folder / "any"
    path.write_bytes(content)
    with suppress(DataError):  # and of no other kind
        read_idx(path)


def test_a_packed_file_is_known_by_its_content(tmp_path, write_idx):
    packed = write_idx(tmp_path / "a.gz", IMAGES)
    np.testing.assert_array_equal(read_idx(packed.rename(tmp_path / "a")), IMAGES)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "must be an IDX file of bytes, beginning 00 00 08; got nothing."),
        (
            b"PK\3\4 some archive",
            "must be an IDX file of bytes, beginning 00 00 08; got 50 4b 03 04",
        ),
        (
            b"\0\0\x0d\1\0\0\0\1\0\0\0\0",
            "must be an IDX file of bytes, beginning 00 00 08; got 00 00 0d",
        ),
        (b"\0\0\x08\0", "must be an IDX file of bytes"),
        (b"\0\0\x08\xff" + b"\0\0\0\1" * 255 + b"\0", "must be an IDX file of bytes"),
        (b"\0\0\x08\3\0\0\0\2", "must hold 16 bytes before its values; got 8. It was cut short"),
        (b"\0\0\x08\1\0\0\0\0", "must not be empty; it declares the shape (0,)."),
        (
            b"\0\0\x08\1\0\0\0\5ab",
            "must hold 5 bytes of values, as it declares; got 2. It was cut short",
        ),
        (
            b"\0\0\x08\1\0\0\0\1ab",
            "must hold 1 bytes of values, as it declares; got 2. It has something",
        ),
        (b"\0\0\x08\3" + b"\xff" * 12, "as it declares; got 0. It was cut short"),
    ],
)
def test_files_that_are_not_idx_are_refused(tmp_path, content, message):
    path = tmp_path / "labels"
    path.write_bytes(content)
    with pytest.raises(DataError, match=re.escape(message)) as raised:
        read_idx(path)
    assert str(raised.value).startswith(str(path))


def test_a_broken_gzip_file_is_refused(tmp_path, write_idx):
    path = write_idx(tmp_path / "a.gz", IMAGES)
    whole = path.read_bytes()
    for broken in (whole[:-9], whole[:20] + b"\xff\xff\xff" + whole[23:], whole[:-8] + bytes(8)):
        path.write_bytes(broken)
        with pytest.raises(DataError, match=r"a\.gz must be a whole gzip file; got: .*Fetch it"):
            read_idx(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(DataError, match=r"absent must be a file; there is none"):
        read_idx(tmp_path / "absent")
    with pytest.raises(DataError, match="must be a file; it is none"):
        read_idx(tmp_path)


# -- pairs ----------------------------------------------------------------------------


def test_a_pair_becomes_labelled_images(tmp_path, write_idx):
    pair = read_labelled_images(
        write_idx(tmp_path / "images.gz", IMAGES), write_idx(tmp_path / "labels", LABELS)
    )
    np.testing.assert_array_equal(pair.images, IMAGES)
    np.testing.assert_array_equal(pair.labels, LABELS)
    assert pair.labels.dtype == np.int64


@pytest.mark.parametrize(
    ("images", "labels", "message"),
    [
        (LABELS, IMAGES, "images must hold images; it holds labels. Swap the two files."),
        (LABELS, LABELS, "images must hold images, with 3 axes; got 1."),
        (IMAGES, IMAGES, "labels must hold labels, with 1 axes; got 3."),
        (IMAGES, LABELS[:1], "must be as many; got 2 images and 1 labels."),
    ],
)
def test_files_that_do_not_make_a_pair_are_refused(tmp_path, write_idx, images, labels, message):
    paths = write_idx(tmp_path / "images", images), write_idx(tmp_path / "labels", labels)
    with pytest.raises(DataError, match=re.escape(message)):
        read_labelled_images(*paths)


def test_gzip_in_gzip_is_not_idx(tmp_path, write_idx):
    path = write_idx(tmp_path / "a.gz", IMAGES)
    path.write_bytes(gzip.compress(path.read_bytes()))
    with pytest.raises(DataError, match="beginning 00 00 08; got 1f 8b 08"):
        read_idx(path)
