"""The famous picture, honest: a real training on a real cost surface, in three dimensions."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    UP,
    FadeIn,
    Group,
    Mobject,
    UpdateFromAlphaFunc,
    linear,
    smooth,
)

from nnviz.analysis.descent import Descent, measure_descent
from nnviz.core.arrays import FloatArray
from nnviz.mobjects.color_bar import ColorBar
from nnviz.mobjects.frame import at
from nnviz.mobjects.readout import Readouts
from nnviz.mobjects.surface import SurfaceRaster
from nnviz.mobjects.surface_path import SurfacePath
from nnviz.mobjects.text import heading, lines_of_words
from nnviz.raster.height_field import HeightField
from nnviz.raster.viewpoint import Viewpoint
from nnviz.stage.scene import RecordingScene
from nnviz.view.colors import interpolate_colors
from nnviz.view.contours import contour_levels, filled_contours, refined
from nnviz.view.sentences.common import COST, STEP, TRUE_COST, costs_caption
from nnviz.view.sentences.paths import (
    COST_ON_SURFACE,
    DISTANCE,
    faithfulness,
    surface_heading,
    surface_note,
)
from nnviz.view.timeline import paced_row

# Of the block, frame units, and where the middle of its bottom stands.
_WIDTH, _DEPTH, _HEIGHT, _FLOOR = 7.2, 5.1, 2.8, 0.25
_CENTER = at(-2.45, -1.4)
_TOP_Y, _PANEL_X = 2.3, 3.75
_FROM, _TURN, _ELEVATION = 0.15, 0.8, 0.52
# Share of the path that is much to hide.
_MUCH = 0.15
# Grid points of the surface for each measured one, along each axis: sharp on a large screen, too.
_FINENESS = 18


class DescentSurface3D(RecordingScene):
    """The recorded steps over the real cost surface of their principal plane, in 3-D.

    Attributes
    ----------
    resolution
        Points of the surface along x.
    seconds
        That the descent takes.
    """

    resolution: int = 61
    seconds: float = 10.0

    def construct(self) -> None:
        """Play the scene."""
        self.descent: Descent = measure_descent(
            self.recording, n=self.resolution, aspect=_DEPTH / _WIDTH
        )
        path = self.descent.trajectory
        levels = contour_levels(self.descent.landscape.costs)
        self._build(levels)
        title = heading(surface_heading(path.costs), self.theme)
        lines = [surface_note(self.recording), costs_caption(self.recording)]
        note = lines_of_words(lines, self.theme)
        note.next_to(title, DOWN, aligned_edge=LEFT, buff=0.15)
        bar = ColorBar.of_levels(levels, self.descent.landscape.costs, COST, self.theme, height=2.4)
        bar.move_to(at(_PANEL_X - 0.95, -2.05))
        self.play(FadeIn(self.surface, title, note, bar), run_time=1.0)
        self._turn(0.0, 0.45, self.surface, seconds=2.0)

        columns = (path.steps, path.costs, path.surface_costs, path.distances)
        names = (STEP, TRUE_COST, COST_ON_SURFACE, DISTANCE)
        readouts = Readouts(
            list(zip(names, (0, 3, 3, 2), strict=True)),
            [column[0] for column in columns],
            self.theme,
            buff=0.36,
        )
        readouts.move_to(at(_PANEL_X, 0), aligned_edge=LEFT).set_y(3.0, direction=UP)
        said = lines_of_words(faithfulness(self.descent), self.theme, max_width=3.2)
        said.next_to(readouts, DOWN, aligned_edge=LEFT, buff=0.45)
        self.path.show_until(0)
        self.play(FadeIn(self.path, readouts, said), run_time=0.8)
        self.wait(0.8)

        def advance(_moving: Mobject, alpha: float) -> None:
            row = paced_row(alpha, path.coordinates)
            self._look(0.45 + 0.4 * alpha)
            self.path.show_until(row)
            readouts.set_values(*(column[row] for column in columns))

        moving = Group(self.surface, self.path, readouts)
        self.play(UpdateFromAlphaFunc(moving, advance, rate_func=linear), run_time=self.seconds)
        self._turn(0.85, 1.0, self.surface, self.path, seconds=3.0)
        self.wait(1.5)

    def _build(self, levels: FloatArray) -> None:
        """Build the surface and the path over it, their heights to one scale."""
        landscape, path = self.descent.landscape, self.descent.trajectory
        costs = _standing(refined(landscape.costs, levels, pixels_per_cell=_FINENESS))
        x, y = landscape.x, landscape.y
        self.middle = np.array([x[0] + x[-1], y[0] + y[-1]]) / 2
        self.per_unit = _WIDTH / (x[-1] - x[0])
        ground = (path.coordinates - self.middle) * self.per_unit
        highest = float(np.nanmax(path.costs, initial=0.0, where=np.isfinite(path.costs)))
        true_costs = np.where(np.isfinite(path.costs), path.costs, highest)
        measured = _standing(refined(landscape.costs, levels, pixels_per_cell=1))
        self.first_azimuth = self._best_side(ground, true_costs, measured)
        self.per_cost = self._scale(self.first_azimuth, ground, true_costs, measured)
        # The picture's first row is on top, where y is highest; the first heights where it is
        # lowest.
        picture = filled_contours(
            landscape.costs, levels, self.theme, pixels_per_cell=_FINENESS, line_width=1.4
        )[::-1]
        face = interpolate_colors(0.3, (self.theme.background, self.theme.muted))
        field = HeightField(_FLOOR + self.per_cost * costs, picture, face, (_WIDTH, _DEPTH))
        view = Viewpoint(self.first_azimuth, _ELEVATION)
        self.surface = SurfaceRaster(field, view).move_to(_CENTER)
        heights = _FLOOR + self.per_cost * true_costs
        self.path = SurfacePath(self.surface, ground, heights, self.theme)

    def _best_side(self, ground: FloatArray, true_costs: FloatArray, costs: FloatArray) -> float:
        """Return the azimuth to begin at, from the side that hides least of the path."""
        blank = np.zeros((*costs.shape, 3))
        sides = _FROM + np.arange(4) * np.pi / 2
        hidden = []
        for azimuth in sides:
            scale = self._scale(azimuth, ground, true_costs, costs)
            field = HeightField(_FLOOR + scale * costs, blank, blank[0, 0], (_WIDTH, _DEPTH))
            moments = np.column_stack([ground, _FLOOR + scale * true_costs])
            seen = [field.hides(moments, Viewpoint(each, _ELEVATION)) for each in _turned(azimuth)]
            hidden.append(float(np.mean(seen)))
        # As it is, from where x leads to the right, unless much more is seen from elsewhere.
        return float(sides[0 if hidden[0] < min(hidden) + _MUCH else np.argmin(hidden)])

    def _scale(
        self, azimuth: float, ground: FloatArray, true_costs: FloatArray, costs: FloatArray
    ) -> float:
        """Return the frame units a unit of cost may take for all to stay under the title."""
        everything = np.concatenate([ground, _grid(costs.shape)])
        heights = np.concatenate([true_costs, costs.ravel()])
        feet = np.column_stack([everything, np.full(len(everything), _FLOOR)])
        scales = [_HEIGHT / max(float(heights.max()), np.finfo(float).tiny)]
        for each in _turned(azimuth):
            up = _TOP_Y - _CENTER[1] - Viewpoint(each, _ELEVATION).project(feet)[:, 1]
            scales.append(float((up / np.cos(_ELEVATION) / np.maximum(heights, 1e-300)).min()))
        return min(scales)

    def _look(self, share: float) -> None:
        """Turn the camera to a share of its way."""
        self.surface.view = Viewpoint(self.first_azimuth + share * _TURN, _ELEVATION)

    def _turn(self, begin: float, end: float, *shown: Mobject, seconds: float) -> None:
        def turn(_moving: Mobject, alpha: float) -> None:
            self._look(begin + alpha * (end - begin))
            self.path.show_until(self.path.row)

        moving = Group(*shown)
        self.play(UpdateFromAlphaFunc(moving, turn, rate_func=smooth), run_time=seconds)


def _standing(costs: FloatArray) -> FloatArray:
    """Return heights for a surface: a gap, which has its own colour, is as high as the rest."""
    return np.nan_to_num(costs, nan=float(np.nanmax(costs, initial=0.0)))


def _grid(shape: tuple[int, ...]) -> FloatArray:
    """Return the ground under a grid of heights, ``(n, 2)``."""
    x, y = (
        np.linspace(-_WIDTH / 2, _WIDTH / 2, shape[1]),
        np.linspace(-_DEPTH / 2, _DEPTH / 2, shape[0]),
    )
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def _turned(azimuth: float) -> FloatArray:
    """Return azimuths on the camera's way, if it begins at one."""
    return azimuth + _TURN * np.linspace(0, 1, 5)
