"""Reading of IDX files, the format that MNIST is published in.

Source
------
LeCun, Cortes, Burges, *The MNIST database of handwritten digits*: two zero bytes, the type,
the number of axes, the length of each axis (big-endian, 4 bytes), and the values.
"""

from __future__ import annotations

import math
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import LabelledImages
from nnviz.data.unpacking import check_plain, gunzip
from nnviz.errors import DataError

# Two zero bytes and the code of unsigned bytes, the only type that nnviz reads.
_MAGIC = bytes((0, 0, 0x08))
_GZIP_MAGIC = b"\x1f\x8b"
_MAX_AXES = 64  # that a NumPy array can have
_LONGEST_HEADER = 4 + 4 * _MAX_AXES
_IMAGE_AXES, _LABEL_AXES = 3, 1


def read_idx(path: str | Path) -> NDArray[np.uint8]:
    """Read an IDX file of bytes, compressed with gzip or not.

    Parameters
    ----------
    path
        Path of the file.

    Returns
    -------
    NDArray
        The values, in the shape that the file declares; read-only.

    Raises
    ------
    DataError
        If there is no such file, it is not IDX, or it is longer or shorter than declared.
    """
    path = Path(path)
    content = _read_bytes(path)
    if content[:3] != _MAGIC or not 1 <= _n_axes(content) <= _MAX_AXES:
        message = (
            f"{path} must be an IDX file of bytes, beginning 00 00 08; "
            f"got {content[:4].hex(' ') or 'nothing'}. Is it another format?"
        )
        raise DataError(message)
    n_axes = _n_axes(content)
    start = 4 + 4 * n_axes
    if len(content) < start:
        message = (
            f"{path} must hold {start} bytes before its values; got {len(content)}. "
            "It was cut short: fetch it again."
        )
        raise DataError(message)
    shape = struct.unpack(f">{n_axes}I", content[4:start])
    expected, got = math.prod(shape), len(content) - start
    if expected == 0:
        message = f"{path} must not be empty; it declares the shape {shape}."
        raise DataError(message)
    if got != expected:
        fault = "was cut short" if got < expected else "has something appended"
        message = (
            f"{path} must hold {expected:,} bytes of values, as it declares; got {got:,}. "
            f"It {fault}: fetch it again."
        )
        raise DataError(message)
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)


def read_labelled_images(images_path: str | Path, labels_path: str | Path) -> LabelledImages:
    """Read a pair of IDX files, one of images and one of their labels.

    Parameters
    ----------
    images_path
        Path of the images, an array of three axes: image, row and column.
    labels_path
        Path of the labels, an array of one axis.

    Raises
    ------
    DataError
        If a file cannot be read, the two are swapped, or they do not belong together.
    """
    images, labels = read_idx(images_path), read_idx(labels_path)
    if images.ndim == _LABEL_AXES and labels.ndim == _IMAGE_AXES:
        message = f"{images_path} must hold images; it holds labels. Swap the two files."
        raise DataError(message)
    for path, array, kind, axes in (
        (images_path, images, "images", _IMAGE_AXES),
        (labels_path, labels, "labels", _LABEL_AXES),
    ):
        if array.ndim != axes:
            message = f"{path} must hold {kind}, with {axes} axes; got {array.ndim}."
            raise DataError(message)
    if len(images) != len(labels):
        message = (
            f"{images_path} and {labels_path} must be as many; "
            f"got {len(images):,} images and {len(labels):,} labels."
        )
        raise DataError(message)
    return LabelledImages(images, labels)


def _n_axes(content: bytes) -> int:
    return content[3] if len(content) > 3 else 0


def _read_bytes(path: Path) -> bytes:
    check_plain(path)
    try:
        with path.open("rb") as file:
            begin = file.read(_LONGEST_HEADER)
            if begin[:2] != _GZIP_MAGIC:
                # Of a file that is longer than it declares a byte more is enough to see it.
                wanted = min(_declared(begin) + 1, path.stat().st_size) - len(begin)
                return begin + file.read(max(wanted, 0))
            packed = begin + file.read()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}."
        raise DataError(message) from error
    try:
        return gunzip(path, packed, _declared)
    except (EOFError, zlib.error) as error:
        message = f"{path} must be a whole gzip file; got: {error}. Fetch it again."
        raise DataError(message) from error


def _declared(begin: bytes) -> int:
    """Return the length of the whole file that its first bytes declare, header included.

    If they are no header, it is their own length.
    """
    n_axes = _n_axes(begin)
    start = 4 + 4 * n_axes
    if begin[:3] != _MAGIC or not 1 <= n_axes <= _MAX_AXES or len(begin) < start:
        return len(begin)
    return start + math.prod(struct.unpack(f">{n_axes}I", begin[4:start]))
