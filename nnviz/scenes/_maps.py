"""Maps by contours: of a function of two variables, and of a cost landscape."""

from __future__ import annotations

import numpy as np

from nnviz.analysis.functions.function import Function
from nnviz.analysis.landscape import Landscape
from nnviz.mobjects.contour_map import ContourMap
from nnviz.mobjects.frame import Points
from nnviz.view.contours import contour_levels, value_levels
from nnviz.view.sentences.functions import HEIGHT
from nnviz.view.sentences.scales import COST
from nnviz.view.themes import Theme

# Points of a function's map along x: its contours are smooth, and it costs little to evaluate.
_N_POINTS = 120


def function_map(
    function: Function, theme: Theme, *, center: Points, height: float, width: float
) -> ContourMap:
    """Return a map of a function of two variables over its domain, to one scale.

    Parameters
    ----------
    function
        The function of two variables.
    theme
        Theme that gives the colours.
    center
        Centre of the map, shape ``(3,)``, frame units.
    height, width
        Largest size of the map, frame units.
    """
    (x0, x1), (y0, y1) = function.domain
    n_y = max(round(_N_POINTS * (y1 - y0) / (x1 - x0)), 2)
    x, y = np.linspace(x0, x1, _N_POINTS), np.linspace(y0, y1, n_y)
    heights = function.value(np.stack(np.meshgrid(x, y), axis=-1))
    return ContourMap(
        x,
        y,
        heights,
        value_levels(heights),
        theme,
        center=center,
        height=min(height, width * (y1 - y0) / (x1 - x0)),
        title=HEIGHT,
    )


def landscape_map(
    landscape: Landscape, theme: Theme, *, center: Points, height: float
) -> ContourMap:
    """Return a map of the cost over a plane through parameter space.

    Parameters
    ----------
    landscape
        The measured costs; those that are not finite show as gaps.
    theme
        Theme that gives the colours.
    center
        Centre of the map, shape ``(3,)``, frame units.
    height
        Height of the map, frame units; its width has the same scale.
    """
    return ContourMap(
        landscape.x,
        landscape.y,
        landscape.costs,
        contour_levels(landscape.costs),
        theme,
        center=center,
        height=height,
        title=COST,
    )
