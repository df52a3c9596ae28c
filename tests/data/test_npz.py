"""The user's own archives."""

from __future__ import annotations

import re

import numpy as np
import pytest

from nnviz.data.npz import load_npz
from nnviz.errors import DataError

IMAGES = np.arange(14 * 30, dtype=np.uint8).reshape(14, 5, 6)
LABELS = np.arange(14) % 4
OURS = ("images", "labels", "test_images", "test_labels")


@pytest.fixture
def save(tmp_path):
    def save(**arrays):
        np.savez(tmp_path / "mine.npz", **arrays)
        return tmp_path / "mine.npz"

    return save


@pytest.mark.parametrize("names", [OURS, ("x_train", "y_train", "x_test", "y_test")])
def test_both_parts_are_loaded(save, names):
    parts = (IMAGES, LABELS, IMAGES[:3], LABELS[:3])
    data = load_npz(save(**dict(zip(names, parts, strict=True))))
    np.testing.assert_array_equal(data.train.images, IMAGES)
    np.testing.assert_array_equal(data.test.labels, LABELS[:3])
    assert (data.name, data.n_classes, data.synthetic) == ("mine", 4, False)


def test_one_image_in_seven_is_held_out(save):
    path = save(images=IMAGES, labels=LABELS)
    data = load_npz(str(path))
    assert (len(data.train), len(data.test)) == (12, 2)
    assert load_npz(path).checksum == data.checksum


def test_source_loads_the_same_again(save):
    data = load_npz(save(images=IMAGES, labels=LABELS))
    assert load_npz(data.source).checksum == data.checksum


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({}, "must hold arrays 'images' and 'labels'; got none. Make one by numpy.savez"),
        ({"images": IMAGES, "y": LABELS}, "must hold arrays 'images' and 'labels'; got images, y."),
        (
            {"images": IMAGES, "labels": LABELS, "test_images": IMAGES},
            "must hold both 'test_images' and 'test_labels', or neither; got images,",
        ),
        (
            {"images": np.array([None, 1], object), "labels": LABELS},
            "must hold plain arrays of numbers; got: Python objects.",
        ),
        (
            {"images": np.zeros((14, 8, 8, 3)), "labels": LABELS},
            "'images' and 'labels': images must be grey, (n, height, width); got (14, 8, 8, 3)",
        ),
        (
            dict(zip(OURS, (IMAGES, LABELS, IMAGES, LABELS[:2]), strict=True)),
            "'test_images' and 'test_labels': images and labels must be as many; got 14",
        ),
        (
            dict(zip(OURS, (IMAGES, LABELS, IMAGES[:, :4], LABELS), strict=True)),
            "images of 'mine' must have one size; got (5, 6) and (4, 6) pixels.",
        ),
        ({"images": IMAGES[:1], "labels": LABELS[:1]}, "must hold two images or more"),
    ],
)
def test_archives_that_cannot_be_used_are_refused(save, arrays, message):
    with pytest.raises(DataError, match=re.escape(message)) as raised:
        load_npz(save(**arrays))
    assert "\n" not in str(raised.value)
    assert "allow_pickle" not in str(raised.value)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x80\x04N."])
def test_other_files_are_refused_and_never_unpickled(tmp_path, content):
    path = tmp_path / "mine.npz"
    path.write_bytes(content)
    with pytest.raises(
        DataError, match=r"must be an \.npz archive; that is another format"
    ) as raised:
        load_npz(path)
    assert "pickle" not in str(raised.value)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(DataError, match=r"absent\.npz must be a file; there is none"):
        load_npz(tmp_path / "absent.npz")


def test_a_damaged_archive_is_refused(save):
    path = save(images=IMAGES, labels=LABELS)
    content = bytearray(path.read_bytes())
    content[250:260] = b"\xff" * 10
    path.write_bytes(content)
    with pytest.raises(DataError, match="must hold plain arrays of numbers; got: Bad CRC-32"):
        load_npz(path)
