from __future__ import annotations

import manim
import numpy as np
import pytest
from manim import RIGHT, Circle, FadeIn, FadeOut, Scene, Square, tempconfig

from nnviz.errors import RenderError
from nnviz.mobjects.image import ImageRaster
from nnviz.rendering import compat

pytestmark = pytest.mark.render

TINY = {"pixel_width": 160, "pixel_height": 90, "frame_rate": 10, "verbosity": "ERROR"}


class Stacked(Scene):
    """A white square, a red raster over it, and a green circle over both."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, camera_class=compat.RasterCamera, **kwargs)

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

    with tempconfig(TINY | {"dry_run": True}):
        scene = Moving()
        scene.render()
        assert scene.raster.get_x() == pytest.approx(1)
        assert scene.raster.opacity == pytest.approx(1)


def test_check_version_names_the_remedy(monkeypatch):
    monkeypatch.setattr(manim, "__version__", "0.23.1")
    with pytest.raises(RenderError, match=r"must be version 0\.22; got 0\.23\.1.*pip install"):
        compat.check_version()


def test_measure_is_the_length_of_the_scene():
    class Lasting(Stacked):
        def construct(self):
            super().construct()
            self.play(FadeIn(Circle()), run_time=1.5)
            self.wait(0.5)

    assert compat.measure(Lasting) == pytest.approx(2.0)
