"""A line along the points that something has passed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from manim import LineJointType, VMobject

from nnviz.mobjects.frame import Points

# Where the four points that Manim keeps of a straight piece lie: both ends, and two between.
_THIRDS = np.array([0, 1 / 3, 2 / 3, 1])


class Trail(VMobject):
    """A line of straight pieces through points, with rounded joints.

    Parameters
    ----------
    color
        Colour of the line, ``#RRGGBB``.
    width
        Width of the line, in Manim's points.
    **look
        Other keywords of Manim's ``VMobject``, such as ``stroke_opacity``.
    """

    def __init__(self, color: str, *, width: float = 4, **look: Any) -> None:
        super().__init__(color=color, stroke_width=width, joint_type=LineJointType.ROUND, **look)

    def go_through(self, places: Points) -> Self:
        """Lead the line through points ``(n, 3)``, at least one."""
        # Manim's corners need two points; twice the same is no line yet.
        corners = places if len(places) > 1 else places.repeat(2, axis=0)
        return self.set_points_as_corners(list(corners))

    def lead_through(self, pieces: Sequence[Points]) -> Self:
        """Lead the line through several sequences of points, with gaps between them.

        Parameters
        ----------
        pieces
            Points of each sequence, ``(n, 3)`` each; those of no point are left out.
        """
        self.clear_points()
        for piece in pieces:
            if len(piece):
                self.start_new_path(piece[0])
                self.add_points_as_corners(piece[1:] if len(piece) > 1 else piece)
        return self

    def join(self, starts: Points, ends: Points) -> Self:
        """Replace the line by separate straight pieces.

        Parameters
        ----------
        starts, ends
            Points that each piece runs from and to, ``(n, 3)`` each.
        """
        shares = _THIRDS[:, None]
        pieces: Points = starts[:, None] + shares * (ends - starts)[:, None]
        return self.set_points(pieces.reshape(-1, 3))
