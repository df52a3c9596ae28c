"""A film is of one show, drawn as nnviz draws, whatever lies around where it is made."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

import manim
import numpy as np
import pytest
from manim import Create, Dot, Square

from nnviz.rendering import worker_pool
from nnviz.rendering.job import _n_processors, render
from nnviz.stage.scene import RecordingScene

pytestmark = pytest.mark.render


class Scattered(RecordingScene):
    """Dots at random places, without a seed."""

    def construct(self):
        for i in range(4):
            x, y = np.random.uniform(-3, 3, 2)  # noqa: NPY002
            dot = Dot([x, y, 0], radius=0.3 + random.random())
            self.play(Create(dot), run_time=1 + 0 * i)
        self.wait(0.4)


class Clock(RecordingScene):
    """Shows what no two processes share, nor the same one twice."""

    def construct(self):
        for _ in range(3):
            self.add(Dot([3 * np.sin(time.perf_counter_ns()), 0, 0], radius=0.5))
            self.play(Create(Square()), run_time=1)


class Entropy(RecordingScene):
    """Draws numbers of its own, from the system."""

    def construct(self):
        for _ in range(3):
            x, y = np.random.default_rng().uniform(-3, 3, 2)
            self.play(Create(Dot([x, y, 0], radius=0.5)), run_time=1)


class Lookback(RecordingScene):
    """Every frame follows from how often the one before was looked at."""

    def construct(self):
        dot, places = Dot(radius=0.5), iter(np.linspace(0, 30, 10_000))
        from manim import UpdateFromAlphaFunc

        self.play(
            UpdateFromAlphaFunc(dot, lambda m, _: m.move_to([next(places), 0, 0])), run_time=3
        )


def test_random_numbers_are_the_same_in_every_process(tiny_recording, tmp_path, frames):
    given = {"quality": "draft", "cache": False}
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002
    expected = random.random(), np.random.random()  # noqa: NPY002
    random.seed(1)
    np.random.seed(1)  # noqa: NPY002
    two = render(Scattered, tiny_recording, tmp_path / "2.mp4", workers=2, **given)
    # What the program itself draws is not touched.
    assert (random.random(), np.random.random()) == expected  # noqa: NPY002
    one = render(Scattered, tiny_recording, tmp_path / "1.mp4", workers=1, **given)
    assert two.read_bytes() == one.read_bytes()
    last = frames(one)[-1]
    assert (last > 200).sum() > 1000


def test_manims_seed_counts(tiny_recording, tmp_path, frames):
    given = {"quality": "draft", "workers": 1}
    first = frames(render(Scattered, tiny_recording, tmp_path / "1.mp4", **given))
    with manim.tempconfig({"seed": 7}):
        other = frames(render(Scattered, tiny_recording, tmp_path / "2.mp4", **given))
        again = frames(render(Scattered, tiny_recording, tmp_path / "3.mp4", **given))
    assert not np.array_equal(first, other)
    assert np.array_equal(other, again)


@pytest.mark.parametrize("scene", [Clock, Entropy, Lookback])
@pytest.mark.parametrize("n_workers", [1, 2])
def test_scene_that_is_never_the_same_is_drawn_in_one_pass(
    scene, n_workers, tiny_recording, tmp_path, frames, cache
):
    reported = []
    path = render(
        scene, tiny_recording, tmp_path / "a.mp4", quality="draft", workers=n_workers,
        on_progress=lambda *both: reported.append(both),
    )  # fmt: skip
    film = frames(path).astype(int)
    assert len(film) == 15  # five a second, of three
    assert reported[-1] == (15, 15)
    assert [file for file in (cache / "shots").iterdir() if file.name.startswith(".")] == []
    if scene is Lookback:  # every frame once, in order: the dot goes on by one place a frame
        centers = [np.nonzero(frame[..., 0] > 128)[1].mean() for frame in film]
        steps = np.diff(centers[1:])
        assert np.abs(steps - steps.mean()).max() < 0.6


# -- what lies in the working folder --------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", ["random.py", "types.py", "numpy.py", "json.py"])
def test_modules_in_the_working_folder_are_not_run(name, tiny_recording, tmp_path):
    (tmp_path / name).write_text("import pathlib\npathlib.Path('owned').touch()\n1 / 0\n")
    script = os.path.join(os.path.dirname(sys.executable), "nnviz")  # noqa: PTH118, PTH120
    result = subprocess.run(
        [script, "render", "descent-path", str(tiny_recording.path), "-q", "draft",
         "-O", "resolution=9", "-O", "seconds=3", "--workers", "2", "-o", "a.mp4"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env=os.environ | {"NNVIZ_CACHE_DIR": str(tmp_path / "cache")},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert not (tmp_path / "owned").exists()
    assert (tmp_path / "a.mp4").stat().st_size > 1000


@pytest.mark.slow
def test_scene_in_a_file_named_as_one_of_pythons_is_found(tmp_path, tiny_recording):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "queue.py").write_text(
        "from manim import Create, Square\n"
        "from nnviz.stage.scene import RecordingScene\n"
        "class Mine(RecordingScene):\n"
        "    def construct(self):\n"
        "        for _ in range(3):\n"
        "            self.play(Create(Square()), run_time=1)\n"
    )
    program = tmp_path / "program.py"
    program.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from nnviz.rendering.scene_registry import load_module\n"
        "from nnviz.rendering.job import render\n"
        "if __name__ == '__main__':\n"
        f"    module = load_module('queue', Path({str(folder / 'queue.py')!r}))\n"
        f"    render(module.Mine, {str(tiny_recording.path)!r}, 'a.mp4', quality='draft',\n"
        "           workers=2)\n"
    )
    result = subprocess.run(
        [sys.executable, str(program)], cwd=tmp_path, capture_output=True, text=True, check=False,
        env=os.environ | {"NNVIZ_CACHE_DIR": str(tmp_path / "cache")},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "a.mp4").stat().st_size > 1000


@pytest.mark.slow
def test_a_users_configuration_of_manim_does_not_count(tiny_recording, tmp_path):
    plain, odd = tmp_path / "plain", tmp_path / "odd"
    plain.mkdir()
    odd.mkdir()
    (odd / "manim.cfg").write_text(
        "[CLI]\nframe_width = 5\npixel_width = 100\nbackground_color = RED\nframe_rate = 3\n"
        "disable_caching = False\nzero_pad = 9\nsave_last_frame = True\n"
    )
    films = []
    for folder in (odd, plain):
        subprocess.run(
            [sys.executable, "-m", "nnviz", "render", "descent-path", str(tiny_recording.path),
             "-q", "draft", "-O", "resolution=9", "-O", "seconds=1", "-o", "a.mp4"],
            cwd=folder, check=True, env=os.environ | {"NNVIZ_CACHE_DIR": str(folder / "cache")},
        )  # fmt: skip
        films.append((folder / "a.mp4").read_bytes())
    assert films[0] == films[1]


# -- how many -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "most"),
    [(2, 2), pytest.param(10**20, None, marks=pytest.mark.slow)],
)
def test_no_more_processes_than_processors_or_shots(
    asked, most, tiny_recording, tmp_path, monkeypatch
):
    started = []
    monkeypatch.setattr(
        worker_pool,
        "WorkerProcess",
        lambda *args, make=worker_pool.WorkerProcess: started.append(1) or make(*args),
    )
    monkeypatch.setattr("nnviz.rendering.job._n_processors", lambda: 3)
    given = {"quality": "draft", "cache": False, "workers": asked}
    render("descent-path", tiny_recording, tmp_path / "a.mp4", resolution=9, seconds=1.0, **given)
    assert 1 <= len(started) <= (most or 3) - 1
    started.clear()

    monkeypatch.setattr("nnviz.rendering.film._SHOT_SECONDS", 100.0)
    render(Short, tiny_recording, tmp_path / "a.mp4", **given)
    assert started == []  # a single shot is drawn here
    assert _n_processors() >= 1


class Short(RecordingScene):
    """One shot."""

    def construct(self):
        self.play(Create(Square()), run_time=1)


# -- what was kept --------------------------------------------------------------------------


def flip(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def swap(folder):
    one, two = sorted(folder.glob("*.mp4"))[:2]
    content = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(content)


def swap_with_seals(folder):
    swap(folder)
    one, two = sorted(folder.glob("*.mp4.sum"))[:2]
    content = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(content)


def cut_list(folder):
    (file,) = folder.glob("*.json")
    import json

    content = json.loads(file.read_text())
    del content["shots"][1]
    file.write_text(json.dumps(content, indent=2) + "\n")


DAMAGES = {
    "a bit of a shot": lambda folder: flip(sorted(folder.glob("*.mp4"))[0]),
    "shots swapped": swap,
    "shots swapped with their seals": swap_with_seals,
    "a shot cut short": lambda folder: os.truncate(sorted(folder.glob("*.mp4"))[0], 100),
    "an empty shot": lambda folder: os.truncate(sorted(folder.glob("*.mp4"))[0], 0),
    "a seal lost": lambda folder: sorted(folder.glob("*.mp4.sum"))[0].unlink(),
    "a seal of garbage": lambda folder: sorted(folder.glob("*.sum"))[0].write_bytes(b"\xff\xfe"),
    "a list with one entry missing": cut_list,
    "a list cut short": lambda folder: os.truncate(next(iter(folder.glob("*.json"))), 40),
    "a list of garbage": lambda folder: next(iter(folder.glob("*.json"))).write_bytes(b"\xff{"),
    "a list of something else": lambda folder: next(iter(folder.glob("*.json"))).write_text("[]"),
}


QUICK = ("shots swapped", "a list with one entry missing")


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(damage, id=name, marks=() if name in QUICK else pytest.mark.slow)
        for name, damage in DAMAGES.items()
    ],
)
def test_what_was_kept_and_is_damaged_is_drawn_again(damage, tiny_recording, tmp_path, cache):
    given = {"quality": "draft", "workers": 1, "resolution": 9, "seconds": 2.0}
    first = render("descent-path", tiny_recording, tmp_path / "a.mp4", **given).read_bytes()
    damage(cache / "shots")
    for _ in range(2):
        again = render("descent-path", tiny_recording, tmp_path / "a.mp4", **given)
        assert again.read_bytes() == first
