"""Loading of any data set, by its name or its files."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nnviz.data.dataset import Dataset
from nnviz.data.idx import read_labelled_images
from nnviz.data.mnist import DATA_VARIABLE, fetch_mnist, load_mnist, local_folder
from nnviz.data.npz import load_npz
from nnviz.data.split import hold_out
from nnviz.errors import UnknownNameError
from nnviz.names import find_named


@dataclass(frozen=True, slots=True)
class DataSource:
    """A data set that has a name.

    Parameters
    ----------
    name
        Name by which users ask for it.
    description
        One line that tells users what it is.
    load
        Returns the data set; downloads it if need be.
    fetch
        Returns the file or folder that holds it; downloads it if need be.
    where
        Returns a phrase that tells users where it lies, or that it would be downloaded.
    """

    name: str
    description: str
    load: Callable[[], Dataset]
    fetch: Callable[[], Path]
    where: Callable[[], str]


# The digits are imported when they are asked for: the command line lists data sets often.
def _load_digits() -> Dataset:
    from nnviz.data.digits import load_digits

    return load_digits()


def _digits_file() -> Path:
    from nnviz.data.digits import DIGITS_FILE

    return DIGITS_FILE


def _where_mnist() -> str:
    folder = local_folder()
    if folder:
        return str(folder)
    if os.environ.get(DATA_VARIABLE):
        return f"not in the folder that {DATA_VARIABLE} names"
    return "not here yet; nnviz data fetch mnist downloads it"


#: Every data set that has a name, by that name.
DATA_SETS = {
    each.name: each
    for each in (
        DataSource(
            "digits",
            "12,000 generated pen-stroke digits, 28 x 28, synthetic",
            _load_digits,
            _digits_file,
            lambda: "comes with nnviz",
        ),
        DataSource(
            "mnist",
            "70,000 handwritten digits, 28 x 28",
            load_mnist,
            fetch_mnist,
            _where_mnist,
        ),
    )
}


def load_data(source: str | Path) -> Dataset:
    """Load a data set.

    Parameters
    ----------
    source
        One of these: ``digits`` or ``mnist``; the path of an ``.npz`` file with ``images`` and
        ``labels``; or paths of IDX files joined by commas, ``IMAGES,LABELS``, of which one image
        in seven is held out, or ``IMAGES,LABELS,TEST_IMAGES,TEST_LABELS``.

    Raises
    ------
    UnknownNameError
        If the source is none of these.
    DataError
        If what it holds cannot be used.
    DownloadError
        If it cannot be fetched.

    Examples
    --------
    >>> load_data("digits").train.images.shape
    (10000, 28, 28)
    """
    text = str(source)
    if text in DATA_SETS:
        return DATA_SETS[text].load()
    if text.endswith(".npz"):
        return load_npz(text)
    paths = [path.strip() for path in text.split(",")]
    if len(paths) in (2, 4) and all(paths):
        return _load_idx(paths)
    valid = [*DATA_SETS, "FILE.npz", "IMAGES,LABELS (IDX files)"]
    raise UnknownNameError(kind="data", name=text, valid=valid)


def fetch(name: str) -> Path:
    """Fetch a named data set, so that it can be loaded later without a network connection.

    Parameters
    ----------
    name
        ``digits`` or ``mnist``.

    Returns
    -------
    Path
        The file or folder that holds it.

    Raises
    ------
    UnknownNameError
        If there is no data set of that name.
    DownloadError
        If it cannot be fetched.
    """
    return find_named("data set", name, DATA_SETS).fetch()


def _load_idx(paths: list[str]) -> Dataset:
    first = read_labelled_images(*paths[:2])
    is_split = len(paths) == 2
    train, test = hold_out(first) if is_split else (first, read_labelled_images(*paths[2:]))
    name = Path(paths[0]).name.split(".")[0]
    return Dataset(name, train, test, source=",".join(paths), is_split=is_split)
