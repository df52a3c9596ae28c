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

# Columns of the picture: about as fine as the map on a screen, however fine the grid.
_PICTURE_COLUMNS = 850
# How much lower than the map its colour bar is, frame units: the bar's title stands above it.
_BAR_LOWER = 1.0
# From the border of the map to the middle of an axis' name, frame units.
_LABEL_DISTANCE = 0.25


class ContourMap(Group):
    """Filled contours of values over a rectangle, with a colour bar on their right.

    Parameters
    ----------
    x, y
        Coordinates of the columns ``(n_x,)`` and of the rows ``(n_y,)``, ascending and evenly
        spaced.
    values
        Value at each point of the grid, ``(n_y, n_x)``; where it is not finite, the map has the
        theme's colour of a gap.
    levels
        Borders between the bands of colour, ascending, ``(n,)``; what lies beyond the first or
        the last takes the nearest band's colour.
    theme
        Colours of the map and of its text.
    center
        Middle of the rectangle, ``(3,)``, frame units.
    height
        Height of the rectangle, frame units; its width follows, as a unit of x is as long
        as a unit of y.
    title
        Name of the quantity that the colours show.

    Attributes
    ----------
    map
        The picture of the contours, without the colour bar.
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
        pixels_per_cell = max(2, round(_PICTURE_COLUMNS / len(x)))
        picture = filled_contours(values, levels, theme, pixels_per_cell=pixels_per_cell)
        self.map = ImageRaster(picture, height=height, smooth=True)
        self.map.stretch_to_fit_width(height * self._span[0] / self._span[1]).move_to(center)
        bar = ColorBar.of_levels(levels, values, title, theme, height=height - _BAR_LOWER)
        bar.next_to(self.map, RIGHT, buff=0.3).align_to(self.map, UP)
        super().__init__(self.map, bar)

    @property
    def unit(self) -> float:
        """Length on the frame, in frame units, of one unit of x."""
        return float(self.map.width / self._span[0])

    def place(self, points: FloatArray) -> Points:
        """Return the frame coordinates, ``(n, 3)``, of points of the map, ``(n, 2)``."""
        share = (np.asarray(points, np.float64) - self._low) / self._span - 0.5
        places = share * (self.map.width, self.map.height)
        center: Points = self.map.get_center()
        return center + np.column_stack([places, np.zeros(len(places))])

    def axis_labels(self, below: str, beside: str) -> VGroup:
        """Return names of the axes: one under the map and one, turned upright, on its left."""
        texts = [words(text, color=self.theme.muted, size=24) for text in (below, beside)]
        x, y, _ = self.map.get_center()
        texts[0].move_to(at(x, self.map.get_bottom()[1] - _LABEL_DISTANCE))
        texts[1].rotate(PI / 2).move_to(at(self.map.get_left()[0] - _LABEL_DISTANCE, y))
        return VGroup(*texts)
