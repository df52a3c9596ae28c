"""
SurfaceRaster and SurfacePath
=============================

A cost surface in three dimensions, painted as one picture, and the recorded path over it at its
true height; what the surface hides shines through faintly.
"""

import numpy as np
from manim import DOWN

import nnviz
from nnviz.analysis import measure_descent
from nnviz.mobjects import SurfacePath, SurfaceRaster
from nnviz.raster import HeightField, Viewpoint
from nnviz.stage import RecordingScene
from nnviz.view import contour_levels, filled_contours, interpolate_colors, refined

# Frame units: size of the block, its floor, and the height of a cost of 1.
WIDTH, DEPTH, FLOOR, PER_COST = 7.0, 4.9, 0.2, 0.8
FINENESS = 12  # grid points drawn for each that was measured


class Example(RecordingScene):
    """One building block by itself."""

    def construct(self) -> None:
        """Show it."""
        found = measure_descent(self.recording, n=41, aspect=DEPTH / WIDTH)
        land, path = found.landscape, found.trajectory
        levels = contour_levels(land.costs)
        # An image begins with its top row, a height field with the lowest y.
        colors = filled_contours(land.costs, levels, self.theme, pixels_per_cell=FINENESS)[::-1]
        costs = refined(land.costs, levels, pixels_per_cell=FINENESS)
        side = interpolate_colors(0.3, (self.theme.background, self.theme.muted))
        field = HeightField(FLOOR + PER_COST * costs, colors, side, (WIDTH, DEPTH))
        surface = SurfaceRaster(field, Viewpoint(azimuth=2.7, elevation=0.55)).shift(1.8 * DOWN)
        middle = np.array([land.x[0] + land.x[-1], land.y[0] + land.y[-1]]) / 2
        ground = WIDTH / (land.x[-1] - land.x[0]) * (path.coordinates - middle)
        ball = SurfacePath(surface, ground, FLOOR + PER_COST * path.costs, self.theme)
        ball.show_until(len(path.steps) - 1)
        self.add(surface, ball)
        self.wait(1)


picture = nnviz.still(Example, nnviz.default_run(), "surface.png", second=0, quality="draft")
