"""The way that something has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import LineJointType, VMobject

from nnviz.mobjects.frame import Points


class Trail(VMobject):
    """A line through points, smooth at its corners.

    Parameters
    ----------
    color
        ``#RRGGBB``.
    width
        Of the line, in Manim's points.
    **look
        Passed on to Manim.
    """

    def __init__(self, color: str, *, width: float = 4, **look: Any) -> None:
        super().__init__(color=color, stroke_width=width, joint_type=LineJointType.ROUND, **look)

    def go_through(self, places: Points) -> Self:
        """Lead through points ``(n, 3)``, at least one."""
        # Manim's corners need two points; twice the same is no line yet.
        corners = places if len(places) > 1 else places.repeat(2, axis=0)
        return self.set_points_as_corners(list(corners))

    def lead_through(self, pieces: Sequence[Points]) -> Self:
        """Lead through several runs of points ``(n, 3)``, with gaps between them."""
        self.clear_points()
        for piece in pieces:
            if len(piece):
                self.start_new_path(piece[0])
                self.add_points_as_corners(piece[1:] if len(piece) > 1 else piece)
        return self

    def join(self, starts: Points, ends: Points) -> Self:
        """Be straight pieces from starts to ends, ``(n, 3)`` each."""
        # Of a cubic curve, the points at the ends and two between them.
        shares = _THIRDS[:, None]
        pieces: Points = starts[:, None] + shares * (ends - starts)[:, None]
        return self.set_points(pieces.reshape(-1, 3))


_THIRDS = np.array([0, 1 / 3, 2 / 3, 1])
