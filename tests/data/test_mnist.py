"""MNIST is checked before use, and fetched from whichever mirror is good."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import socket
import sys
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from nnviz.data import mnist
from nnviz.data.mnist import fetch_mnist, load_mnist, local_folder
from nnviz.errors import DataError, DownloadError

FIRST = "train-images-idx3-ubyte.gz"


@pytest.fixture
def originals(tmp_path, monkeypatch, write_idx):
    """Four small files in place of the real ones, with their checksums, packed and not."""
    folder = tmp_path / "originals"
    folder.mkdir()
    checksums = {}
    for name in mnist.PUBLISHED:
        part = np.arange(3 if name.startswith("train") else 2, dtype=np.uint8)
        array = np.tile(part[:, None, None], (1, 4, 5)) if "images" in name else part
        packed = write_idx(folder / name, array).read_bytes()
        checksums[name] = hashlib.sha256(packed).hexdigest()
        unpacked = hashlib.sha256(gzip.decompress(packed)).hexdigest()
        checksums[name.removesuffix(".gz")] = unpacked
    monkeypatch.setattr(mnist, "CHECKSUMS", checksums)
    monkeypatch.delenv("NNVIZ_DATA_DIR", raising=False)
    monkeypatch.setenv("NNVIZ_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return folder


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_args):
        pass


@contextmanager
def served(folder, handler=_Handler):
    """Serve a folder; give its address, and stop serving at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = Thread(target=partial(server.serve_forever, poll_interval=0.02))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def dead_mirror():
    """An address where nothing listens, and nothing will for as long as the test runs."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}/"


@pytest.fixture
def corrupted(originals, tmp_path):
    """A copy of the four files with one byte wrong in each."""
    folder = tmp_path / "corrupted"
    folder.mkdir()
    for path in originals.iterdir():
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        (folder / path.name).write_bytes(content)
    return folder


# -- mirrors --------------------------------------------------------------------------


def test_the_first_good_mirror_is_used(originals, corrupted, dead_mirror, monkeypatch, capsys):
    with served(corrupted) as second, served(originals) as third:
        monkeypatch.setattr(mnist, "MIRRORS", (dead_mirror, second, third))
        folder = fetch_mnist()
    assert sorted(path.name for path in folder.iterdir()) == sorted(mnist.PUBLISHED)
    for path in folder.iterdir():
        assert path.read_bytes() == (originals / path.name).read_bytes()
    assert capsys.readouterr() == ("", "")


def test_fetched_files_are_used_without_a_network(originals, dead_mirror, monkeypatch):
    with served(originals) as mirror:
        monkeypatch.setattr(mnist, "MIRRORS", (mirror,))
        assert local_folder() is None
        folder = fetch_mnist()
    monkeypatch.setattr(mnist, "MIRRORS", (dead_mirror,))
    data = load_mnist()
    assert local_folder() == folder
    assert (len(data.train), len(data.test), data.image_shape) == (3, 2, (4, 5))
    assert (data.name, data.source, data.synthetic) == ("mnist", "mnist", False)


def test_a_damaged_file_in_the_cache_is_fetched_anew(originals, monkeypatch):
    with served(originals) as mirror:
        monkeypatch.setattr(mnist, "MIRRORS", (mirror,))
        path = fetch_mnist() / FIRST
        path.write_bytes(path.read_bytes()[:-3])
        fetch_mnist()
    assert path.read_bytes() == (originals / FIRST).read_bytes()


def test_all_mirrors_failing_is_told_with_the_reasons(
    corrupted, dead_mirror, tmp_path, monkeypatch
):
    (tmp_path / "empty").mkdir()
    with served(corrupted) as second, served(tmp_path / "empty") as third:
        monkeypatch.setattr(mnist, "MIRRORS", (dead_mirror, second, third))
        with pytest.raises(DownloadError) as raised:
            fetch_mnist()
    assert str(raised.value) == (
        f"{FIRST} could not be downloaded; tried {dead_mirror} (no connection), "
        f"{second} (wrong checksum), {third} (HTTP 404). "
        "Put the four original MNIST files into a folder and name it in NNVIZ_DATA_DIR."
    )
    assert list((tmp_path / "cache" / "mnist").iterdir()) == []


@pytest.mark.usefixtures("originals")
def test_a_download_that_is_cut_short_leaves_nothing(tmp_path, monkeypatch):
    class Cut(_Handler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"only a part")

    with served(tmp_path, Cut) as mirror:
        monkeypatch.setattr(mnist, "MIRRORS", (mirror,))
        with pytest.raises(DownloadError, match=r"tried http://127\.0\.0\.1:\d+/ \(cut short\)"):
            fetch_mnist()
    assert list((tmp_path / "cache" / "mnist").iterdir()) == []


def test_a_mirror_that_unpacks_on_the_way_is_asked_not_to(originals, monkeypatch):
    class Unpacking(_Handler):
        def do_GET(self):
            content = (originals / self.path[1:]).read_bytes()
            self.send_response(200)
            if self.headers["Accept-Encoding"] != "identity":
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    with served(originals, Unpacking) as mirror:
        monkeypatch.setattr(mnist, "MIRRORS", (mirror,))
        assert (fetch_mnist() / FIRST).read_bytes() == (originals / FIRST).read_bytes()


@pytest.mark.usefixtures("originals")
def test_a_cache_that_cannot_be_written_to_is_told(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NNVIZ_CACHE_DIR", str(tmp_path / "file"))
    with pytest.raises(DownloadError, match=f"{FIRST} cannot be kept in .*file.*Put the four"):
        fetch_mnist()


def test_a_terminal_shows_a_bar_for_each_file(originals, corrupted, monkeypatch):
    class Terminal(StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with served(corrupted) as bad, served(originals) as good:
        monkeypatch.setattr(mnist, "MIRRORS", (bad, good))
        fetch_mnist()
    assert all(name in terminal.getvalue() for name in mnist.PUBLISHED)


# -- a folder that the user names -----------------------------------------------------


@pytest.mark.parametrize("packed", [True, False])
def test_a_named_folder_holds_the_files_packed_or_not(originals, monkeypatch, packed):
    if not packed:
        for path in list(originals.iterdir()):
            path.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))
            path.unlink()
    monkeypatch.setenv("NNVIZ_DATA_DIR", str(originals))
    data = load_mnist()
    np.testing.assert_array_equal(data.train.labels, [0, 1, 2])
    np.testing.assert_array_equal(data.test.images[1], np.ones((4, 5)))
    assert fetch_mnist() == local_folder() == originals


@pytest.mark.parametrize("packed", [True, False])
def test_a_wrong_checksum_in_a_named_folder_is_told(originals, monkeypatch, packed):
    path = originals / FIRST
    if not packed:
        path.unlink()
        path = path.with_suffix("")
    path.write_bytes(b"something else")
    monkeypatch.setenv("NNVIZ_DATA_DIR", str(originals))
    got = hashlib.sha256(b"something else").hexdigest()[:12]
    expected = mnist.CHECKSUMS[path.name][:12]
    message = rf"{path.name} must have the SHA-256 {expected}\.\.\.; got {got}\.\.\.\. The file is"
    with pytest.raises(DataError, match=message):
        load_mnist()


def test_a_missing_file_in_a_named_folder_is_told(originals, monkeypatch):
    (originals / FIRST).unlink()
    monkeypatch.setenv("NNVIZ_DATA_DIR", str(originals))
    assert local_folder() is None
    message = rf"NNVIZ_DATA_DIR must name a folder with {FIRST}; got .*\(No such file.*unset it"
    with pytest.raises(DataError, match=message):
        fetch_mnist()


# -- the real files -------------------------------------------------------------------


@pytest.fixture
def real_folder() -> Path:
    named = os.environ.get("NNVIZ_DATA_DIR")
    if not named:
        pytest.skip("needs the real MNIST files: name their folder in NNVIZ_DATA_DIR")
    return Path(named)


@pytest.mark.usefixtures("real_folder")
def test_real_mnist_is_what_it_is_known_to_be():
    data = load_mnist()
    assert (data.train.images.shape, data.test.images.shape) == ((60000, 28, 28), (10000, 28, 28))
    assert data.n_classes == 10
    # The mean and the deviation that everyone normalizes MNIST by.
    assert data.train.images.mean() / 255 == pytest.approx(0.1307, abs=5e-5)
    assert data.train.images.std() / 255 == pytest.approx(0.3081, abs=5e-5)
    counts = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert np.bincount(data.train.labels).tolist() == counts


def test_real_files_may_be_unpacked(real_folder, tmp_path, monkeypatch):
    for name in mnist.PUBLISHED:
        with (
            gzip.open(real_folder / name) as packed,
            (tmp_path / name.removesuffix(".gz")).open("wb") as unpacked,
        ):
            shutil.copyfileobj(packed, unpacked)
    monkeypatch.setenv("NNVIZ_DATA_DIR", str(tmp_path))
    assert fetch_mnist() == tmp_path
