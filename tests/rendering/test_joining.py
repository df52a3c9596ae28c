"""Shots are joined into films whose frames are in order and evenly spaced."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.rendering.encoder import ShotWriter
from nnviz.rendering.formats import FORMATS
from nnviz.rendering.joining import join

pytestmark = pytest.mark.render

SIZE = (64, 48)


def _frame(level):
    pixels = np.full((48, 64, 4), 255, np.uint8)
    pixels[..., :3] = level
    return pixels


def _shots(folder, ending, lengths):
    """Write shots whose frames get brighter from first to last."""
    form, files, number = FORMATS[ending], [], 0
    for n_frames in lengths:
        files.append(folder / f"{number}{form.suffix}")
        writer = ShotWriter(files[-1], form, SIZE, 25)
        for _ in range(n_frames):
            writer.write(_frame(8 * number))
            number += 1
        writer.close()
    return files


@pytest.mark.parametrize("ending", [".mp4", ".webm", ".gif"])
def test_joined_shots_play_in_order_at_an_even_pace(ending, tmp_path, frames):
    import av

    film = tmp_path / f"film{ending}"
    reported = []
    join(_shots(tmp_path, ending, [1, 7, 1, 12, 2]), film, 25, reported.append)
    levels = frames(film).mean(axis=(1, 2, 3))
    assert levels == pytest.approx(8 * np.arange(23), abs=3)
    with av.open(film) as container:
        times = [frame.time for frame in container.decode(video=0)]
    assert np.diff(times) == pytest.approx(0.04, abs=0.0015)
    assert sum(reported) == (23 if ending == ".gif" else 0)


def test_a_folder_holds_every_frame_exactly(tmp_path):
    from PIL import Image

    folder = tmp_path / "frames"
    join(_shots(tmp_path, "", [3, 1, 5]), folder, 25, lambda _: None)
    for number in range(9):
        assert (np.asarray(Image.open(folder / f"{number:05}.png")) == 8 * number).all()


def test_mp4_is_what_players_everywhere_take(tmp_path):
    import av

    film = tmp_path / "film.mp4"
    join(_shots(tmp_path, ".mp4", [3]), film, 25, lambda _: None)
    with av.open(film) as container:
        context = container.streams.video[0].codec_context
        assert (context.name, context.pix_fmt) == ("h264", "yuv420p")
        assert context.colorspace == 1  # BT.709
    content = film.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")  # starts before all is loaded
