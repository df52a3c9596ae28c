"""Files from strangers: each gives what it gave before, or one line that says what is wrong.

Ten thousand damaged or made up files a run, each read below a limit of memory and of time, and
nothing ever unpickled. A failure prints the seed of its file.
"""

from __future__ import annotations

import gzip
import json
import os
import pickle
import re
import resource
import shutil
import struct
import time
import zipfile
import zlib
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from nnviz.data.dataset import Dataset
from nnviz.data.sources import load_data
from nnviz.errors import NnvizError
from nnviz.recording.recording import Recording
from nnviz.recording.run import train
from tests.zoo import small

pytestmark = pytest.mark.slow

N_INPUTS = 10_000
MOST_BYTES, MOST_SECONDS = 500_000_000, 10.0


class Trap:
    """Makes a file when it is unpickled."""

    def __init__(self, path):
        self.path = str(path)

    def __reduce__(self):
        return (Path.touch, (Path(self.path),))


@contextmanager
def limits():
    """Let what is read take so much more memory, and time, and no more."""
    with Path("/proc/self/statm").open() as file:
        now = int(file.read().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (now + MOST_BYTES, before[1]))
    start = time.monotonic()
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    assert time.monotonic() - start < MOST_SECONDS


def refused(read, note):
    """Read; return what was read, or ``None`` if it was refused in one short line."""
    said = None
    try:
        with limits():
            return read()
    except NnvizError as error:
        said = str(error)
    check_line(said, note)
    return None


def check_line(said, note):
    assert said, note
    assert "\n" not in said, (note, said)
    # Folders are as long as they are.
    assert len(re.sub(r"/\S+/", "", said)) < 300, (note, said)


def mutated(content: bytes, rng: np.random.Generator) -> bytes:
    """Return bytes with some of them changed, lost, doubled or put elsewhere."""
    data = bytearray(content)
    for _ in range(int(rng.integers(1, 4))):
        if not data:
            break
        at = int(rng.integers(len(data)))
        # Most of what is told about a file stands at its beginning.
        if rng.random() < 0.6:
            at = int(rng.integers(min(len(data), 200)))
        span = int(rng.integers(1, 20))
        kind = int(rng.integers(7))
        if kind == 0:
            data[at] ^= 1 << int(rng.integers(8))
        elif kind == 1:
            data[at : at + span] = rng.bytes(span)
        elif kind == 2:
            del data[at : at + span]
        elif kind == 3:
            data[at:at] = rng.bytes(span)
        elif kind == 4:
            del data[at:]
        elif kind == 5:
            data[at : at + 4] = struct.pack(">I", int(rng.choice([0, 1, 2**31 - 1, 2**32 - 1])))
        else:
            data[at:at] = data[at : at + span]
    return bytes(data)


def as_idx(array):
    head = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    return head + array.astype(np.uint8).tobytes()


def as_npz(compressed=True, **arrays):
    file = BytesIO()
    (np.savez_compressed if compressed else np.savez)(file, **arrays)
    return file.getvalue()


@pytest.fixture(scope="module")
def files():
    """Real files of every kind that is read."""
    images, labels = small().train.images[:40], small().train.labels[:40].astype(np.uint8)
    return {
        "images.idx": as_idx(images),
        "labels.idx": as_idx(labels),
        "images.gz": gzip.compress(as_idx(images)),
        "packed.npz": as_npz(images=images, labels=labels),
        "plain.npz": as_npz(compressed=False, images=images, labels=labels),
        "keras.npz": as_npz(x_train=images, y_train=labels, x_test=images, y_test=labels),
    }


def same(one: Dataset, two: Dataset) -> bool:
    return one.checksum == two.checksum


@pytest.mark.parametrize("name", ["images.idx", "labels.idx", "images.gz", "packed.npz",
                                  "plain.npz", "keras.npz"])  # fmt: skip
def test_damaged_data_are_what_they_were_or_refused(name, files, tmp_path):
    n_read = 0
    idx = {"images.gz": "images.idx"}.get(name, name)
    others = {"images.idx": files["images.idx"], "labels.idx": files["labels.idx"]}
    for seed in range(N_INPUTS // 8):
        rng = np.random.default_rng([len(name), seed])
        content = mutated(files[name], rng)
        if name.endswith(".npz"):
            path = tmp_path / "a.npz"
            path.write_bytes(content)
            source = str(path)
        else:
            for each, whole in others.items():
                (tmp_path / each).write_bytes(content if each == idx else whole)
            source = f"{tmp_path / 'images.idx'},{tmp_path / 'labels.idx'}"
        found = refused(lambda source=source: load_data(source), (name, seed))
        n_read += found is not None
        if found is not None:  # values may differ, nothing else
            assert found.train.images.ndim == 3
            assert found.n_classes <= 1000
    assert n_read < N_INPUTS // 8


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "run"
    train(small(), path, layers=(64, 8, 10), epochs=2, batch_size=20, record="every:1")
    return path


def used(recording: Recording) -> None:
    """Do what every picture of a recording begins with."""
    for row in range(-min(recording.n_rows, 2), 0):
        recording.network_at(row)
        recording.batch_indices(row)
        recording.activations(1, row)
    _ = recording.examples("test"), recording.examples("probe"), repr(recording)


def test_damaged_recordings_are_refused_by_name_or_read(whole, tmp_path):
    path = shutil.copytree(whole, tmp_path / "run")
    names = sorted(file.name for file in path.iterdir())
    n_read = 0
    for seed in range(N_INPUTS // 4):
        rng = np.random.default_rng([1, seed])
        name = names[int(rng.integers(len(names)))] if rng.random() < 0.7 else "manifest.json"
        content = (whole / name).read_bytes()
        (path / name).write_bytes(mutated(content, rng))

        def read():
            recording = Recording.open(path)
            used(recording)
            return recording

        n_read += refused(read, (name, seed)) is not None
        (path / name).write_bytes(content)
    assert 0 < n_read < N_INPUTS // 4
    used(Recording.open(path))


#: What stands in the place of a manifest's entry.
VALUES = [
    None, True, -1, 0, 1, 2**31, 2**63, 10**30, 1.5, float("nan"), float("inf"), "", "x",
    "a" * 5000, "../../etc/passwd", "/dev/zero", "\0", "i4,f4", "O", "float128", "V8", [], [1],
    [[1]], {}, {"a": 1}, [10**9, 10**9], "$\\foo$", "log:3", "every:1",
]  # fmt: skip


def paths_of(value, at=()):
    yield at
    if isinstance(value, dict):
        for name, part in value.items():
            yield from paths_of(part, (*at, name))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from paths_of(part, (*at, place))


def test_manifests_with_any_entry_replaced_are_refused_or_read(whole, tmp_path):
    path = shutil.copytree(whole, tmp_path / "run")
    original = (path / "manifest.json").read_text()
    entries = [at for at in paths_of(json.loads(original)) if at]
    for seed in range(N_INPUTS // 4):
        rng = np.random.default_rng([2, seed])
        at = entries[int(rng.integers(len(entries)))]
        manifest = json.loads(original)
        part = manifest
        for name in at[:-1]:
            part = part[name]
        if rng.random() < 0.1:
            del part[at[-1]]
        else:
            part[at[-1]] = VALUES[int(rng.integers(len(VALUES)))]
        (path / "manifest.json").write_text(json.dumps(manifest))

        def read():
            recording = Recording.open(path)
            used(recording)
            return recording

        refused(read, (at, seed))


@pytest.mark.parametrize("seed", range(30))
def test_lines_of_garbage_are_no_manifest(seed, whole, tmp_path):
    path = shutil.copytree(whole, tmp_path / "run")
    rng = np.random.default_rng(seed)
    text = ["[" * 100_000, '{"a":' * 50_000, "nul", '"', "\ufeff{}", "1e999", "NaN"]
    content = text[seed].encode() if seed < len(text) else rng.bytes(int(rng.integers(1, 5000)))
    (path / "manifest.json").write_bytes(content)
    assert refused(lambda: Recording.open(path), seed) is None


def pickled(array_like):
    file = BytesIO()
    np.save(file, array_like, allow_pickle=True)
    return file.getvalue()


def test_nothing_is_ever_unpickled(whole, tmp_path):
    owned = tmp_path / "owned"
    trap = np.array([Trap(owned)] * 40, object)
    bare = pickle.dumps(Trap(owned))
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("images.npy", pickled(trap))
        file.writestr("labels.npy", pickled(trap))
    for content in (bare, pickled(trap), archive.getvalue(), as_npz(images=trap, labels=trap)):
        path = tmp_path / "a.npz"
        path.write_bytes(content)
        assert refused(lambda path=path: load_data(path), "npz") is None
    run = shutil.copytree(whole, tmp_path / "run")
    for file in sorted(run.glob("*.npy")):
        before = file.read_bytes()
        for content in (bare, pickled(trap), archive.getvalue()):
            file.write_bytes(content)
            assert refused(lambda: Recording.open(run), file.name) is None
        file.write_bytes(before)
    assert not owned.exists()


def zip_bomb(n_bytes, declared=None):
    """Return an archive of an array of zeros, which says that it is as large, or another size."""
    head = BytesIO()
    np.lib.format.write_array_header_1_0(
        head,
        {"descr": "|u1", "fortran_order": False, "shape": (declared or n_bytes // 784, 28, 28)},
    )
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("images.npy", "labels.npy", "more.npy"):
            with archive.open(name, "w", force_zip64=True) as entry:
                entry.write(head.getvalue())
                for _ in range(n_bytes // 1_000_000):
                    entry.write(bytes(1_000_000))
    return file.getvalue()


def test_bombs_do_not_go_off(tmp_path):
    path = tmp_path / "a.npz"
    path.write_bytes(zip_bomb(1_000_000_000))
    assert path.stat().st_size < 4_000_000
    assert refused(lambda: load_data(path), "zip") is None
    path.write_bytes(zip_bomb(50_000_000, declared=10**12))
    assert refused(lambda: load_data(path), "zip that lies") is None

    packer = zlib.compressobj(9, wbits=31)
    head = bytes([0, 0, 8, 3]) + struct.pack(">3I", 10**6, 28, 28)
    pieces = [packer.compress(head)] + [packer.compress(bytes(10**6)) for _ in range(784)]
    bomb = b"".join([*pieces, packer.flush()])
    assert len(bomb) < 1_500_000
    (tmp_path / "labels").write_bytes(as_idx(np.arange(10)))
    for content in (bomb, gzip.compress(head), gzip.compress(bomb)):
        (tmp_path / "images").write_bytes(content)
        source = f"{tmp_path / 'images'},{tmp_path / 'labels'}"
        assert refused(lambda source=source: load_data(source), "gzip") is None


def test_only_what_is_needed_is_read(tmp_path):
    """An array that nobody asked for may be of any size."""
    images, labels = small().train.images[:40], small().train.labels[:40]
    file = BytesIO(as_npz(images=images, labels=labels))
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("extra.npy", "w", force_zip64=True) as entry,
    ):
        for _ in range(1500):
            entry.write(bytes(1_000_000))
    path = tmp_path / "a.npz"
    path.write_bytes(file.getvalue())
    assert refused(lambda: load_data(path), "extra") is not None


def test_pipes_and_devices_are_refused(whole, tmp_path):
    pipe = tmp_path / "pipe.npz"
    os.mkfifo(pipe)
    (tmp_path / "labels").write_bytes(as_idx(np.arange(10)))
    for source in (pipe, f"{pipe},{tmp_path / 'labels'}", f"/dev/zero,{tmp_path / 'labels'}",
                   f"{tmp_path / 'labels'},/dev/zero", tmp_path / "a\0b.npz"):  # fmt: skip
        assert refused(lambda source=source: load_data(source), source) is None
    run = shutil.copytree(whole, tmp_path / "run")
    for file in sorted(run.iterdir()):
        before = file.read_bytes()
        file.unlink()
        os.mkfifo(file)
        assert refused(lambda: Recording.open(run), file.name) is None
        file.unlink()
        file.write_bytes(before)
    assert refused(lambda: Recording.open("a\0b"), "NUL") is None
    assert refused(lambda: Recording.open(pipe), "pipe") is None
