from __future__ import annotations

import manim
import numpy as np
import pytest
from manim import RIGHT, Circle, FadeIn, FadeOut, Scene, Square, tempconfig

from nnviz.compat import player
from nnviz.compat.camera import RasterCamera
from nnviz.compat.version import check_version
from nnviz.errors import RenderError
from nnviz.mobjects.image import ImageRaster

pytestmark = pytest.mark.render

TINY = {"pixel_width": 160, "pixel_height": 90, "frame_rate": 10, "verbosity": "ERROR"}


class Stacked(Scene):
    """A white square, a red raster over it, and a green circle over both."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, camera_class=RasterCamera, **kwargs)

    def construct(self):
        red = np.broadcast_to([1.0, 0.0, 0.0], (2, 2, 3))
        self.raster = ImageRaster(red, height=4)
        square = Square(6, fill_opacity=1, color="#FFFFFF")
        circle = Circle(0.5, fill_opacity=1, color="#00FF00")
        self.add(circle.set_z_index(2), square, self.raster.set_z_index(1))


def test_rasters_stack_with_other_mobjects():
    with tempconfig(TINY | {"dry_run": True}):
        scene = Stacked()
        scene.render()
        pixels = scene.camera.pixel_array
    assert pixels[45, 80, :3].tolist() == [0, 255, 0]
    assert pixels[45, 65, :3].tolist() == [255, 0, 0]
    assert pixels[45, 52, :3].tolist() == [255, 255, 255]


def test_rasters_fade_and_move_by_manims_own_animations():
    seen = []

    class Moving(Stacked):
        def construct(self):
            super().construct()
            self.play(FadeOut(self.raster), run_time=0.5)
            seen.append(self.camera.pixel_array[45, 65].copy())
            self.play(FadeIn(self.raster), run_time=0.5)
            self.play(self.raster.animate.shift(RIGHT), run_time=0.5)
            self.renderer.update_frame(self)
            seen.append(self.camera.pixel_array[45, 65].copy())
            seen.append(self.camera.pixel_array[45, 110].copy())

    with tempconfig(TINY | {"dry_run": True}):
        scene = Moving()
        scene.render()
        faded, left_behind, new_place = (pixels[:3].tolist() for pixels in seen)
        assert min(faded) > 235  # in the last frame of its fading the white square shines through
        assert left_behind == [255, 255, 255]
        assert new_place == [255, 0, 0]
        assert scene.raster.get_x() == pytest.approx(1)
        assert scene.raster.opacity == pytest.approx(1)


def test_check_version_names_the_remedy(monkeypatch):
    monkeypatch.setattr(manim, "__version__", "0.23.1")
    with pytest.raises(RenderError, match=r"must be version 0\.22; got 0\.23\.1.*pip install"):
        check_version()


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
