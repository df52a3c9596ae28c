"""Code, versions and a recording's files, each as a short text."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import numpy as np

from nnviz.recording.recording import Recording
from nnviz.rendering import fingerprint
from nnviz.rendering.fingerprint import (
    library_fingerprint,
    recording_fingerprint,
    scenes_fingerprint,
)


def test_recording_is_known_by_its_files(zoo, tmp_path):
    copy = shutil.copytree(zoo("tanh").path, tmp_path / "run")
    original = recording_fingerprint(zoo("tanh"))
    # What was measured of it lies beside its files and is not part of it.
    shutil.rmtree(copy / "measured", ignore_errors=True)
    assert recording_fingerprint(Recording.open(copy)) == original
    (copy / "measured").mkdir()
    (copy / "measured" / "a.npy").write_bytes(b"x")
    assert recording_fingerprint(Recording.open(copy)) == original
    array = np.load(copy / "parameters.npy", mmap_mode="r+")
    array[0, 0] += 1
    array.flush()
    assert recording_fingerprint(Recording.open(copy)) != original


def test_library_is_known_by_its_code_and_all_versions(monkeypatch):
    first = library_fingerprint()
    library_fingerprint.cache_clear()
    assert library_fingerprint() == first
    installed = list(fingerprint.importlib.metadata.distributions())
    names = {each.name.lower() for each in installed}
    assert {"matplotlib", "svgelements", "contourpy", "manim", "numpy"} <= names
    for name in ("matplotlib", "svgelements", "contourpy"):
        others = [
            SimpleNamespace(name=each.name, version="99") if each.name.lower() == name else each
            for each in installed
        ]
        library_fingerprint.cache_clear()
        monkeypatch.setattr(fingerprint.importlib.metadata, "distributions", lambda o=others: o)
        assert library_fingerprint() != first
    monkeypatch.undo()
    library_fingerprint.cache_clear()


def test_scenes_are_known_by_all_their_files(monkeypatch, tmp_path):
    first = scenes_fingerprint()
    copy = shutil.copytree(fingerprint.SCENES_FOLDER, tmp_path / "scenes")
    monkeypatch.setattr(fingerprint, "SCENES_FOLDER", copy)
    scenes_fingerprint.cache_clear()
    assert scenes_fingerprint() == first
    with (copy / "descent.py").open("a") as file:  # a scene that others derive from
        file.write("# edited\n")
    scenes_fingerprint.cache_clear()
    assert scenes_fingerprint() != first
    monkeypatch.undo()
    scenes_fingerprint.cache_clear()
