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
from nnviz.mobjects.surface import SurfaceRaster
from nnviz.mobjects.surface_path import SurfacePath
from nnviz.mobjects.text import heading, lines_of_words
from nnviz.raster.height_field import HeightField
from nnviz.raster.viewpoint import Viewpoint
from nnviz.scenes._path_over_surface import (
    CENTER_X,
    CENTER_Y,
    DEPTH,
    ELEVATION,
    FLOOR,
    TURN,
    WIDTH,
    PathOverSurface,
    without_gaps,
)
from nnviz.scenes._recorded_numbers import Quantity, RecordedNumbers
from nnviz.stage.scene import RecordingScene
from nnviz.view.colors import interpolate_colors
from nnviz.view.contours import contour_levels, filled_contours, refined
from nnviz.view.sentences.paths import (
    COST_ON_SURFACE,
    DISTANCE,
    faithfulness,
    surface_heading,
    surface_note,
)
from nnviz.view.sentences.runs import costs_caption
from nnviz.view.sentences.scales import COST, STEP, TRUE_COST
from nnviz.view.timeline import paced_row

# Left end of the panel, right of the block, and the widest of its words, frame units.
_PANEL_X, _PANEL_WIDTH = 3.75, 3.2
# Shares of the camera's turn: before the path appears, while it grows, and after it has ended.
_BEFORE, _DURING, _AFTER = 0.45, 0.4, 0.15
# Grid points of the surface for each measured one, along each axis: sharp on a large screen, too.
_FINENESS = 18
# How far the colour of the block's faces is from the background to the muted colour.
_FACE_SHADE = 0.3


class DescentSurface3D(RecordingScene):
    """The recorded steps over the real cost surface of their principal plane, in 3-D.

    Attributes
    ----------
    resolution
        Number of points along x at which the surface is measured, at least 2.
    seconds
        Seconds that the descent takes on screen, above 0.
    """

    resolution: int = 61
    seconds: float = 10.0

    def construct(self) -> None:
        """Play the scene."""
        self.descent: Descent = measure_descent(
            self.recording, n=self.resolution, aspect=DEPTH / WIDTH
        )
        levels = contour_levels(self.descent.landscape.costs)
        self._build(levels)
        self._show_surface(levels)
        self._turn(0.0, _BEFORE, self.surface, seconds=2.0)
        self._descend()
        self._turn(1 - _AFTER, 1.0, self.surface, self.path, seconds=3.0)
        self.wait(1.5)

    # -- what is built ----------------------------------------------------------------------

    def _build(self, levels: FloatArray) -> None:
        """Build the surface and the path over it, their heights to one scale."""
        x, y = self.descent.landscape.x, self.descent.landscape.y
        self.middle = np.array([x[0] + x[-1], y[0] + y[-1]]) / 2
        self.per_unit = WIDTH / (x[-1] - x[0])
        over = self._path_over_surface(levels)
        self.first_azimuth = over.best_azimuth()
        self.per_cost = over.height_scale(self.first_azimuth)
        view = Viewpoint(self.first_azimuth, ELEVATION)
        self.surface = SurfaceRaster(self._height_field(levels), view)
        self.surface.move_to(at(CENTER_X, CENTER_Y))
        heights = FLOOR + self.per_cost * over.path_costs
        self.path = SurfacePath(self.surface, over.ground, heights, self.theme)

    def _path_over_surface(self, levels: FloatArray) -> PathOverSurface:
        """Return the path and the surface as measured; infinite costs stand as the highest."""
        path = self.descent.trajectory
        is_finite = np.isfinite(path.costs)
        highest = float(np.nanmax(path.costs, initial=0.0, where=is_finite))
        surface_costs = refined(self.descent.landscape.costs, levels, pixels_per_cell=1)
        return PathOverSurface(
            (path.coordinates - self.middle) * self.per_unit,
            np.where(is_finite, path.costs, highest),
            without_gaps(surface_costs),
        )

    def _height_field(self, levels: FloatArray) -> HeightField:
        """Return the block whose top is the cost surface, with contours on it."""
        costs = self.descent.landscape.costs
        fine_costs = without_gaps(refined(costs, levels, pixels_per_cell=_FINENESS))
        # The picture's first row is on top, where y is highest; the first heights where it is
        # lowest.
        picture = filled_contours(
            costs, levels, self.theme, pixels_per_cell=_FINENESS, line_width=1.4
        )[::-1]
        face = interpolate_colors(_FACE_SHADE, (self.theme.background, self.theme.muted))
        return HeightField(FLOOR + self.per_cost * fine_costs, picture, face, (WIDTH, DEPTH))

    def _numbers(self) -> RecordedNumbers:
        path = self.descent.trajectory
        numbers = RecordedNumbers.of(
            [
                Quantity(STEP, 0, path.steps),
                Quantity(TRUE_COST, 3, path.costs),
                Quantity(COST_ON_SURFACE, 3, path.surface_costs),
                Quantity(DISTANCE, 2, path.distances),
            ],
            self.theme,
            buff=0.36,
        )
        numbers.readouts.move_to(at(_PANEL_X, 0), aligned_edge=LEFT).set_y(3.0, direction=UP)
        return numbers

    # -- what is played ---------------------------------------------------------------------

    def _show_surface(self, levels: FloatArray) -> None:
        """Show the surface with its heading, a note and the scale of its colours."""
        costs = self.descent.landscape.costs
        title = heading(surface_heading(self.descent.trajectory.costs), self.theme)
        lines = [surface_note(self.recording), costs_caption(self.recording)]
        note = lines_of_words(lines, self.theme)
        note.next_to(title, DOWN, aligned_edge=LEFT, buff=0.15)
        bar = ColorBar.of_levels(levels, costs, COST, self.theme, height=2.4)
        bar.move_to(at(_PANEL_X - 0.95, -2.05))
        self.play(FadeIn(self.surface, title, note, bar), run_time=1.0)

    def _descend(self) -> None:
        """Move the ball along the path while the camera turns."""
        numbers = self._numbers()
        note = lines_of_words(faithfulness(self.descent), self.theme, max_width=_PANEL_WIDTH)
        note.next_to(numbers.readouts, DOWN, aligned_edge=LEFT, buff=0.45)
        self.path.show_until(0)
        self.play(FadeIn(self.path, numbers.readouts, note), run_time=0.8)
        self.wait(0.8)
        coordinates = self.descent.trajectory.coordinates

        def advance(_moving: Mobject, alpha: float) -> None:
            row = paced_row(alpha, coordinates)
            self._look(_BEFORE + _DURING * alpha)
            self.path.show_until(row)
            numbers.show_row(row)

        moving = Group(self.surface, self.path, numbers.readouts)
        self.play(UpdateFromAlphaFunc(moving, advance, rate_func=linear), run_time=self.seconds)

    def _turn(self, begin: float, end: float, *shown: Mobject, seconds: float) -> None:
        """Turn the camera from one share of its turn to another."""

        def turn(_moving: Mobject, alpha: float) -> None:
            self._look(begin + alpha * (end - begin))
            self.path.show_until(self.path.row)

        moving = Group(*shown)
        self.play(UpdateFromAlphaFunc(moving, turn, rate_func=smooth), run_time=seconds)

    def _look(self, share: float) -> None:
        """Look from a share of the camera's turn, in [0, 1]."""
        self.surface.view = Viewpoint(self.first_azimuth + share * TURN, ELEVATION)
