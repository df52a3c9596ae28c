"""Data sets: the bundled digits, MNIST, and the user's own files."""

from .dataset import Dataset as Dataset
from .dataset import LabelledImages as LabelledImages
from .npz import load_npz as load_npz
from .sources import DATA_SETS as DATA_SETS
from .sources import DataSource as DataSource
from .sources import fetch as fetch
from .sources import load_data as load_data
from .split import hold_out as hold_out

__all__ = [
    "DATA_SETS",
    "DataSource",
    "Dataset",
    "LabelledImages",
    "fetch",
    "hold_out",
    "load_data",
    "load_npz",
]
