"""A recorded path over a surface: at its true height, tied to the surface under it."""

from __future__ import annotations

import numpy as np
from manim import Dot, Group

from nnviz.core.arrays import FloatArray
from nnviz.mobjects.surface import SurfaceRaster
from nnviz.mobjects.trail import Trail
from nnviz.view.themes import Theme

_N_THREADS = 60


class SurfacePath(Group):
    """A ball, the trail it leaves, and threads down or up to the surface.

    What the surface hides is drawn fainter, as if it shone through.

    Parameters
    ----------
    surface
        That the path is over; it may turn.
    ground
        Where each moment is on the surface's ground, ``(n, 2)``.
    heights
        Of each moment, ``(n,)``.
    theme
        Gives the colours.

    Attributes
    ----------
    moments, feet
        The moments, and the points of the surface under or over them, ``(n, 3)``.
    """

    def __init__(
        self, surface: SurfaceRaster, ground: FloatArray, heights: FloatArray, theme: Theme
    ) -> None:
        self._surface = surface
        self.moments = np.column_stack([ground, heights])
        self.feet = np.column_stack([ground, surface.field.height_at(ground)])
        # Of the moments, some evenly apart on the way: their threads can be told apart.
        way = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(ground, axis=0), axis=1))])
        found = np.searchsorted(way, np.linspace(0, way[-1], _N_THREADS))
        self._threaded = np.unique(found.clip(0, len(way) - 1))
        self.trail = Trail(theme.accent)
        self.hidden = Trail(theme.accent, width=2, stroke_opacity=0.4)
        self.threads = Trail(theme.foreground, width=1, stroke_opacity=0.5)
        self.ball = Dot(radius=0.11, color=theme.accent)
        self.foot = Dot(radius=0.05, color=theme.foreground)
        super().__init__(self.threads, self.hidden, self.trail, self.foot, self.ball)
        self.show_until(0)

    def show_until(self, row: int) -> None:
        """Show the way up to a moment, as the surface's camera sees it now."""
        places, feet = (self._surface.place(points) for points in (self.moments, self.feet))
        is_hidden = self._surface.hides(self.moments[: row + 1])
        behind = is_hidden[1:] | is_hidden[:-1]
        for line, which in ((self.trail, ~behind), (self.hidden, behind)):
            line.join(places[:row][which], places[1 : row + 1][which])
        shown = self._threaded[self._threaded <= row]
        self.threads.join(places[shown], feet[shown])
        self.ball.move_to(places[row]).set_opacity(0.55 if is_hidden[row] else 1)
        self.foot.move_to(feet[row])
        self.row = row
