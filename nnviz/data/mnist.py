"""MNIST: found on disk or fetched from public mirrors, and checked before use."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from nnviz.data.cache import cache_folder
from nnviz.data.dataset import Dataset
from nnviz.data.download import download
from nnviz.data.idx import read_labelled_images
from nnviz.errors import DataError

#: Environment variable that names a folder with the four files.
DATA_VARIABLE = "NNVIZ_DATA_DIR"

#: SHA-256 of the four files, as they are published and unpacked.
CHECKSUMS = {
    "train-images-idx3-ubyte.gz": (
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"
    ),
    "train-labels-idx1-ubyte.gz": (
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"
    ),
    "t10k-images-idx3-ubyte.gz": (
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"
    ),
    "t10k-labels-idx1-ubyte.gz": (
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"
    ),
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
#: Names of the four files as they are published.
PUBLISHED = tuple(name for name in CHECKSUMS if name.endswith(".gz"))
#: Folders on the web that hold the published files, in the order in which they are tried.
MIRRORS = (
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://raw.githubusercontent.com/fgnt/mnist/master/",
)
_REMEDY = f"Put the four original MNIST files into a folder and name it in {DATA_VARIABLE}."


def load_mnist() -> Dataset:
    """Load MNIST: 60,000 training and 10,000 test images of 28 x 28 pixels, 10 classes.

    Raises
    ------
    DataError
        If the folder that ``NNVIZ_DATA_DIR`` names lacks a file or holds another one.
    DownloadError
        If a file is in neither the cache nor on a mirror that can be reached.

    Source
    ------
    Y. LeCun, C. Cortes, C. Burges, *The MNIST database of handwritten digits*;
    CC BY-SA 3.0.
    """
    folder = fetch_mnist()
    train, test = (
        read_labelled_images(
            _locate(folder, f"{part}-images-idx3-ubyte.gz"),
            _locate(folder, f"{part}-labels-idx1-ubyte.gz"),
        )
        for part in ("train", "t10k")
    )
    return Dataset("mnist", train, test, source="mnist")


def fetch_mnist() -> Path:
    """Return a folder that holds the four files, checked; fetch what is missing.

    If ``NNVIZ_DATA_DIR`` is set, it names the folder, which must hold the files as they are
    published or unpacked. Otherwise it is a folder in the cache, into which they are downloaded.

    Raises
    ------
    DataError
        If the folder that ``NNVIZ_DATA_DIR`` names lacks a file or holds another one.
    DownloadError
        If a file is in neither the cache nor on a mirror that can be reached.
    """
    named = _named_folder()
    if named:
        for name in PUBLISHED:
            _check(_locate(named, name))
        return named
    folder = cache_folder() / "mnist"
    for name in PUBLISHED:
        download(name, CHECKSUMS[name], folder, MIRRORS, _REMEDY)
    return folder


def local_folder() -> Path | None:
    """Return the folder that holds the four files already, unchecked; ``None`` if there is none.

    It is the one that ``NNVIZ_DATA_DIR`` names if that is set, else the one in the cache.
    """
    folder = _named_folder() or cache_folder() / "mnist"
    return folder if all(_locate(folder, name).is_file() for name in PUBLISHED) else None


def _named_folder() -> Path | None:
    named = os.environ.get(DATA_VARIABLE)
    return Path(named).expanduser() if named else None


def _locate(folder: Path, name: str) -> Path:
    """Return the path of a published file, or of the unpacked one where only that is there."""
    packed = folder / name
    unpacked = folder / name.removesuffix(".gz")
    return unpacked if unpacked.is_file() and not packed.is_file() else packed


def _check(path: Path) -> None:
    try:
        with path.open("rb") as file:
            got = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        message = (
            f"{DATA_VARIABLE} must name a folder with {path.name}; "
            f"got {path.parent} ({error.strerror}). "
            "Put the four original MNIST files there, or unset it to download them."
        )
        raise DataError(message) from error
    if got != CHECKSUMS[path.name]:
        message = (
            f"{path} must have the SHA-256 {CHECKSUMS[path.name][:12]}...; got {got[:12]}.... "
            "The file is damaged or another one: replace it."
        )
        raise DataError(message)
