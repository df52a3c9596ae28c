"""Every scene, really rendered, small; what its frames show is what was recorded."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import numpy as np
import pytest

from nnviz.analysis.probes import choose_probes, predictions
from nnviz.rendering.job import QUALITIES, Quality, render

pytestmark = pytest.mark.render


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setitem(QUALITIES, "draft", Quality(640, 360, 6))


def _at(frame, x, y):
    """Return the colour around a point of the frame."""
    height, width = frame.shape[:2]
    scale = height / 8
    row, column = round(height / 2 - y * scale - 0.5), round(width / 2 + x * scale - 0.5)
    return frame[row, column] / 255


def test_feed_forward_shows_the_recorded_prediction(tiny_recording, tmp_path, frames):
    video = frames(
        render("feed-forward", tiny_recording, tmp_path / "a.mp4", quality="draft", n_images=1)
    )
    probe = choose_probes(tiny_recording, 1)[0]
    image = np.asarray(tiny_recording.probes.images[probe]) / 255
    shown = video[len(video) // 8]
    # The image stands 4.7 frame units wide around x = -4.5.
    cells = [
        [
            _at(shown, -4.5 + 4.7 * ((c + 0.5) / 28 - 0.5), 4.7 * (0.5 - (r + 0.5) / 28))
            for c in range(28)
        ]
        for r in range(28)
    ]
    seen = np.mean(cells, axis=-1)
    assert np.corrcoef(seen.ravel(), image.ravel())[0, 1] > 0.97

    end = video[int(0.85 * len(video))]
    output = tiny_recording.activations(3)[probe]
    predicted = int(predictions(tiny_recording)[probe])
    # The ten outputs stand 0.56 apart, the first on top; fills are their activations.
    fills = [_at(end, 4.5, 0.56 * (4.5 - i)).mean() for i in range(10)]
    assert int(np.argmax(fills)) == predicted == int(output.argmax())
    assert np.corrcoef(fills, output)[0, 1] > 0.97
    # The box is yellow and right of the hidden layers; the heading above it is, too.
    area = end[60:, 480:].astype(int)
    yellow = (area[..., 0] - area[..., 2] > 60) & (area[..., 1] - area[..., 2] > 40)
    center = 4 - (60 + np.flatnonzero(yellow.any(axis=1)).mean() + 0.5) / (360 / 8)
    assert center == pytest.approx(0.56 * (4.5 - predicted), abs=0.12)


def test_feed_forward_shows_the_inputs_most_often_lit(tiny_recording, play):
    seen = play("feed-forward", tiny_recording, n_images=1, compact=True)
    first = seen.scene.network.layouts[0]
    assert len(first.shown) == 16
    lit = np.asarray(tiny_recording.probes.images).reshape(100, -1).mean(axis=0)
    assert lit[first.shown].min() >= np.sort(lit)[-16]
    assert "784, 16 of them shown" in seen.said


@pytest.mark.slow
def test_feed_forward_takes_a_theme_and_a_step(tiny_recording, play):
    seen = play("feed-forward", tiny_recording, n_images=2, theme="print", step=0)
    assert seen.frames[-1][1, 1].tolist() == [255, 255, 255]
    assert any("before training" in text for text in seen.said)
    output = tiny_recording.activations(3, 0)
    shown = [text for text in seen.said if re.fullmatch(r"\d\.\d\d", text)]
    assert {f"{value:.2f}" for value in output[seen.scene.probes[-1]]} <= set(shown)


@pytest.mark.slow
def test_plain_manim_gives_the_same_picture(tiny_recording, tmp_path, frames):
    ours = frames(render("descent-path", tiny_recording, tmp_path / "a.mp4", quality="draft"))
    subprocess.run(
        [
            sys.executable, "-m", "manim", "-r", "640,360", "--fps", "6", "-v", "ERROR",
            "--media_dir", tmp_path / "m", "--progress_bar", "none",
            "scenes/descent.py", "DescentPath",
        ],
        check=True,
        env=os.environ | {"NNVIZ_RUN": str(tiny_recording.path)},
    )  # fmt: skip
    (path,) = (tmp_path / "m").rglob("DescentPath.mp4")
    assert_same_film(ours, frames(path))


NOTEBOOK = """
from IPython.core.interactiveshell import InteractiveShell

shell = InteractiveShell.instance()
for cell in (
    "import manim",
    "%%manim -r 640,360 --fps 6 -v ERROR --progress_bar none Brief\\n"
    "from nnviz.scenes import FeedForward\\n"
    "class Brief(FeedForward):\\n"
    "    n_images = 1",
):
    shell.run_cell(cell).raise_error()
"""


@pytest.mark.slow
def test_notebook_cell_gives_the_same_picture(tiny_recording, tmp_path, frames):
    ours = frames(
        render("feed-forward", tiny_recording, tmp_path / "a.mp4", quality="draft", n_images=1)
    )
    subprocess.run(
        [sys.executable, "-c", NOTEBOOK],
        check=True,
        cwd=tmp_path,
        env=os.environ | {"NNVIZ_RUN": str(tiny_recording.path), "IPYTHONDIR": str(tmp_path)},
    )
    (path,) = (tmp_path / "media" / "jupyter").rglob("*.mp4")  # what the notebook shows
    assert_same_film(ours, frames(path))


def assert_same_film(ours, theirs):
    assert len(ours) == len(theirs)
    for index in (0, len(ours) // 2, len(ours) - 1):
        difference = np.abs(ours[index].astype(int) - theirs[index])
        assert difference.mean() < 2  # only the encoder's settings differ
