"""The camera paints rasters among Manim's own mobjects."""

from __future__ import annotations

import pytest
from manim import RIGHT, FadeIn, FadeOut, tempconfig

from tests.compat.stacked import TINY, Stacked

pytestmark = pytest.mark.render


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
