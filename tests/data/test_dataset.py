"""Labelled images are checked once, whatever their source."""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import pytest

from nnviz.data.dataset import Dataset, LabelledImages
from nnviz.data.split import hold_out
from nnviz.errors import DataError


def images(n: int = 4, *, shape: tuple[int, int] = (5, 6), dtype: type = np.uint8) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (n, *shape)).astype(dtype)


LABELS = np.array([0, 1, 2, 1])


def dataset(**changes) -> Dataset:
    parts = {"train": LabelledImages(images(), LABELS), "test": LabelledImages(images(2), [0, 3])}
    return Dataset("some", **(parts | changes))


# -- labelled images ------------------------------------------------------------------


def test_images_become_rows_between_black_and_white():
    pixels = images()
    pixels[0, 0, :2] = 0, 255
    examples = LabelledImages(pixels, LABELS).examples(n_classes=3)
    assert examples.inputs.dtype == np.float32
    assert examples.inputs.shape == (4, 30)
    assert (examples.inputs[0, 0], examples.inputs[0, 1]) == (0, 1)
    np.testing.assert_allclose(examples.inputs, pixels.reshape(4, 30) / 255, rtol=1e-6)


@pytest.mark.parametrize("dtype", [np.int16, np.uint32, np.int64, ">i4"])
def test_integers_up_to_255_become_bytes(dtype):
    held = LabelledImages(images(dtype=dtype), LABELS)
    assert held.images.dtype == np.uint8
    np.testing.assert_array_equal(held.images, images())


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, ">f8", np.bool_, np.int64])
def test_numbers_up_to_one_become_float32(dtype):
    given = (images() > 127).astype(dtype)
    held = LabelledImages(given, LABELS)
    assert held.images.dtype == np.float32
    np.testing.assert_array_equal(held.images, given)
    np.testing.assert_array_equal(held.examples(3).inputs.reshape(given.shape), given)


def test_a_rounding_error_above_one_is_forgiven():
    assert LabelledImages(np.full((1, 2, 2), 1 + 1e-12), [0]).images.max() == 1


def test_images_cannot_be_written_to():
    given = images()
    held = LabelledImages(given, LABELS)
    for array in (held.images, held.labels):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    given[0] = 0  # the caller's own array stays writable


def test_images_in_a_file_are_not_copied(tmp_path):
    np.save(tmp_path / "images.npy", images())
    mapped = np.load(tmp_path / "images.npy", mmap_mode="r")
    assert np.shares_memory(LabelledImages(mapped, LABELS).images, mapped)


def test_take_returns_the_images_asked_for():
    taken = LabelledImages(images(), LABELS).take(np.array([2, 0]))
    np.testing.assert_array_equal(taken.images, images()[[2, 0]])
    np.testing.assert_array_equal(taken.labels, [2, 0])


def test_repr_tells_number_size_and_type():
    assert repr(LabelledImages(images(), LABELS)) == "<LabelledImages: 4 of 5 x 6, uint8>"


def test_repr_of_a_data_set_is_one_short_line(small_data):
    expected = "<Dataset 'small blobs': 60 + 20 images of 8 x 8, 10 classes, synthetic>"
    assert repr(small_data) == expected
    assert repr(dataclasses.replace(small_data, name="a\nb", synthetic=False)) == (
        r"<Dataset 'a\nb': 60 + 20 images of 8 x 8, 10 classes>"
    )


def test_table_of_a_data_set_escapes_its_name(small_data):
    evil = dataclasses.replace(small_data, name="<script>alert(1)</script>")
    table = evil._repr_html_()
    assert "<script>" not in table
    for fact in ("&lt;script&gt;alert(1)&lt;/script&gt;", "60", "20", "8 x 8 pixels", "10", "yes"):
        assert f"<td>{fact}</td>" in table


@pytest.mark.parametrize(
    ("pixels", "labels", "message"),
    [
        (images(0), LABELS[:0], "a set of images must not be empty; got shape (0, 5, 6)."),
        (images(shape=(0, 6)), LABELS, "a set of images must not be empty; got shape (4, 0, 6)."),
        (images(), LABELS[:3], "must be as many; got 4 images and 3 labels."),
        (images(), [], "must be as many; got 4 images and 0 labels."),
        (images().reshape(4, 30), LABELS, "must have shape (n, height, width); got (4, 30)."),
        (
            np.zeros((4, 8, 8, 3)),
            LABELS,
            "images must be grey, (n, height, width); got (4, 8, 8, 3)",
        ),
        (np.zeros((8, 8, 3)), LABELS, "images must be grey, (n, height, width); got (8, 8, 3)"),
        (images(dtype=object), LABELS, "images must be numbers; got type object."),
        (images(dtype=complex), LABELS, "images must be numbers; got type complex128."),
        (images(dtype=float), LABELS, "or numbers in [0, 1]; got float64 from 0 to 255. Divide"),
        (
            images(dtype=int) - 9,
            LABELS,
            "must be uint8 in [0, 255] or numbers in [0, 1]; got int64",
        ),
        (
            images(dtype=int) * 9,
            LABELS,
            "must be uint8 in [0, 255] or numbers in [0, 1]; got int64",
        ),
        (np.full((4, 5, 6), 1e300), LABELS, "got float64 from inf to inf."),
        (images(), LABELS + 0.5, "labels must be integers; got type float64."),
        (images(), list("abcd"), "labels must be integers; got type <U1. Number the classes:"),
        (images(), np.eye(4), "labels must have shape (n,), one class an image; got (4, 4)."),
        (images(), LABELS - 1, "labels must lie in 0 to 999; got -1 to 1."),
        (images(), LABELS + 10**12, "labels must lie in 0 to 999; got 1000000000000 to"),
    ],
)
def test_images_and_labels_must_be_usable(pixels, labels, message):
    with pytest.raises(DataError, match=re.escape(message)) as raised:
        LabelledImages(pixels, labels)
    assert "\n" not in str(raised.value)


def test_nan_is_told_with_its_place():
    pixels = np.zeros((4, 5, 6))
    pixels[2, 1, 1] = np.nan
    with pytest.raises(DataError, match=r"no NaN; got one \(first in image 2\)"):
        LabelledImages(pixels, LABELS)


# -- data sets ------------------------------------------------------------------------


def test_classes_are_counted_over_training_and_test_labels():
    assert dataset().n_classes == 4
    assert (
        dataset(train=LabelledImages(images(1), [0]), test=LabelledImages(images(1), [0])).n_classes
        == 2
    )


def test_training_and_test_images_must_have_one_size():
    with pytest.raises(DataError, match=r"'some' must have one size; got \(5, 6\) and \(7, 7\)"):
        dataset(test=LabelledImages(images(2, shape=(7, 7)), [0, 1]))


def test_checksum_is_the_same_on_every_machine():
    pixels = np.arange(8, dtype=np.uint8).reshape(2, 2, 2)
    data = Dataset("a", LabelledImages(pixels, [0, 1]), LabelledImages(pixels / 8, [1, 0]))
    assert data.checksum == "b3bf62f88901f91e2692ad71b5059a3809f98d1e5dba12e11f4b52cdd5c1cfdc"


def test_checksum_is_of_the_contents_only():
    assert dataset().checksum == dataset(synthetic=True, source="elsewhere").checksum


@pytest.mark.parametrize(
    "changes",
    [
        {"train": LabelledImages(images() ^ 1, LABELS)},
        {"train": LabelledImages(images(), LABELS[::-1])},
        {"train": LabelledImages(images() / 255, LABELS)},
        {"test": LabelledImages(images(2), [0, 2])},
        {
            "train": LabelledImages(images().reshape(4, 6, 5), LABELS),
            "test": LabelledImages(images(2).reshape(2, 6, 5), [0, 3]),
        },
    ],
)
def test_checksum_tells_any_change(changes):
    assert dataset(**changes).checksum != dataset().checksum


# -- holding out ----------------------------------------------------------------------


@pytest.mark.parametrize(("n", "n_test"), [(2, 1), (7, 1), (14, 2), (70, 10)])
def test_hold_out_parts_one_image_in_seven(n, n_test):
    numbered = LabelledImages(np.zeros((n, 1, 1), np.uint8), np.arange(n))
    train, test = hold_out(numbered)
    assert len(test) == n_test
    assert sorted([*train.labels, *test.labels]) == list(range(n))
    np.testing.assert_array_equal(test.labels, hold_out(numbered)[1].labels)


def test_hold_out_needs_two_images():
    with pytest.raises(DataError, match="two images or more, to learn from and to test on; got 1"):
        hold_out(LabelledImages(images(1), [0]))


def test_label_that_makes_hundreds_of_empty_classes_is_refused():
    labels = np.arange(100) % 10
    labels[17] = 255
    images = LabelledImages(np.zeros((100, 5, 5), np.uint8), labels)
    held_out = LabelledImages(np.zeros((10, 5, 5), np.uint8), np.arange(10))
    with pytest.raises(DataError, match="11 different ones up to 255"):
        Dataset("garbage", images, held_out)
