"""Every data set by its name or its files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nnviz.data import sources
from nnviz.data.cache import cache_folder
from nnviz.data.sources import DATA_SETS, fetch, load_data
from nnviz.errors import DataError, UnknownNameError

IMAGES = np.arange(14 * 30, dtype=np.uint8).reshape(14, 5, 6)
LABELS = (np.arange(14) % 4).astype(np.uint8)


@pytest.fixture
def idx_pair(tmp_path, write_idx):
    images = write_idx(tmp_path / "mine-images.idx3.gz", IMAGES)
    return f"{images},{write_idx(tmp_path / 'mine-labels.idx1', LABELS)}"


def test_names_are_loaded_by_their_loaders(monkeypatch, tiny_data):
    entry = sources.DataSource("blobs", "", lambda: tiny_data, Path, str)
    monkeypatch.setitem(DATA_SETS, "blobs", entry)
    assert load_data("blobs") is tiny_data


def test_an_npz_file_is_loaded_by_its_path(tmp_path):
    np.savez(tmp_path / "mine.npz", images=IMAGES, labels=LABELS)
    by_path, by_text = load_data(tmp_path / "mine.npz"), load_data(str(tmp_path / "mine.npz"))
    assert by_path.checksum == by_text.checksum


def test_a_pair_of_idx_files_is_split(idx_pair):
    data = load_data(idx_pair)
    assert (data.name, len(data.train), len(data.test)) == ("mine-images", 12, 2)
    assert load_data(data.source).checksum == data.checksum


def test_two_pairs_of_idx_files_are_training_and_test_images(idx_pair):
    data = load_data(f"{idx_pair}, {idx_pair}")
    assert (len(data.train), len(data.test)) == (14, 14)


def test_swapped_idx_files_are_told(idx_pair):
    with pytest.raises(DataError, match=r"must hold images; it holds labels\. Swap the two files"):
        load_data(",".join(reversed(idx_pair.split(","))))


@pytest.mark.parametrize("source", ["minst", "", "a,b,c", "images.csv", ",", "a,"])
def test_other_sources_are_refused_with_the_valid_ones(source):
    message = (
        f"data must be one of FILE.npz, IMAGES,LABELS (IDX files), digits, mnist; got {source!r}."
    )
    with pytest.raises(UnknownNameError, match=re.escape(message)):
        load_data(source)


def test_a_misspelt_name_is_corrected():
    with pytest.raises(UnknownNameError, match="Did you mean 'mnist'"):
        load_data("minst")
    with pytest.raises(UnknownNameError, match="data set must be one of digits, mnist; got 'd"):
        fetch("digit")


def test_where_mnist_lies_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("NNVIZ_DATA_DIR", str(tmp_path))
    assert DATA_SETS["mnist"].where() == "not in the folder that NNVIZ_DATA_DIR names"
    monkeypatch.delenv("NNVIZ_DATA_DIR")
    monkeypatch.setenv("NNVIZ_CACHE_DIR", str(tmp_path))
    assert DATA_SETS["mnist"].where() == "not here yet; nnviz data fetch mnist downloads it"


def test_cache_lies_where_the_variable_says(tmp_path, monkeypatch):
    monkeypatch.setenv("NNVIZ_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("NNVIZ_CACHE_DIR")
    assert cache_folder().name == "nnviz"


def test_importing_the_catalog_loads_nothing_heavy():
    program = (
        "import sys, nnviz.data.sources; "
        "heavy = {'pooch', 'requests', 'rich', 'scipy', 'matplotlib', 'manim'}; "
        "sys.exit(str(sorted(heavy & sys.modules.keys())) if heavy & sys.modules.keys() else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
