"""What was drawn once is not drawn again, unless what it shows has changed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from manim import RIGHT, Circle, FadeIn, Square, UpdateFromAlphaFunc

from nnviz.recording.run import train
from nnviz.rendering import store as store_module
from nnviz.rendering.film import Shot
from nnviz.rendering.job import render
from nnviz.rendering.scene_registry import scene_classes
from nnviz.rendering.store import ShotStore
from nnviz.stage.scene import RecordingScene

pytestmark = pytest.mark.render


def two_parts(second):
    """Return a scene of two animations, of which the second is given."""

    class TwoParts(RecordingScene):
        def construct(self):
            self.square = Square()
            self.play(FadeIn(self.square), run_time=1)
            second(self)

    return TwoParts


def _slide(scene):
    scene.play(scene.square.animate.shift(RIGHT), run_time=1)


def _slide_far(scene):
    scene.play(scene.square.animate.shift(2 * RIGHT), run_time=1)


def _grow_by(factor):
    def grow(scene):
        def update(square, alpha):
            square.set(width=1 + factor * alpha)

        scene.play(UpdateFromAlphaFunc(scene.square, update), run_time=1)

    return grow


@pytest.fixture
def n_drawn(tiny_recording, tmp_path):
    """Return a function that renders a scene and returns how many frames were drawn anew."""

    def count(scene, recording=tiny_recording, **given):
        reported = []
        given = {"quality": "draft", "on_progress": lambda *both: reported.append(both)} | given
        render(scene, recording, tmp_path / "a.mp4", **given)
        done, total = reported[0]
        assert reported[-1] == (total, total)
        return total - done

    return count


def test_a_scene_that_did_not_change_is_not_drawn_again(n_drawn):
    scene = two_parts(_slide)
    assert [n_drawn(scene), n_drawn(scene)] == [10, 0]
    assert n_drawn(scene, cache=False) == 10


def test_only_the_animation_that_changed_is_drawn(n_drawn):
    assert n_drawn(two_parts(_slide)) == 10
    assert n_drawn(two_parts(_slide_far)) == 5
    assert n_drawn(two_parts(_slide)) == 0


def test_what_a_function_was_given_counts(n_drawn):
    assert n_drawn(two_parts(_grow_by(1))) == 10
    assert n_drawn(two_parts(_grow_by(1))) == 0
    assert n_drawn(two_parts(_grow_by(2))) == 5


def test_options_size_and_format_count(n_drawn):
    scene = two_parts(_slide)
    assert n_drawn(scene) == 10
    assert n_drawn(scene, theme="light") == 10
    assert n_drawn(scene, theme="light") == 0


def test_another_recording_counts_where_it_is_shown(n_drawn, tiny_data, tmp_path):
    def circle(scene):
        radius = float(scene.recording.weights(1)[0, 0]) + 2
        scene.play(FadeIn(Circle(radius)), run_time=1)

    scene = two_parts(circle)
    other = train(tiny_data, tmp_path / "run", epochs=1, seed=7, record="epochs")
    assert n_drawn(scene) == 10
    assert n_drawn(scene, other) == 5


def test_a_scene_of_ours_is_not_even_played_again(n_drawn, monkeypatch):
    given = {"resolution": 11, "seconds": 1.0, "workers": 1}
    assert n_drawn("descent-path", **given) > 5
    monkeypatch.setattr("nnviz.rendering.film.Film.play_to", None)
    assert n_drawn("descent-path", **given) == 0


def test_the_store_keeps_what_was_used_last(tmp_path, monkeypatch):
    monkeypatch.setattr(store_module, "_MOST_BYTES", 250)
    store = ShotStore(tmp_path)
    for age, name in enumerate("abcd"):
        path = tmp_path / name
        path.write_bytes(bytes(100))
        os.utime(path, (1000 - age, 1000 - age))
    store.prune()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_lists_come_back_as_they_were_kept(tmp_path):
    store = ShotStore(tmp_path)
    shots = [Shot(0, 0, 5, "abc"), Shot(1, 0, 3, "def")]
    store.keep_list("film", shots)
    assert store.find_list("film") == shots
    assert store.find_list("another") is None


@pytest.mark.slow
@pytest.mark.parametrize("scene", list(scene_classes()))
def test_another_process_finds_what_one_has_drawn(scene, cache, tiny_recording, tmp_path):
    shots = cache / "shots"
    drawn = []
    for seed in "12":  # of the order in which Python goes through sets
        for listed in shots.glob("*.json"):
            listed.unlink()
        arguments = ("render", scene, tiny_recording.path, "-q", "draft", "-o", tmp_path / "a.mp4")
        subprocess.run(
            [sys.executable, "-m", "nnviz", *arguments],
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        drawn.append(sorted(path.name for path in shots.glob("*.mp4")))
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) > 5
