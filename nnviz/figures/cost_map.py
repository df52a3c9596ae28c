"""A landscape of costs as filled contours with a colour bar, and what is marked on it."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm
from matplotlib.ticker import FixedLocator, NullLocator

from nnviz.analysis.landscape import Landscape
from nnviz.core.arrays import FloatArray
from nnviz.figures.scales import round_costs
from nnviz.figures.style import add_color_bar, extend_of, halo, sequential_map
from nnviz.view.contours import clips, contour_levels
from nnviz.view.sentences.numbers import significant
from nnviz.view.sentences.scales import AVERAGE_COST, principal_names
from nnviz.view.themes import Theme


def draw_costs(ax: Axes, landscape: Landscape, theme: Theme) -> None:
    """Draw a landscape's contours to one scale in x and y, with a logarithmic colour bar.

    Where the cost is not finite, the axes have the theme's colour of a gap. Where it is so
    everywhere, there is no colour bar.

    Parameters
    ----------
    ax
        Axes to draw into.
    landscape
        The costs on a plane.
    theme
        Colours of the contours and the text.
    """
    costs = np.ma.masked_invalid(landscape.costs)
    ax.set_facecolor(theme.gap if costs.mask.any() else theme.background)
    if not costs.mask.all():
        _draw_contours(ax, landscape, costs, theme)
    for axis in (ax.xaxis, ax.yaxis):  # never by an offset that stands elsewhere
        axis.set_major_formatter(lambda value, _: significant(value))
    ax.set_aspect("equal")
    ax.set_xlim(*landscape.x[[0, -1]])
    ax.set_ylim(*landscape.y[[0, -1]])


def _draw_contours(ax: Axes, landscape: Landscape, costs: np.ma.MaskedArray, theme: Theme) -> None:
    """Draw the contours of costs, of which some are finite, and their colour bar."""
    levels = contour_levels(landscape.costs)
    extends = clips(landscape.costs, float(levels[0]), float(levels[-1]))
    filled = ax.contourf(
        landscape.x,
        landscape.y,
        costs,
        levels,
        cmap=sequential_map(theme),
        norm=LogNorm(levels[0], levels[-1]),
        extend=extend_of(extends),
    )
    ax.contour(
        landscape.x, landscape.y, costs, levels,
        colors=theme.foreground, alpha=0.25, linewidths=0.5,
    )  # fmt: skip
    bar = add_color_bar(ax, theme, filled, AVERAGE_COST, extends=extends)
    bar.ax.yaxis.set_major_locator(FixedLocator(round_costs(levels[0], levels[-1])))
    bar.ax.yaxis.set_minor_locator(NullLocator())
    bar.ax.yaxis.set_major_formatter(lambda cost, _: significant(cost))


def draw_end(ax: Axes, point: FloatArray, color: str, face: str, theme: Theme, label: str) -> None:
    """Mark where a path starts or ends.

    Parameters
    ----------
    ax
        Axes to draw into.
    point
        Coordinates of the mark, ``(2,)``.
    color, face
        Colours of the mark's rim and of its inside.
    theme
        Gives the colour of the halo around the mark.
    label
        Name of the mark in a legend.
    """
    ax.plot(
        *point,
        marker="o",
        markersize=8,
        markerfacecolor=face,
        markeredgecolor=color,
        markeredgewidth=1.8,
        linestyle="none",
        path_effects=halo(theme, 4),
        label=label,
    )


def principal_labels(ax: Axes, shares: FloatArray) -> None:
    """Name the axes of a principal plane.

    Parameters
    ----------
    ax
        The axes to name.
    shares
        Share of the path's variance along each direction of the plane, ``(2,)``, in [0, 1].
    """
    one, two = principal_names(shares)
    ax.set_xlabel(one)
    ax.set_ylabel(two)
