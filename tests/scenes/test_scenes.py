"""Every scene, really rendered, small; what its frames show is what was recorded."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from nnviz.analysis.descent import descent
from nnviz.analysis.probes import answers, choose_probes
from nnviz.recording.run import train
from nnviz.rendering.job import QUALITIES, Quality, render
from nnviz.view.colors import rgb, symmetric_limit
from nnviz.view.images import weight_image
from nnviz.view.themes import DARK

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


def test_feed_forward_shows_the_recorded_answer(tiny_recording, tmp_path, frames):
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
    answer = int(answers(tiny_recording)[probe])
    # The ten outputs stand 0.56 apart, the first on top; fills are their activations.
    fills = [_at(end, 4.5, 0.56 * (4.5 - i)).mean() for i in range(10)]
    assert int(np.argmax(fills)) == answer == int(output.argmax())
    assert np.corrcoef(fills, output)[0, 1] > 0.97
    # The box is yellow and right of the hidden layers; the heading above it is, too.
    area = end[60:, 480:].astype(int)
    yellow = (area[..., 0] - area[..., 2] > 60) & (area[..., 1] - area[..., 2] > 40)
    center = 4 - (60 + np.flatnonzero(yellow.any(axis=1)).mean() + 0.5) / (360 / 8)
    assert center == pytest.approx(0.56 * (4.5 - answer), abs=0.12)


def test_feed_forward_glows_in_both_signs_and_only_when_activity_flows(
    tiny_recording, tmp_path, frames
):
    video = frames(
        render("feed-forward", tiny_recording, tmp_path / "a.mp4", quality="draft", n_images=1)
    )
    between = video[:, 90:270, 340:540].astype(int)  # the gap between the hidden layers
    saturation = (between.max(axis=-1) - between.min(axis=-1)).mean(axis=(1, 2))
    assert saturation[int(0.8 * len(video))] > 2 * saturation[2]
    end = between[int(0.8 * len(video))]
    bluish, reddish = end[..., 2] - end[..., 0], end[..., 0] - end[..., 2]
    assert bluish.max() > 25
    assert reddish.max() > 25


@pytest.mark.parametrize("options", [{"compact": True}, {"theme": "print"}, {"step": 0}])
def test_feed_forward_takes_options(options, tiny_recording, tmp_path, frames):
    path = render(
        "feed-forward", tiny_recording, tmp_path / "a.mp4", quality="draft", n_images=1, **options
    )
    assert len(frames(path)) > 30


def test_weight_images_end_with_the_learned_weights(tiny_recording, tmp_path, frames):
    video = frames(
        render("weight-images", tiny_recording, tmp_path / "a.mp4", quality="draft", seconds=2.0)
    )
    end = video[-1] / 255
    limit = symmetric_limit(tiny_recording.weight_history(1))
    # The first image, top left of a wall of 4 x 4 from (-0.95, 3.0) to (5.35, -3.5).
    height = min(0.8 * 6.5 / 4, 0.86 * 6.3 / 4)
    center = np.array([-0.95 + 6.3 / 8, 3.0 - 6.5 / 8 + 0.08 * 6.5 / 4])
    expected = weight_image(tiny_recording.weights(1)[0], (28, 28), limit, DARK)
    seen = np.array(
        [
            [
                _at(video[-1], center[0] + height * ((c + 0.5) / 28 - 0.5),
                    center[1] + height * (0.5 - (r + 0.5) / 28))
                for c in range(28)
            ]
            for r in range(28)
        ]
    )  # fmt: skip
    for channel in (0, 2):
        pair = np.corrcoef(seen[..., channel].ravel(), expected[..., channel].ravel())
        assert pair[0, 1] > 0.8
    assert end.max() > 0.9


def test_descent_path_follows_the_projected_parameters(tiny_recording, tmp_path, frames):
    video = frames(
        render(
            "descent-path",
            tiny_recording,
            tmp_path / "a.mp4",
            quality="draft",
            seconds=2.0,
            resolution=21,
        )
    )
    found = descent(tiny_recording, n=21, aspect=6.0 / 8.4)
    land = found.landscape
    low = np.array([land.x[0], land.y[0]])
    size = np.array([land.x[-1] - land.x[0], land.y[-1] - land.y[0]])
    path = found.trajectory.coordinates
    ends = np.array([-2.25, 0.05]) + ((path - low) / size - 0.5) * (8.4, 6.0)
    assert _at(video[-1], *ends[-1]) == pytest.approx(rgb(DARK.accent), abs=0.15)
    assert _at(video[-1], *ends[0]) == pytest.approx(rgb(DARK.foreground), abs=0.15)
    # The path is yellow where the map under it is blue; before the descent there is none.
    middle = ends[len(ends) // 2]
    before, after = _at(video[len(video) // 6], *middle), _at(video[-1], *middle)
    assert after[0] - after[2] > 0.25 > before[0] - before[2]


def test_scenes_take_any_network_and_image_shape(tiny_data, tmp_path, frames):
    from nnviz.data.dataset import Dataset, LabelledImages

    def crop(labelled):
        kept = np.flatnonzero(labelled.labels < 3)
        return LabelledImages(labelled.images[kept][:, ::2, ::4], labelled.labels[kept])

    small = Dataset("small", crop(tiny_data.train), crop(tiny_data.test))
    recording = train(
        small, tmp_path / "run", layers=[98, 5, 3], activation="relu", epochs=2, record="log:5"
    )
    for scene, options in {
        "feed-forward": {"n_images": 1},
        "weight-images": {"seconds": 1},
    }.items():
        path = render(scene, recording, tmp_path / f"{scene}.mp4", quality="draft", **options)
        assert len(frames(path)) > 20


@pytest.mark.parametrize("layers", [[784, 10], [784, 12, 8, 6, 10]])
def test_feed_forward_takes_any_depth(layers, tiny_data, tmp_path, frames):
    recording = train(tiny_data, tmp_path / "run", layers=layers, epochs=1, record="epochs")
    path = render("feed-forward", recording, tmp_path / "a.mp4", quality="draft", n_images=1)
    assert len(frames(path)) > 20


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
