"""MNIST: found, or fetched from public mirrors, and checked before use."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

from nnviz.data.cache import cache_folder
from nnviz.data.dataset import Dataset
from nnviz.data.download_bar import DownloadBar
from nnviz.data.idx import read_labelled_images
from nnviz.errors import DataError, DownloadError

DATA_VARIABLE = "NNVIZ_DATA_DIR"

#: The four files and the SHA-256 of each.
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
}
MIRRORS = (
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
)
_TIMEOUT_SECONDS = 20


def load_mnist() -> Dataset:
    """Load MNIST: 60,000 training and 10,000 test images of 28 x 28 pixels, 10 classes.

    Raises
    ------
    DataError
        If the folder that ``NNVIZ_DATA_DIR`` names lacks a file or holds another one.
    DownloadError
        If no mirror could be reached.
    """
    folder = fetch_mnist()
    train, test = (
        read_labelled_images(
            folder / f"{part}-images-idx3-ubyte.gz", folder / f"{part}-labels-idx1-ubyte.gz"
        )
        for part in ("train", "t10k")
    )
    return Dataset("mnist", train, test, source="mnist")


def fetch_mnist() -> Path:
    """Return a folder that holds the four files, checked; fetch what is missing.

    The folder that ``NNVIZ_DATA_DIR`` names, if it is set; else the cache, into which the
    files are downloaded.
    """
    named = os.environ.get(DATA_VARIABLE)
    if named:
        folder = Path(named)
        for name in CHECKSUMS:
            _check(folder / name)
        return folder
    folder = cache_folder() / "mnist"
    for name, checksum in CHECKSUMS.items():
        _download(name, checksum, folder)
    return folder


def local_folder() -> Path | None:
    """Return the folder that holds the four files already, if there is one."""
    named = os.environ.get(DATA_VARIABLE)
    folder = Path(named) if named else cache_folder() / "mnist"
    return folder if all((folder / name).is_file() for name in CHECKSUMS) else None


def _check(path: Path) -> None:
    if not path.is_file():
        message = (
            f"{DATA_VARIABLE}={path.parent} must hold {path.name}; it does not. "
            "Put the four original MNIST files there, or unset it to download them."
        )
        raise DataError(message)
    got = hashlib.sha256(path.read_bytes()).hexdigest()
    if got != CHECKSUMS[path.name]:
        message = (
            f"{path} must have the SHA-256 {CHECKSUMS[path.name][:12]}…; got {got[:12]}…. "
            "The file is damaged or another one: replace it."
        )
        raise DataError(message)


def _download(name: str, checksum: str, folder: Path) -> None:
    import pooch

    pooch.get_logger().setLevel("ERROR")
    try:
        # pooch downloads under a temporary name, checks the sum and only then renames; a
        # file that is there already is checked as well, and fetched anew if it is damaged.
        pooch.retrieve(
            url=MIRRORS[0] + name,
            known_hash=f"sha256:{checksum}",
            fname=name,
            path=folder,
            downloader=_try_mirrors,
        )
    except OSError as error:
        if isinstance(error, DownloadError):
            raise
        message = f"{name} cannot be kept in {folder}: {error}."
        raise DownloadError(message) from error


def _try_mirrors(url: str, output_file: str, _pooch: object) -> None:
    """Download a file from the first mirror that has it unharmed; pooch knows only one."""
    import pooch

    name = url.rsplit("/", 1)[-1]
    faults = []
    for mirror in MIRRORS:
        download = pooch.HTTPDownloader(
            progressbar=DownloadBar(name) if sys.stderr.isatty() else False,
            timeout=_TIMEOUT_SECONDS,
        )
        try:
            download(mirror + name, output_file, None)
        except Exception as error:  # noqa: BLE001  # whatever it is, the next mirror is tried
            faults.append(f"{mirror} ({type(error).__name__})")
            continue
        if hashlib.sha256(Path(output_file).read_bytes()).hexdigest() == CHECKSUMS[name]:
            return
        faults.append(f"{mirror} (wrong checksum)")
    message = (
        f"{name} could not be downloaded from {' or '.join(faults)}. Try again later, or put "
        f"the four MNIST files into a folder and name it in {DATA_VARIABLE}."
    )
    raise DownloadError(message)
