from __future__ import annotations

import os

import numpy as np
import pytest
from PIL import Image

from nnviz.errors import RenderError, SettingError, UnknownNameError
from nnviz.rendering.job import render
from nnviz.rendering.stills import still
from nnviz.stage.scene import RecordingScene

pytestmark = pytest.mark.render


class Still(RecordingScene):
    def construct(self):
        self.wait(1)


class Broken(RecordingScene):
    def construct(self):
        self.wait(1)
        message = "no such thing"
        raise KeyError(message)


class Empty(RecordingScene):
    def construct(self):
        pass


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


@pytest.mark.parametrize("name", ["a.mp4", "a.gif", "a"])
def test_render_tells_of_all_its_work(name, tiny_recording, tmp_path):
    reported = []
    render(
        Still,
        tiny_recording,
        tmp_path / name,
        quality="draft",
        on_progress=lambda done, total: reported.append((done, total)),
    )
    done = [each for each, _ in reported]
    assert done == sorted(done)
    assert done[-1] == reported[0][1] == reported[-1][1]


@pytest.mark.parametrize(
    ("scene", "error"), [(Broken, RenderError), (Interrupted, KeyboardInterrupt)]
)
def test_a_scene_that_fails_leaves_the_older_file_and_nothing_else(
    scene, error, tiny_recording, tmp_path
):
    path = tmp_path / "a.mp4"
    older = b"\0\0\0\x20ftypisom and so on"
    path.write_bytes(older)
    with pytest.raises(error):
        render(scene, tiny_recording, path, quality="draft")
    assert path.read_bytes() == older
    assert [file.name for file in tmp_path.iterdir()] == ["a.mp4"]


def test_a_failing_scene_is_named(tiny_recording, tmp_path):
    with pytest.raises(RenderError, match="scene broken failed: KeyError: 'no such thing'"):
        render(Broken, tiny_recording, tmp_path / "a.mp4", quality="draft")


def test_a_scene_must_show_something(tiny_recording, tmp_path):
    with pytest.raises(RenderError, match="scene empty must play or wait; it shows nothing"):
        render(Empty, tiny_recording, tmp_path / "a.mp4", quality="draft")
    assert list(tmp_path.iterdir()) == []


def test_render_refuses_an_ending_it_cannot_write(tiny_recording, tmp_path):
    with pytest.raises(SettingError, match=r"ends in \.mp4, \.webm or \.gif.*'a\.avi'"):
        render(Still, tiny_recording, tmp_path / "a.avi")


def test_render_ignores_the_case_of_an_ending(tiny_recording, tmp_path, frames):
    path = render(Still, tiny_recording, tmp_path / "A.MP4", quality="draft")
    assert len(frames(path)) == 5


def test_render_lists_the_qualities(tiny_recording):
    with pytest.raises(UnknownNameError, match="quality must be one of 4k, draft, high, medium"):
        render(Still, tiny_recording, quality="best")


def test_render_refuses_no_workers(tiny_recording, tmp_path):
    with pytest.raises(SettingError, match="workers must be at least 1; got 0"):
        render(Still, tiny_recording, tmp_path / "a.mp4", workers=0)


@pytest.mark.slow
def test_every_format_shows_the_same_frames(tiny_recording, tmp_path, frames):
    given = {"quality": "draft", "n_images": 1, "theme": "light"}
    film = frames(render("feed-forward", tiny_recording, tmp_path / "a.mp4", **given))
    gif = frames(render("feed-forward", tiny_recording, tmp_path / "a.gif", **given))
    folder = render("feed-forward", tiny_recording, tmp_path / "a", **given)
    pictures = [np.asarray(Image.open(path)) for path in sorted(folder.glob("*.png"))]
    assert len(film) == len(gif) == len(pictures)
    for exact, video, painted in zip(pictures, film, gif, strict=True):
        assert np.abs(exact.astype(int) - video).mean() < 3
        assert np.abs(exact.astype(int) - painted).mean() < 5


def test_a_webm_has_no_background(tiny_recording, tmp_path):
    import av

    path = render("feed-forward", tiny_recording, tmp_path / "a.webm", quality="draft", n_images=1)
    assert b"\x53\xc0\x81\x01" in path.read_bytes()[:1000]  # AlphaMode 1, where browsers look
    decoder = av.CodecContext.create("libvpx-vp9", "r")  # FFmpeg's own does not read opacity
    pictures = []
    with av.open(path) as container:
        stream = container.streams.video[0]
        for packet in container.demux(stream):
            pictures += [frame.to_ndarray(format="rgba") for frame in decoder.decode(packet)]
    opacity = np.stack(pictures)[..., 3]
    assert opacity[:, :3, :3].max() <= 3
    assert opacity.max() > 250


def test_a_folder_of_frames_replaces_only_frames(tiny_recording, tmp_path):
    folder = render(Still, tiny_recording, tmp_path / "a", quality="draft")
    assert sorted(path.name for path in folder.iterdir()) == [
        ".nnviz-frames", *(f"{i:05}.png" for i in range(5))
    ]  # fmt: skip
    render(Still, tiny_recording, folder, quality="draft")
    (folder / "thesis.txt").write_text("precious")
    with pytest.raises(SettingError, match="new folder or hold nothing but frames"):
        render(Still, tiny_recording, folder, quality="draft")
    assert (folder / "thesis.txt").read_text() == "precious"


@pytest.mark.parametrize("name", ["1.png", "00001.png"])
def test_a_folder_of_somebodys_pictures_is_no_folder_of_frames(name, tiny_recording, tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / name).write_bytes(b"a holiday")
    for force in (False, True):
        with pytest.raises(SettingError, match="new folder or hold nothing but frames"):
            render(Still, tiny_recording, folder, quality="draft", force=force)
    assert (folder / name).read_bytes() == b"a holiday"


@pytest.mark.parametrize("ending", ["mp4", "webm", "gif"])
def test_folder_in_a_films_place_is_never_replaced(ending, tiny_recording, tmp_path):
    folder = tmp_path / f"films.{ending}"
    folder.mkdir()
    (folder / "thesis.txt").write_text("precious")
    for force in (False, True):
        with pytest.raises(SettingError, match="must be free or a file; it is a folder"):
            render(Still, tiny_recording, folder, quality="draft", force=force)
        picture = tmp_path / "picture.png"
        picture.mkdir(exist_ok=True)
        with pytest.raises(SettingError, match="must be free or a file; it is a folder"):
            still(Still, tiny_recording, picture, second=0, force=force)
    assert (folder / "thesis.txt").read_text() == "precious"


def test_file_of_another_kind_is_replaced_only_if_that_is_asked_for(tiny_recording, tmp_path):
    path = tmp_path / "a.mp4"
    path.write_text("my notes, by a wrong name")
    with pytest.raises(SettingError, match=r"contents are something else.*--force"):
        render(Still, tiny_recording, path, quality="draft")
    assert path.read_text() == "my notes, by a wrong name"
    render(Still, tiny_recording, path, quality="draft", force=True)
    first = path.read_bytes()
    render(Still, tiny_recording, path, quality="draft")  # an older film
    assert path.read_bytes() == first
    path.write_bytes(b"")  # nothing is lost
    render(Still, tiny_recording, path, quality="draft")
    assert path.read_bytes() == first


def test_what_is_no_file_is_not_replaced(tiny_recording, tmp_path):
    pipe = tmp_path / "a.mp4"
    os.mkfifo(pipe)
    with pytest.raises(SettingError, match="it is no plain file"):
        render(Still, tiny_recording, pipe, quality="draft", force=True)


@pytest.mark.parametrize("name", [".mp4", ".webm", ".GIF"])
def test_an_ending_alone_is_no_name(name, tiny_recording, tmp_path):
    with pytest.raises(SettingError, match="film must have a name"):
        render(Still, tiny_recording, tmp_path / name, quality="draft")


def test_what_a_killed_process_left_is_cleared_away_and_nothing_else(tiny_recording, tmp_path):
    left = tmp_path / ".a.mp4.nnviz-999999999-abcd"
    (left / "shots").mkdir(parents=True)
    kept = {".a.mp4.20240101", ".a.mp4.backup", f".a.mp4.nnviz-{os.getppid()}-abcd"}
    for name in kept:
        (tmp_path / name).write_text("precious")
    render(Still, tiny_recording, tmp_path / "a.mp4", quality="draft")
    assert {path.name for path in tmp_path.iterdir()} == {"a.mp4", *kept}
