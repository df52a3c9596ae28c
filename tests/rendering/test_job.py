from __future__ import annotations

import pytest

from nnviz.errors import RenderError, SettingError, UnknownNameError
from nnviz.rendering import job
from nnviz.rendering.job import QUALITIES, Quality, render
from nnviz.rendering.scene import RecordingScene
from nnviz.rendering.workers import Job, render_all

pytestmark = pytest.mark.render


@pytest.fixture(autouse=True)
def _tiny(monkeypatch):
    monkeypatch.setitem(QUALITIES, "draft", Quality(160, 90, 5))


class Still(RecordingScene):
    def construct(self):
        self.wait(1)


class Broken(RecordingScene):
    def construct(self):
        self.wait(1)
        message = "no such thing"
        raise KeyError(message)


class Interrupted(RecordingScene):
    def construct(self):
        self.wait(1)
        raise KeyboardInterrupt


def test_render_writes_a_video_of_the_asked_size(tiny_recording, tmp_path, frames):
    path = render(Still, tiny_recording, tmp_path / "new" / "still.mp4", quality="draft")
    assert frames(path).shape == (5, 90, 160, 3)
    assert [file.name for file in path.parent.iterdir()] == ["still.mp4"]


def test_render_shows_the_background_of_the_theme(tiny_recording, tmp_path, frames):
    path = render(Still, tiny_recording, tmp_path / "a.mp4", quality="draft", theme="light")
    assert frames(path).min() >= 250


def test_render_tells_of_every_frame(tiny_recording, tmp_path):
    told = []
    render(
        Still,
        tiny_recording,
        tmp_path / "a.mp4",
        quality="draft",
        on_progress=lambda drawn, total: told.append((drawn, total)),
    )
    assert told[-1] == (5, 5)


@pytest.mark.parametrize(
    ("scene", "error"), [(Broken, RenderError), (Interrupted, KeyboardInterrupt)]
)
def test_a_scene_that_fails_leaves_the_older_file_and_nothing_else(
    scene, error, tiny_recording, tmp_path
):
    path = tmp_path / "a.mp4"
    path.write_bytes(b"older")
    with pytest.raises(error):
        render(scene, tiny_recording, path, quality="draft")
    assert path.read_bytes() == b"older"
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp4"]


def test_a_failing_scene_is_named(tiny_recording, tmp_path):
    with pytest.raises(RenderError, match="scene broken failed: KeyError: 'no such thing'"):
        render(Broken, tiny_recording, tmp_path / "a.mp4", quality="draft")


def test_render_refuses_an_ending_it_cannot_write(tiny_recording, tmp_path):
    with pytest.raises(SettingError, match=r"must end in \.mp4; got 'a\.avi'"):
        render(Still, tiny_recording, tmp_path / "a.avi")


def test_render_lists_the_qualities(tiny_recording):
    with pytest.raises(UnknownNameError, match="quality must be one of 4k, draft, high, medium"):
        render(Still, tiny_recording, quality="best")


def test_workers_render_every_job(tiny_recording, tmp_path, frames):
    jobs = [
        Job("feed-forward", tiny_recording.path, tmp_path / f"{n}.mp4", "draft", {"n_images": n})
        for n in (1, 2)
    ]
    told = {}
    render_all(jobs, on_progress=lambda each, drawn, total: told.update({each.out: drawn / total}))
    assert list(told.values()) == [1, 1]
    lengths = [len(frames(each.out)) for each in jobs]
    assert lengths[1] > 1.8 * lengths[0]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["1.mp4", "2.mp4"]


def test_a_failing_worker_ends_the_others_and_leaves_nothing(tiny_recording, tmp_path):
    good = Job("weight-images", tiny_recording.path, tmp_path / "good.mp4", "high")
    bad = Job("feed-forward", tiny_recording.path, tmp_path / "bad.mp4", "draft", {"n_images": "x"})
    with pytest.raises(RenderError, match="option n_images must be a whole number"):
        render_all([good, bad], workers=2)
    assert list(tmp_path.iterdir()) == []


def test_check_ending_ignores_case(tmp_path):
    job.check_ending(tmp_path / "A.MP4")
