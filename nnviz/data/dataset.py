"""Labelled images, the form in which every source of data returns them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.core.arrays import IntArray
from nnviz.core.examples import Examples, read_only
from nnviz.core.html import facts_table
from nnviz.errors import DataError

# A network has an output neuron a class; more than this is a mistaken label.
MAX_CLASSES = 1000
# Classes without an image that even a small set may have; more are a mistake in numbering, and
# would give a network mostly outputs that have nothing to learn.
_MAX_EMPTY_CLASSES = 30


@dataclass(frozen=True, init=False, eq=False)
class LabelledImages:
    """Grey images and the class of each; both arrays are read-only.

    Parameters
    ----------
    images
        Images, ``(n, height, width)``: ``uint8`` in [0, 255], or numbers in [0, 1], which are
        kept as ``float32``; 0 is black.
    labels
        Class of each image, ``(n,)``, integers in [0, 1000).

    Raises
    ------
    DataError
        If the set is empty, the images are not grey, there are not as many images as
        labels, or a value is not finite or out of its range.

    Examples
    --------
    >>> pair = LabelledImages(np.zeros((2, 28, 28), np.uint8), [3, 8])
    >>> pair.examples(n_classes=10).inputs.shape
    (2, 784)
    """

    images: NDArray[np.uint8] | NDArray[np.float32]
    labels: IntArray

    def __init__(self, images: ArrayLike, labels: ArrayLike) -> None:
        object.__setattr__(self, "images", read_only(_check_images(np.asarray(images))))
        object.__setattr__(self, "labels", read_only(_check_labels(np.asarray(labels))))
        if len(self.images) != len(self.labels):
            message = (
                "images and labels must be as many; "
                f"got {len(self.images):,} images and {len(self.labels):,} labels."
            )
            raise DataError(message)

    def __len__(self) -> int:
        return len(self.labels)

    def __repr__(self) -> str:
        height, width = self.image_shape
        return f"<LabelledImages: {len(self):,} of {height} x {width}, {self.images.dtype}>"

    @property
    def image_shape(self) -> tuple[int, int]:
        """Height and width of every image, in pixels."""
        return self.images.shape[1], self.images.shape[2]

    def examples(self, n_classes: int, n_outputs: int = 0) -> Examples:
        """Return the images as rows of float32 in [0, 1], with their labels.

        Parameters
        ----------
        n_classes
            Number of classes; every label must be below it.
        n_outputs
            Number of outputs of the network that is to learn them; 0 means one for each class.

        Raises
        ------
        ShapeError
            If outputs and classes do not fit.
        DataError
            If a label is not one of the classes.
        """
        rows: NDArray[Any] = self.images.reshape(len(self), -1)
        if rows.dtype == np.uint8:
            rows = np.divide(rows, 255, dtype=np.float32)
        return Examples(rows, self.labels, n_classes, n_outputs)

    def take(self, indices: IntArray) -> LabelledImages:
        """Return the images at some indices, with their labels."""
        return LabelledImages(self.images[indices], self.labels[indices])

    def followed_by(self, others: LabelledImages) -> LabelledImages:
        """Return these images and then others of the same size."""
        return LabelledImages(
            np.concatenate([self.images, others.images]),
            np.concatenate([self.labels, others.labels]),
        )


@dataclass(frozen=True, eq=False)
class Dataset:
    """A data set: images to learn from, and images held out.

    Parameters
    ----------
    name
        Name of the set, as it is shown to people.
    train, test
        Images to learn from, and held-out images that are only measured.
    synthetic
        Whether the images were generated, not collected; it is said wherever they are shown.
    source
        Text by which :func:`nnviz.data.sources.load_data` finds the set again; empty if it
        cannot.
    is_split
        Whether nnviz held the test images out from one set of images; otherwise they came as a
        part of their own.

    Raises
    ------
    DataError
        If training and test images differ in size, or most classes have no image.
    """

    name: str
    train: LabelledImages
    test: LabelledImages
    synthetic: bool = False
    source: str = ""
    is_split: bool = False

    def __post_init__(self) -> None:
        if self.train.image_shape != self.test.image_shape:
            message = (
                f"training and test images of {self.name!r} must have one size; "
                f"got {self.train.image_shape} and {self.test.image_shape} pixels."
            )
            raise DataError(message)
        there = np.unique(np.concatenate([self.train.labels, self.test.labels]))
        if self.n_classes > _MAX_EMPTY_CLASSES + 2 * len(there):
            message = (
                f"labels of {self.name!r} must number the classes from 0; got {len(there)} "
                f"different ones up to {there[-1]}, so that most classes have no image."
            )
            raise DataError(message)

    @property
    def image_shape(self) -> tuple[int, int]:
        """Height and width of every image, in pixels."""
        return self.train.image_shape

    @cached_property
    def n_classes(self) -> int:
        """Number of classes: one more than the largest label, and at least 2."""
        return max(int(self.train.labels.max()), int(self.test.labels.max()), 1) + 1

    @cached_property
    def checksum(self) -> str:
        """SHA-256 of all images and labels, their shapes and types; 64 hexadecimal digits."""
        digest = hashlib.sha256()
        for labelled in (self.train, self.test):
            for array in (labelled.images, labelled.labels):
                little_endian = array.dtype.newbyteorder("<")
                digest.update(f"{array.shape} {little_endian.str}".encode())
                digest.update(np.ascontiguousarray(array, little_endian).data)
        return digest.hexdigest()

    def __repr__(self) -> str:
        height, width = self.image_shape
        kind = ", synthetic" if self.synthetic else ""
        return (
            f"<Dataset {self.name!r}: {len(self.train):,} + {len(self.test):,} images of "
            f"{height} x {width}, {self.n_classes} classes{kind}>"
        )

    def _repr_html_(self) -> str:
        """Return a table of what the set holds, for notebooks."""
        height, width = self.image_shape
        facts = {
            "name": self.name,
            "training images": len(self.train),
            "held-out images": len(self.test),
            "image shape": f"{height} x {width} pixels",
            "classes": self.n_classes,
            "synthetic": self.synthetic,
        }
        return facts_table("Dataset", facts)


def _check_images(images: NDArray[Any]) -> NDArray[Any]:
    _check_axes(images)
    if images.dtype == np.uint8:
        return images
    if images.dtype.kind not in "biuf":
        message = f"images must be numbers; got type {images.dtype}."
        raise DataError(message)
    if images.dtype.kind in "iu" and images.min() >= 0 and 1 < images.max() <= 255:
        return images.astype(np.uint8)
    with np.errstate(over="ignore"):  # what is too large becomes infinite, and is told below
        floats = images.astype(np.float32, copy=False)
    low, high = floats.min(), floats.max()
    if np.isnan(low):
        first = int(np.isnan(floats).any(axis=(1, 2)).argmax())
        message = f"images must have no NaN; got one (first in image {first}). Leave it out."
        raise DataError(message)
    if not 0 <= low <= high <= 1:
        message = (
            f"images must be uint8 in [0, 255] or numbers in [0, 1]; got {images.dtype} "
            f"from {low:g} to {high:g}. Divide by the largest value a pixel can have."
        )
        raise DataError(message)
    return floats


def _check_axes(images: NDArray[Any]) -> None:
    # A last axis of 3 or 4 is colour: one image (height, width, 3) is likelier than narrow ones.
    if images.ndim == 4 or (images.ndim == 3 and images.shape[2] in (3, 4)):
        message = (
            f"images must be grey, (n, height, width); got {images.shape}, with colours. "
            "Average the colours first."
        )
        raise DataError(message)
    if images.ndim != 3:
        message = f"images must have shape (n, height, width); got {images.shape}. Reshape them."
        raise DataError(message)
    if 0 in images.shape:
        message = f"a set of images must not be empty; got shape {images.shape}."
        raise DataError(message)


def _check_labels(labels: NDArray[Any]) -> IntArray:
    if labels.ndim != 1:
        message = (
            f"labels must have shape (n,), one class an image; got {labels.shape}. "
            "Of one-hot rows take labels.argmax(axis=1)."
        )
        raise DataError(message)
    if labels.dtype.kind not in "iu" and labels.size:
        message = (
            f"labels must be integers; got type {labels.dtype}. "
            "Number the classes: numpy.unique(labels, return_inverse=True)[1]."
        )
        raise DataError(message)
    if labels.size and not 0 <= labels.min() <= labels.max() < MAX_CLASSES:
        message = (
            f"labels must lie in 0 to {MAX_CLASSES - 1}; got {labels.min()} to {labels.max()}. "
            "Number the classes from 0."
        )
        raise DataError(message)
    return labels.astype(np.int64)
