"""The same text for the same frames, another for others."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from manim import RIGHT, Circle, FadeIn, Square, UpdateFromAlphaFunc

from nnviz.recording.recording import Recording
from nnviz.rendering import fingerprint
from nnviz.rendering.compat import perform
from nnviz.rendering.fingerprint import (
    library_fingerprint,
    play_fingerprint,
    recording_fingerprint,
    source_fingerprint,
)
from nnviz.rendering.scene import RecordingScene

pytestmark = pytest.mark.render

FACTOR = 2.0


class Told:
    """Asks for the fingerprint of every animation."""

    def __init__(self):
        self.prints = []

    def begin(self, scene, _n_frames, *, is_still):  # noqa: ARG002
        self.prints.append(play_fingerprint(scene))
        return ()


@pytest.fixture
def prints(zoo, tmp_path):
    """Return a function that plays a scene and gives its animations' fingerprints."""

    def played(scene, recording=None, **options):
        told = Told()
        perform(scene, told, size=(160, 90), frame_rate=5, folder=tmp_path,
                recording=recording or zoo("tanh"), **options)  # fmt: skip
        return told.prints

    return played


class Plain(RecordingScene):
    length: float = 1.0

    def construct(self):
        self.square = Square()
        self.play(FadeIn(self.square), run_time=self.length)
        self.play(self.square.animate.shift(RIGHT))


def changed(**members):
    return type("Plain", (Plain,), {"__module__": __name__} | members)


def test_each_animation_has_its_own_the_same_every_time(prints):
    first = prints(Plain)
    assert len(first) == len(set(first)) == 2
    assert prints(Plain) == first


def test_what_is_shown_counts(prints):
    def other_start(self):
        self.square = Square(3)
        self.play(FadeIn(self.square))
        self.play(self.square.animate.shift(RIGHT))

    def other_end(self):
        self.square = Square()
        self.play(FadeIn(self.square))
        self.play(self.square.animate.shift(2 * RIGHT))

    one, two = prints(Plain)
    assert not {one, two} & set(prints(changed(construct=other_start)))
    kept, moved = prints(changed(construct=other_end))
    assert kept == one
    assert moved != two
    assert prints(Plain, theme="light")[0] != one
    assert prints(Plain, length=2.0)[0] != one


def test_what_an_updater_uses_counts(prints, monkeypatch):
    def growing(by):
        def construct(self):
            circle = Circle()
            self.play(
                UpdateFromAlphaFunc(
                    circle, lambda mob, alpha: mob.set(width=1 + by * FACTOR * alpha)
                )
            )

        return changed(construct=construct)

    (one,) = prints(growing(1))
    assert prints(growing(1)) == [one]
    assert prints(growing(2)) != [one]
    monkeypatch.setattr("tests.rendering.test_fingerprint.FACTOR", 3.0, raising=False)
    monkeypatch.setitem(globals(), "FACTOR", 3.0)
    assert prints(growing(1)) != [one]


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


def test_library_is_known_by_its_code_and_versions(monkeypatch):
    first = library_fingerprint()
    library_fingerprint.cache_clear()
    assert library_fingerprint() == first
    library_fingerprint.cache_clear()
    monkeypatch.setattr(fingerprint.importlib.metadata, "version", lambda _: "99")
    assert library_fingerprint() != first
    library_fingerprint.cache_clear()


def test_scene_is_known_by_its_file(tmp_path):
    from nnviz.rendering.catalog import load_module

    for name, content in (("one", "x = 1"), ("two", "x = 2")):
        (tmp_path / f"{name}.py").write_text(
            "from nnviz.rendering.scene import RecordingScene\n"
            f"{content}\nclass Own(RecordingScene):\n    pass\n"
        )
    one, two = (load_module(f"fingerprint_{n}", tmp_path / f"{n}.py").Own for n in ("one", "two"))
    assert source_fingerprint(one) != source_fingerprint(two)
    assert source_fingerprint(one) == source_fingerprint(one)
