"""A recorded path over a surface: at its true height, tied to the surface under it."""

from __future__ import annotations

import numpy as np
from manim import Dot, Group

from nnviz.core.arrays import FloatArray, IntArray
from nnviz.mobjects.surface import SurfaceRaster
from nnviz.mobjects.trail import Trail
from nnviz.view.themes import Theme

# Threads from the path to the surface: more could not be told apart.
_N_THREADS = 60
# Opacity of what the surface hides: it shines through, fainter than what stands free.
_HIDDEN_TRAIL_OPACITY, _HIDDEN_BALL_OPACITY = 0.4, 0.55


class SurfacePath(Group):
    """A ball on a recorded path, the trail behind it, and threads down or up to the surface.

    What the surface hides is drawn fainter, as if it shone through.

    Parameters
    ----------
    surface
        The surface that the path is drawn over. It may turn; call :meth:`show_until` afterwards.
    ground
        Coordinates of each recorded moment on the ground of the surface's height field, ``(n, 2)``.
    heights
        Height of each recorded moment in the same units, ``(n,)``.
    theme
        Colours of the path.

    Attributes
    ----------
    moments
        The recorded moments in the height field's space, ``(n, 3)``.
    feet
        The points of the surface straight under or over the moments, ``(n, 3)``.
    trail, hidden
        The path so far, as two mobjects: what stands free, and what the surface hides.
    threads
        Lines that tie some of the moments to their feet.
    ball, foot
        The moment that the path has come to, and its foot.
    row
        Number of that moment.
    """

    def __init__(
        self, surface: SurfaceRaster, ground: FloatArray, heights: FloatArray, theme: Theme
    ) -> None:
        self._surface = surface
        self.moments = np.column_stack([ground, heights])
        self.feet = np.column_stack([ground, surface.field.height_at(ground)])
        self._threaded = _evenly_apart(ground, _N_THREADS)
        self.trail = Trail(theme.accent)
        self.hidden = Trail(theme.accent, width=2, stroke_opacity=_HIDDEN_TRAIL_OPACITY)
        self.threads = Trail(theme.foreground, width=1, stroke_opacity=0.5)
        self.ball = Dot(radius=0.11, color=theme.accent)
        self.foot = Dot(radius=0.05, color=theme.foreground)
        super().__init__(self.threads, self.hidden, self.trail, self.foot, self.ball)
        self.show_until(0)

    def show_until(self, row: int) -> None:
        """Show the path up to a recorded moment, as it is seen from the surface's viewpoint now.

        Parameters
        ----------
        row
            Number of the moment, from 0.
        """
        places, feet = (self._surface.place(points) for points in (self.moments, self.feet))
        is_hidden = self._surface.hides(self.moments[: row + 1])
        is_behind = is_hidden[1:] | is_hidden[:-1]
        for line, which in ((self.trail, ~is_behind), (self.hidden, is_behind)):
            line.join(places[:row][which], places[1 : row + 1][which])
        shown = self._threaded[self._threaded <= row]
        self.threads.join(places[shown], feet[shown])
        self.ball.move_to(places[row]).set_opacity(_HIDDEN_BALL_OPACITY if is_hidden[row] else 1)
        self.foot.move_to(feet[row])
        self.row = row


def _evenly_apart(points: FloatArray, n: int) -> IntArray:
    """Return numbers of at most ``n`` points ``(m, 2)`` that lie evenly apart along their path."""
    lengths = np.linalg.norm(np.diff(points, axis=0), axis=1)
    travelled = np.concatenate([[0], np.cumsum(lengths)])
    nearest = np.searchsorted(travelled, np.linspace(0, travelled[-1], n))
    return np.unique(nearest.clip(0, len(travelled) - 1))
