from __future__ import annotations

import numpy as np
import pytest
from manim import RIGHT, tempconfig

from nnviz.compat import player
from tests.compat.stacked import TINY, Stacked

pytestmark = pytest.mark.render


class Everything:
    """Wants every frame, or those of which ``wants`` is true, and remembers them."""

    def __init__(self, wants=lambda _play, _frame: True):
        self.wants = wants
        self.plays, self.pictures = [], {}

    def begin(self, _scene, n_frames, *, is_still):
        self.plays.append((n_frames, is_still))
        return [i for i in range(n_frames) if self.wants(len(self.plays) - 1, i)]

    def show(self, frame, pixels):
        self.pictures[len(self.plays) - 1, frame] = pixels.copy()


class Lasting(Stacked):
    def construct(self):
        super().construct()
        self.play(self.raster.animate.shift(2 * RIGHT), run_time=1.5)
        self.wait(0.5)


def _perform(scene, audience, tmp_path, **settings):
    player.perform(scene, audience, size=(160, 90), frame_rate=10, folder=tmp_path, **settings)
    return audience


def test_an_audience_hears_of_every_animation(tmp_path):
    seen = _perform(Lasting, Everything(), tmp_path)
    assert seen.plays == [(15, False), (5, True)]
    assert len(seen.pictures) == 20


def test_a_frame_is_the_same_whichever_others_are_drawn(tmp_path):
    everything = _perform(Lasting, Everything(), tmp_path).pictures
    some = _perform(Lasting, Everything(lambda _play, frame: frame % 7 == 3), tmp_path).pictures
    assert set(some) == {(0, 3), (0, 10), (1, 3)}
    for place, pixels in some.items():
        assert np.array_equal(pixels, everything[place])


def test_updaters_that_look_back_see_every_frame(tmp_path):
    class Counting(Stacked):
        def construct(self):
            super().construct()
            self.raster.add_updater(lambda raster, dt: raster.shift(dt * RIGHT))
            self.wait(2)

    everything = _perform(Counting, Everything(), tmp_path).pictures
    last = _perform(Counting, Everything(lambda _play, frame: frame == 19), tmp_path).pictures
    assert np.array_equal(last[0, 19], everything[0, 19])
    assert not np.array_equal(everything[0, 0], everything[0, 19])


def test_frames_equal_those_of_manims_own_renderer(tmp_path, frames):
    shown = _perform(Lasting, Everything(), tmp_path).pictures
    own = TINY | {"media_dir": str(tmp_path), "progress_bar": "none", "disable_caching": True}
    with tempconfig(own):
        Lasting().render()
    (path,) = tmp_path.rglob("Lasting.mp4")
    film = frames(path)
    assert len(film) == len(shown)
    for pixels, theirs in zip(shown.values(), film, strict=True):
        assert np.abs(pixels[..., :3].astype(int) - theirs).mean() < 2


def test_without_a_background_pixels_are_see_through(tmp_path):
    pixels = _perform(Lasting, Everything(), tmp_path, transparent=True).pictures[0, 0]
    assert pixels[0, 0].tolist() == [0, 0, 0, 0]
    assert pixels[45, 52].tolist() == [255, 255, 255, 255]


def test_a_show_ends_when_the_audience_has_seen_enough(tmp_path):
    class Leaving(Everything):
        def begin(self, scene, n_frames, *, is_still):
            if self.plays:
                raise player.EndOfShow
            return super().begin(scene, n_frames, is_still=is_still)

    assert len(_perform(Lasting, Leaving(), tmp_path).pictures) == 15
