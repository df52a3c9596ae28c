"""A surface in three dimensions, painted as one picture."""

from __future__ import annotations

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.mobjects.frame import Points
from nnviz.mobjects.raster import Raster, SingleEntryCache
from nnviz.raster.canvas import Canvas
from nnviz.raster.height_field import HeightField, PlacedLayer
from nnviz.raster.viewpoint import Viewpoint


class SurfaceRaster(Raster):
    """A shaded height field, seen from a viewpoint that can be moved around it.

    Parameters
    ----------
    field
        The height field; a unit of its coordinates is a frame unit until the mobject is scaled.
    view
        Where it is seen from.

    Attributes
    ----------
    field
        The height field, which copies of the mobject share.
    view
        Where it is seen from; set another viewpoint to turn the surface.
    """

    def __init__(self, field: HeightField, view: Viewpoint) -> None:
        # Two points one unit apart, around the middle of the field's ground: they tell where the
        # field is and how large, however the mobject was moved and scaled.
        super().__init__(np.array([[-0.5, 0.0], [0.5, 0.0]]))
        self.field, self.view = field, view
        self._drawn = SingleEntryCache[PlacedLayer]()

    @property
    def unit(self) -> float:
        """Length on the frame, in frame units, of one unit of the field's coordinates."""
        return float(np.linalg.norm(self.points[1] - self.points[0]))

    def place(self, points: FloatArray) -> Points:
        """Return the frame coordinates at which points of the field's space are seen.

        Parameters
        ----------
        points
            Two coordinates on the ground and the height of each point, ``(n, 3)``.

        Returns
        -------
        Points
            Shape ``(n, 3)``, frame units.
        """
        seen = self.view.project(points)
        seen[:, 2] = 0
        places: Points = self.points.mean(axis=0) + self.unit * seen
        return places

    def hides(self, points: FloatArray) -> np.ndarray:
        """Return which points ``(n, 3)`` of the field's space the surface hides, ``(n,)``."""
        return self.field.hides(points, self.view)

    def paint(self, canvas: Canvas) -> None:
        """Paint the surface over what the canvas shows, cut at the border of the frame."""
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
