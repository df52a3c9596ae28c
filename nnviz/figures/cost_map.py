"""A grid of costs as filled contours with a colour bar: under paths, and by itself."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm
from matplotlib.ticker import FixedLocator, NullLocator

from nnviz.analysis.landscape import Landscape
from nnviz.core.arrays import FloatArray
from nnviz.figures.scales import round_costs
from nnviz.figures.style import add_color_bar, halo, sequential_map
from nnviz.view.contours import contour_levels
from nnviz.view.themes import Theme


def draw_costs(ax: Axes, landscape: Landscape, theme: Theme) -> None:
    """Draw a landscape's contours to one scale in x and y, with a logarithmic colour bar."""
    levels = contour_levels(landscape.costs)
    below = bool(np.nanmin(landscape.costs) < levels[0])
    beyond = not np.isfinite(landscape.costs).all()
    costs = np.where(np.isfinite(landscape.costs), landscape.costs, 2 * levels[-1])
    extend = {(0, 0): "neither", (1, 0): "min", (0, 1): "max", (1, 1): "both"}[below, beyond]
    filled = ax.contourf(
        landscape.x,
        landscape.y,
        costs,
        levels,
        cmap=sequential_map(theme),
        norm=LogNorm(levels[0], levels[-1]),
        extend=extend,
    )
    ax.contour(
        landscape.x, landscape.y, costs, levels, colors=theme.foreground, alpha=0.25, linewidths=0.5
    )
    bar = add_color_bar(ax, theme, filled, "average cost of an example", extend=extend)
    bar.ax.yaxis.set_major_locator(FixedLocator(round_costs(levels[0], levels[-1])))
    bar.ax.yaxis.set_minor_locator(NullLocator())
    bar.ax.yaxis.set_major_formatter(lambda cost, _: f"{cost:g}")
    ax.set_aspect("equal")
    ax.set_xlim(*landscape.x[[0, -1]])
    ax.set_ylim(*landscape.y[[0, -1]])


def draw_end(ax: Axes, point: FloatArray, color: str, face: str, theme: Theme, label: str) -> None:
    """Mark where a path starts or ends, ``(2,)``."""
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
    """Name the axes of a principal plane, whose directions hold shares ``(2,)`` of a path."""
    ax.set_xlabel(f"principal direction 1 ({percent(shares[0])} of the variance)")
    ax.set_ylabel(f"principal direction 2 ({percent(shares[1])} of the variance)")


def percent(share: float) -> str:
    """Return a share in [0, 1] as a percentage.

    Examples
    --------
    >>> percent(0.046), percent(0.94)
    ('4.6 %', '94 %')
    """
    return f"{100 * share:.1f} %" if share < 0.1 else f"{100 * share:.0f} %"
