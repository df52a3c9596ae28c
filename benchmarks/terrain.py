"""One turning cost surface, drawn twice: by nnviz, and by Manim's own Surface."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Surface, ThreeDCamera, ThreeDScene, UpdateFromAlphaFunc, linear

from nnviz.analysis.descent import measure_descent
from nnviz.core.arrays import FloatArray
from nnviz.mobjects.surface import SurfaceRaster
from nnviz.raster.height_field import HeightField
from nnviz.raster.viewpoint import Viewpoint
from nnviz.recording.recording import Recording
from nnviz.stage.scene import RecordingScene
from nnviz.view.colors import interpolate_colors, rgb
from nnviz.view.contours import contour_levels, filled_contours, refined
from nnviz.view.themes import DARK

#: Measured points of the surface along each axis; a face of Manim's surface for each cell.
MESH = 51
# Width and height of the surface, frame units.
_WIDTH, _HEIGHT = 6.6, 2.6
# Azimuths of the camera at the start and the end, and its elevation, radians.
_FROM, _TO, _ELEVATION = 0.2, 0.9, 0.52
# Grid points of the surface for each measured one, along each axis, as in the scene.
_FINENESS = 18


def costs_of(recording: Recording) -> FloatArray:
    """Return the costs on the plane of a recorded path, ``(MESH, MESH)``."""
    return measure_descent(recording, n=MESH).landscape.costs


class TurningSurface(RecordingScene):
    """A surface drawn by nnviz.

    Attributes
    ----------
    seconds
        Seconds that the surface turns, above 0.
    """

    seconds: float = 4.0

    def construct(self) -> None:
        """Play the scene."""
        costs = costs_of(self.recording)
        levels = contour_levels(costs)
        heights = refined(costs, levels, pixels_per_cell=_FINENESS) * _HEIGHT / costs.max()
        colors = filled_contours(costs, levels, DARK, pixels_per_cell=_FINENESS)[::-1]
        field = HeightField(heights, colors, rgb(DARK.muted) * 0.3, (_WIDTH, _WIDTH))
        surface = SurfaceRaster(field, Viewpoint(_FROM, _ELEVATION)).shift([0, -1, 0])

        def turn(_moving: Any, alpha: float) -> None:
            surface.view = Viewpoint(_FROM + alpha * (_TO - _FROM), _ELEVATION)

        self.add(surface)
        self.play(UpdateFromAlphaFunc(surface, turn, rate_func=linear), run_time=self.seconds)


class PlainTurningSurface(ThreeDScene):
    """The same by Manim: a polygon for each cell of the mesh, of its cost's colour.

    Parameters
    ----------
    *args
        Passed on to Manim.
    recording
        The recorded training whose costs are shown.
    seconds
        Seconds that the surface turns, above 0.
    **options
        Passed on to Manim.
    """

    def __init__(self, *args: Any, recording: Recording, seconds: float, **options: Any) -> None:
        self.recording, self.seconds = recording, seconds
        super().__init__(*args, **options)

    def construct(self) -> None:
        """Play the scene."""
        # The renderer that tells the times brings a camera of its own.
        self.renderer.camera = ThreeDCamera()
        costs = costs_of(self.recording)
        n = MESH - 1

        def point(u: float, v: float) -> FloatArray:
            height = costs[round(v * n), round(u * n)] * _HEIGHT / costs.max()
            return np.array([(u - 0.5) * _WIDTH, (v - 0.5) * _WIDTH, height - 1])

        surface = Surface(point, resolution=(n, n), stroke_width=0)
        share = np.log(costs / costs.min()) / np.log(costs.max() / costs.min())
        for face in surface:
            u, v = face.u_index, face.v_index
            face.set_fill("#{:02X}{:02X}{:02X}".format(*_levels(share[v, u])), opacity=1)
        self.set_camera_orientation(phi=np.pi / 2 - _ELEVATION, theta=-np.pi / 2 + _FROM)
        self.add(surface)
        self.move_camera(theta=-np.pi / 2 + _TO, run_time=self.seconds, rate_func=linear)


def _levels(share: float) -> list[int]:
    color = interpolate_colors(share, DARK.sequential)
    return [round(255 * float(channel)) for channel in color]
