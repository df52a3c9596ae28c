"""A cost surface in three dimensions, painted as one picture."""

from __future__ import annotations

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.mobjects.frame import Points
from nnviz.mobjects.raster import Raster, SingleEntryCache
from nnviz.raster.canvas import Canvas
from nnviz.raster.height_field import HeightField, PlacedLayer
from nnviz.raster.viewpoint import Viewpoint


class SurfaceRaster(Raster):
    """A shaded surface, seen by a camera that can be turned around it.

    Parameters
    ----------
    field
        The surface; its unit is a frame unit.
    view
        Where the camera looks from.

    Attributes
    ----------
    view
        Give it another to turn the camera.
    """

    def __init__(self, field: HeightField, view: Viewpoint) -> None:
        # A unit from left to right, around the middle of the surface's bottom.
        super().__init__(np.array([[-0.5, 0.0], [0.5, 0.0]]))
        self.field, self.view = field, view
        self._drawn = SingleEntryCache[PlacedLayer]()

    @property
    def unit(self) -> float:
        """Frame units that one of the surface's takes."""
        return float(np.linalg.norm(self.points[1] - self.points[0]))

    def place(self, points: FloatArray) -> Points:
        """Return the frame coordinates of points ``(n, 3)`` in the surface's: ``(n, 3)``."""
        seen = self.view.project(points)
        seen[:, 2] = 0
        places: Points = self.points.mean(axis=0) + self.unit * seen
        return places

    def hides(self, points: FloatArray) -> np.ndarray:
        """Tell which points ``(n, 3)`` the surface stands in front of, ``(n,)``."""
        return self.field.hides(points, self.view)

    def paint(self, canvas: Canvas) -> None:
        """Paint the surface over the frame."""
        if self.opacity <= 0:
            return
        scale = self.unit * canvas.scale
        key = np.array([self.view.azimuth, self.view.elevation, scale]).tobytes()
        drawn = self._drawn.find(key, lambda: self.field.draw(self.view, scale))
        x, y = np.rint(canvas.to_pixels(self.points).mean(axis=0)).astype(int)
        height, width = drawn.layer.transmittance.shape
        top, left = y - drawn.top, x + drawn.left
        rows = slice(max(-top, 0), min(canvas.pixels.shape[0] - top, height))
        columns = slice(max(-left, 0), min(canvas.pixels.shape[1] - left, width))
        if rows.start >= rows.stop or columns.start >= columns.stop:
            return
        shares = None
        if self.opacity < 1:
            shares = np.full(columns.stop - columns.start, self.opacity, np.float32)
        part = drawn.layer.crop(rows, columns)
        canvas.composite(part, top + rows.start, left + columns.start, column_shares=shares)
