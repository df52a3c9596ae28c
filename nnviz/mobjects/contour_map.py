"""A map of values by contours, with its scale."""

from __future__ import annotations

import numpy as np
from manim import PI, RIGHT, UP, Group, VGroup

from nnviz.core.arrays import FloatArray
from nnviz.mobjects.color_bar import ColorBar
from nnviz.mobjects.frame import Points, at
from nnviz.mobjects.image import ImageRaster
from nnviz.mobjects.text import words
from nnviz.view.contours import filled_contours
from nnviz.view.themes import Theme


class ContourMap(Group):
    """Values over a rectangle, and a colour bar on its right.

    Parameters
    ----------
    x, y
        Coordinates of the columns ``(n_x,)`` and the rows ``(n_y,)``, ascending.
    values
        ``(n_y, n_x)``; what is not finite is a gap.
    levels
        Where contours run, ascending.
    theme
        Gives the colours.
    center
        Of the rectangle, ``(3,)``, frame units.
    height
        Of the rectangle, frame units; its width has the same scale.
    title
        What the colours show.
    """

    def __init__(
        self,
        x: FloatArray,
        y: FloatArray,
        values: FloatArray,
        levels: FloatArray,
        theme: Theme,
        *,
        center: Points,
        height: float,
        title: str,
    ) -> None:
        self.theme = theme
        self._low = np.array([x[0], y[0]])
        self._span = np.array([x[-1] - x[0], y[-1] - y[0]])
        size = (height * self._span[0] / self._span[1], height)
        # About as fine as the screen, however fine the grid.
        pixels_per_cell = max(2, round(850 / len(x)))
        picture = filled_contours(values, levels, theme, pixels_per_cell=pixels_per_cell)
        self.map = ImageRaster(picture, height=height, smooth=True)
        self.map.stretch_to_fit_width(size[0]).move_to(center)
        bar = ColorBar.of_levels(levels, values, title, theme, height=height - 1.0)
        bar.next_to(self.map, RIGHT, buff=0.3).align_to(self.map, UP)
        super().__init__(self.map, bar)

    @property
    def unit(self) -> float:
        """Frame units that a unit of x takes."""
        return float(self.map.width / self._span[0])

    def place(self, points: FloatArray) -> Points:
        """Return the frame coordinates of points ``(n, 2)`` of the map: ``(n, 3)``."""
        share = (np.asarray(points, np.float64) - self._low) / self._span - 0.5
        places = share * (self.map.width, self.map.height)
        center: Points = self.map.get_center()
        return center + np.column_stack([places, np.zeros(len(places))])

    def axis_labels(self, below: str, beside: str) -> VGroup:
        """Return words under the map and, turned upright, on its left."""
        texts = [words(text, color=self.theme.muted, size=24) for text in (below, beside)]
        x, y, _ = self.map.get_center()
        texts[0].move_to(at(x, self.map.get_bottom()[1] - 0.25))
        texts[1].rotate(PI / 2).move_to(at(self.map.get_left()[0] - 0.25, y))
        return VGroup(*texts)
