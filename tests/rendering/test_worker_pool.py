"""Several processes draw one film; whatever ends them, nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from manim import Create, Square

from nnviz.analysis.functions.named import FUNCTIONS_1D
from nnviz.errors import RenderError
from nnviz.rendering import worker_pool
from nnviz.rendering.film import Film
from nnviz.rendering.job import QUALITIES, Quality, render
from nnviz.rendering.scene_registry import scene_class
from nnviz.rendering.store import ShotStore
from nnviz.stage.scene import RecordingScene

pytestmark = pytest.mark.render

BRIEF = {"resolution": 11, "seconds": 3.0}


@pytest.mark.slow
def test_two_workers_make_the_same_film_as_one(tiny_recording, tmp_path, frames):
    films, reported = [], []
    for n_workers in (1, 2):
        path = render(
            "descent-path",
            tiny_recording,
            tmp_path / f"{n_workers}.mp4",
            quality="draft",
            workers=n_workers,
            cache=False,
            on_progress=lambda *both: reported.append(both),
            **BRIEF,
        )
        films.append(path)
    one, two = map(frames, films)
    differing = np.argwhere((one != two).any(axis=-1))
    assert differing.tolist() == []  # frame, row and column of every pixel that does
    assert films[0].read_bytes() == films[1].read_bytes()
    assert reported[-1][0] == reported[-1][1] == len(one)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.mp4", "2.mp4"]


class Sliding(RecordingScene):
    """Somebody's own scene, in a file of theirs."""

    def construct(self):
        for _ in range(4):
            self.play(Create(Square()), run_time=1)


class Failing(Sliding):
    def construct(self):
        super().construct()
        if worker_pool.WORKER_VARIABLE in os.environ:
            message = "none"
            raise KeyError(message)


def test_somebodys_own_scene_is_drawn_by_all(tiny_recording, tmp_path, frames, monkeypatch):
    started = []
    monkeypatch.setattr(
        worker_pool,
        "WorkerProcess",
        lambda *args, make=worker_pool.WorkerProcess: started.append(1) or make(*args),
    )
    given = {"quality": "draft", "cache": False}
    two = render(Sliding, tiny_recording, tmp_path / "2.mp4", workers=2, **given)
    assert len(started) == 1  # and this process
    one = render(Sliding, tiny_recording, tmp_path / "1.mp4", workers=1, **given)
    assert np.array_equal(frames(one), frames(two))


def test_a_scene_that_fails_in_a_worker_is_named(tiny_recording, tmp_path):
    with pytest.raises(RenderError, match="scene failing failed: KeyError: 'none'"):
        render(Failing, tiny_recording, tmp_path / "a.mp4", quality="draft", workers=2)
    assert list(tmp_path.iterdir()) == []


def test_workers_do_not_start_workers(tiny_recording, tmp_path, monkeypatch):
    monkeypatch.setenv(worker_pool.WORKER_VARIABLE, "1")
    with pytest.raises(RenderError, match="must not render when it is imported"):
        render(Sliding, tiny_recording, tmp_path / "a.mp4", quality="draft", workers=2)


def test_what_other_processes_can_be_sent(tiny_recording):
    class Local(RecordingScene):
        pass

    def can_be_sent(scene, **options):
        return worker_pool.can_be_sent(Film(scene, tiny_recording, (160, 90), 5, options))

    assert can_be_sent(Sliding)
    assert can_be_sent(scene_class("feed-forward"), n_images=1)
    assert not can_be_sent(scene_class("descent-1d"), function=FUNCTIONS_1D["bowl"])
    assert not can_be_sent(Local)


def test_a_scenes_mistake_comes_back_from_a_worker(tiny_recording, tmp_path, monkeypatch):
    class Wrong(worker_pool.WorkerProcess):
        def send(self, content):
            if isinstance(content, dict):
                content |= {"options": {"resolution": "x"}}
            super().send(content)

    monkeypatch.setattr(worker_pool, "WorkerProcess", Wrong)
    with pytest.raises(RenderError, match="option resolution must be a whole number; got 'x'"):
        _draw(tiny_recording, tmp_path / "a.mp4")
    assert list(tmp_path.iterdir()) == []


def test_a_worker_that_dies_is_told_of_and_the_others_end(
    cache, tiny_recording, tmp_path, monkeypatch
):
    started = []

    class Watched(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            started.append(self)

    monkeypatch.setattr("nnviz.rendering.worker_process.subprocess.Popen", Watched)

    def kill(_done, _total):
        if started:
            started[0].kill()

    with pytest.raises(RenderError, match=r"must finish; it died with exit code -9"):
        _draw(tiny_recording, tmp_path / "a.mp4", on_progress=kill)
    assert len(started) == 1
    assert all(process.returncode is not None for process in started)
    assert list(tmp_path.iterdir()) == []
    assert list((cache / "shots").glob(".*")) == []


def _draw(recording, path, **given):
    return render("descent-path", recording, path, quality="draft", workers=2, **given, **BRIEF)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="finds processes in /proc")
@pytest.mark.parametrize(
    "how",
    [
        signal.SIGINT,
        pytest.param(signal.SIGTERM, marks=pytest.mark.slow),
        pytest.param(signal.SIGKILL, marks=pytest.mark.slow),
    ],
)
def test_a_render_that_is_ended_leaves_nothing(how, cache, tiny_recording, tmp_path):
    out = tmp_path / "out" / "a.mp4"
    process = subprocess.Popen(
        [
            sys.executable, "-m", "nnviz", "render", "feed-forward", tiny_recording.path,
            "-q", "high", "--workers", "2", "-o", out,
        ],
        stderr=subprocess.PIPE,
        text=True,
        # A shell's background jobs, and all that they start, ignore the signal of Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    _wait_until(lambda: list((cache / "shots").glob(".*.mp4.*")))
    assert len(_workers(cache)) == 1
    process.send_signal(how)
    errors = process.communicate(timeout=30)[1]
    if how == signal.SIGKILL:  # nobody is left to clear away but the workers, and the next
        _wait_until(lambda: not _workers(cache))
        (left,) = out.parent.iterdir()
        assert left.name.startswith(f".a.mp4.nnviz-{process.pid}-")
        ShotStore(cache / "shots")
    else:
        assert process.returncode == 130
        assert errors.startswith("Error: interrupted; no half-written file is left.")
        assert len(errors.strip().splitlines()) == 1
        assert list(out.parent.iterdir()) == []
    assert _workers(cache) == []
    assert list((cache / "shots").glob(".*")) == []


def _wait_until(is_so):
    limit = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < limit
        time.sleep(0.02)


def _workers(cache):
    """Return the processes that draw into a cache folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command, values = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
        except OSError:
            continue
        if b"nnviz.rendering.worker_program" in command and os.fsencode(str(cache)) in values:
            found.append(process.name)
    return found


@pytest.mark.slow
def test_an_interrupted_render_goes_on_where_it_was(tiny_recording, tmp_path, monkeypatch):
    monkeypatch.setitem(QUALITIES, "draft", Quality(160, 90, 15))

    def interrupt(done, total):
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _draw(tiny_recording, tmp_path / "a.mp4", on_progress=interrupt)
    reported = []
    _draw(tiny_recording, tmp_path / "a.mp4", on_progress=lambda *both: reported.append(both))
    assert reported[0][0] > 0
