"""A scene of a raster between other mobjects."""

from __future__ import annotations

import numpy as np
from manim import Circle, Scene, Square

from nnviz.compat.camera import RasterCamera
from nnviz.mobjects.image import ImageRaster

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
