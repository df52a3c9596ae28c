from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from nnviz.errors import SettingError
from nnviz.rendering.job import render
from nnviz.rendering.stills import still, storyboard

pytestmark = pytest.mark.render


def test_a_still_is_the_films_frame_at_that_time(tiny_recording, tmp_path):
    given = {"quality": "draft", "n_images": 1}
    folder = render("feed-forward", tiny_recording, tmp_path / "film", **given)
    path = still("feed-forward", tiny_recording, tmp_path / "a.png", second=5.0, **given)
    picture = np.asarray(Image.open(path))
    assert np.array_equal(picture, np.asarray(Image.open(folder / "00025.png")))


def test_a_still_must_be_within_the_scene(tiny_recording, tmp_path):
    given = {"quality": "draft", "n_images": 1}
    with pytest.raises(SettingError, match=r"second must lie in 0 to \d\.\d.*; got 100"):
        still("feed-forward", tiny_recording, tmp_path / "a.png", second=100, **given)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_storyboard_shows_frames_in_order(tiny_recording, tmp_path):
    path = storyboard("feed-forward", tiny_recording, tmp_path / "a.png", n_frames=6, n_images=1)
    sheet = np.asarray(Image.open(path))
    tile_height = round(480 * 90 / 160)
    assert sheet.shape[1] == 4 * (480 + 12) + 12
    assert sheet.shape[0] == 2 * (tile_height + 26 + 12) + 26 + 12
    # The image stands on the left of the first frame; the last place of the second row is free.
    first = sheet[38 : 38 + tile_height, 12:172]
    assert first.max() > 200
    free = sheet[38 + tile_height + 38 :, 12 + 3 * 492 :]
    assert (free == free[0, 0]).all()


@pytest.mark.parametrize(
    ("given", "message"),
    [({"out": "a.jpg"}, r"must end in \.png"), ({"n_frames": 0}, "frames must lie in 1 to 400")],
)
def test_storyboard_refuses(given, message, tiny_recording, tmp_path):
    out = tmp_path / given.pop("out", "a.png")
    with pytest.raises(SettingError, match=message):
        storyboard("feed-forward", tiny_recording, out, **given)
