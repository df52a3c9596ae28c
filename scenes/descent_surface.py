"""The famous picture, honest: a real training on a real cost surface, in three dimensions."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    UP,
    Dot,
    FadeIn,
    Group,
    LineJointType,
    Mobject,
    UpdateFromAlphaFunc,
    VGroup,
    VMobject,
    linear,
    smooth,
)

from nnviz.analysis.descent import Descent, descent
from nnviz.core.arrays import FloatArray
from nnviz.mobjects.color_bar import ColorBar
from nnviz.mobjects.frame import at
from nnviz.mobjects.readout import Readout
from nnviz.mobjects.surface import SurfaceRaster
from nnviz.mobjects.text import lines_of_words, words
from nnviz.rendering.scene import RecordingScene
from nnviz.view.colors import rgb
from nnviz.view.contours import contour_levels, filled_contours, refined
from nnviz.view.notation import faithfulness, run_text
from nnviz.view.relief import Relief, View
from nnviz.view.timeline import paced_row

# Of the block, frame units, and where the middle of its bottom stands.
_WIDTH, _DEPTH, _HEIGHT, _FLOOR = 7.2, 5.1, 2.8, 0.25
_CENTER = at(-2.45, -1.4)
_TOP_Y, _PANEL_X = 2.6, 3.75
_FROM, _TO, _ELEVATION = 0.15, 0.95, 0.52
_LINES = 60


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
        self.descent: Descent = descent(self.recording, n=self.resolution, aspect=_DEPTH / _WIDTH)
        path = self.descent.trajectory
        self._build_surface()
        title = words("Downhill on the real cost surface", color=self.colors.foreground, size=34)
        title.move_to(at(-6.8, 3.55), aligned_edge=LEFT)
        note = lines_of_words(
            [run_text(self.recording), "over the two principal directions of the recorded path"],
            self.colors,
        ).next_to(title, DOWN, aligned_edge=LEFT, buff=0.15)
        bar = ColorBar.of_levels(self.levels, "cost", self.colors, height=2.6)
        bar.move_to(at(_PANEL_X - 0.95, -2.05))
        self.play(FadeIn(self.surface, title, note, bar), run_time=1.0)
        self._turn(0.45, seconds=2.0)

        # The trail in front of the surface, the part that it hides, lines from moments to it.
        self.trail = VMobject(
            color=self.colors.accent, stroke_width=4, joint_type=LineJointType.ROUND
        )
        self.hidden = VMobject(
            color=self.colors.accent,
            stroke_width=2,
            stroke_opacity=0.4,
            joint_type=LineJointType.ROUND,
        )
        self.threads = VMobject(color=self.colors.foreground, stroke_width=1, stroke_opacity=0.5)
        self.ball = Dot(radius=0.11, color=self.colors.accent)
        self.shadow = Dot(radius=0.05, color=self.colors.foreground)
        self.drawn = Group(self.threads, self.hidden, self.trail, self.shadow, self.ball)
        self._draw_path(0)
        readouts = [
            Readout("step", path.steps[0], self.colors),
            Readout("true cost", path.costs[0], self.colors, decimals=3),
            Readout("cost on the surface", path.surface_costs[0], self.colors, decimals=3),
            Readout("distance from the plane", path.distances[0], self.colors, decimals=2),
        ]
        panel = VGroup(*readouts).arrange(DOWN, aligned_edge=LEFT, buff=0.36)
        panel.move_to(at(_PANEL_X, 0), aligned_edge=LEFT).set_y(3.0, direction=UP)
        said = lines_of_words(faithfulness(self.descent), self.colors, max_width=3.2)
        said.next_to(panel, DOWN, aligned_edge=LEFT, buff=0.45)
        self.play(FadeIn(self.drawn, panel, said), run_time=0.8)
        self.wait(0.8)

        columns = (path.steps, path.costs, path.surface_costs, path.distances)

        def advance(_moving: Mobject, alpha: float) -> None:
            row = paced_row(alpha, path.coordinates)
            self._look(0.45 + 0.4 * alpha)
            self._draw_path(row)
            for readout, values in zip(readouts, columns, strict=True):
                readout.set_value(values[row])

        moving = Group(self.surface, self.drawn, *readouts)
        self.play(UpdateFromAlphaFunc(moving, advance, rate_func=linear), run_time=self.seconds)
        self._turn(1.0, seconds=3.0)
        self.wait(1.5)

    def _build_surface(self) -> None:
        landscape, path = self.descent.landscape, self.descent.trajectory
        self.levels = levels = contour_levels(landscape.costs)
        costs = refined(landscape.costs, levels)
        # The colours' first row is on top, where y is highest; heights begin where y is lowest.
        colors = filled_contours(landscape.costs, levels, self.colors)[::-1]
        x, y = landscape.x, landscape.y
        self.middle = np.array([x[0] + x[-1], y[0] + y[-1]]) / 2
        self.per_unit = _WIDTH / (x[-1] - x[0])
        ground = (path.coordinates - self.middle) * self.per_unit
        highest = float(np.nanmax(path.costs, initial=0.0, where=np.isfinite(path.costs)))
        true_costs = np.where(np.isfinite(path.costs), path.costs, highest)
        self.per_cost = min(
            _highest_scale(ground, true_costs), _highest_scale(_grid(costs.shape), costs.ravel())
        )
        self.row = 0
        face = rgb(self.colors.background) + 0.3 * (
            rgb(self.colors.muted) - rgb(self.colors.background)
        )
        relief = Relief(_FLOOR + self.per_cost * costs, colors, face, (_WIDTH, _DEPTH))
        self.surface = SurfaceRaster(relief, View(_FROM, _ELEVATION)).move_to(_CENTER)

        self.moments = np.column_stack([ground, _FLOOR + self.per_cost * true_costs])
        self.feet = np.column_stack([ground, relief.height_at(ground)])
        # Of the moments, some evenly apart on the way: their threads can be told apart.
        way = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(ground, axis=0), axis=1))])
        places = np.linspace(0, way[-1], _LINES)
        self.threaded = np.unique(np.searchsorted(way, places).clip(0, len(way) - 1))

    def _look(self, share: float) -> None:
        """Turn the camera to a share of its way."""
        self.surface.view = View(_FROM + share * (_TO - _FROM), _ELEVATION)

    def _turn(self, until: float, *, seconds: float) -> None:
        begin = (self.surface.view.azimuth - _FROM) / (_TO - _FROM)
        row = self.row

        def turn(_moving: Mobject, alpha: float) -> None:
            self._look(begin + alpha * (until - begin))
            if hasattr(self, "drawn"):
                self._draw_path(row)

        moving = Group(self.surface, *([self.drawn] if hasattr(self, "drawn") else []))
        self.play(UpdateFromAlphaFunc(moving, turn, rate_func=smooth), run_time=seconds)

    def _draw_path(self, row: int) -> None:
        """Draw the way up to a recorded moment as the camera sees it now."""
        self.row = row
        places = self.surface.place(self.moments[: row + 1])
        is_hidden = self.surface.hides(self.moments[: row + 1])
        behind = is_hidden[1:] | is_hidden[:-1]
        _set_segments(self.trail, places[:-1][~behind], places[1:][~behind])
        _set_segments(self.hidden, places[:-1][behind], places[1:][behind])
        feet = self.surface.place(self.feet)
        shown = self.threaded[self.threaded <= row]
        _set_segments(self.threads, self.surface.place(self.moments[shown]), feet[shown])
        self.ball.move_to(places[row]).set_opacity(0.55 if is_hidden[row] else 1)
        self.shadow.move_to(feet[row])


def _grid(shape: tuple[int, ...]) -> FloatArray:
    """Return the ground under a grid of heights, ``(n, 2)``."""
    x, y = (
        np.linspace(-_WIDTH / 2, _WIDTH / 2, shape[1]),
        np.linspace(-_DEPTH / 2, _DEPTH / 2, shape[0]),
    )
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def _highest_scale(ground: FloatArray, costs: FloatArray) -> float:
    """Return the frame units a unit of cost may take for all to stay under the title."""
    feet = np.column_stack([ground, np.full(len(ground), _FLOOR)])
    scales = [_HEIGHT / max(float(costs.max()), np.finfo(float).tiny)]
    for azimuth in np.linspace(_FROM, _TO, 5):
        up = _TOP_Y - _CENTER[1] - View(azimuth, _ELEVATION).project(feet)[:, 1]
        scales.append(float((up / np.cos(_ELEVATION) / np.maximum(costs, 1e-300)).min()))
    return min(scales)


def _set_segments(line: VMobject, starts: FloatArray, ends: FloatArray) -> None:
    """Let a line be straight pieces."""
    share = np.array([0, 1 / 3, 2 / 3, 1])[:, None]
    pieces = starts[:, None] + share * (ends - starts)[:, None]
    line.set_points(pieces.reshape(-1, 3))
