"""The way a training took down the cost surface."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm
from matplotlib.ticker import FixedLocator, NullLocator

from nnviz.analysis.landscape import Descent, descent
from nnviz.core.arrays import FloatArray
from nnviz.figures.style import (
    LABEL_SIZE,
    add_color_bar,
    halo,
    round_costs,
    sequential_map,
    set_titles,
    themed_axes,
)
from nnviz.recording.recording import Recording
from nnviz.view.contours import contour_levels
from nnviz.view.notation import run_text
from nnviz.view.themes import Theme, get_theme

SIZE = (8.0, 7.6)

# Text at an end stands where the path does not come from: it looks back this share of its size.
_STRETCH = 0.1


def descent_path(
    recording: Recording, *, ax: Axes | None = None, theme: str | Theme = "dark"
) -> Axes:
    """Draw the recorded path over the cost, on the plane that best holds the path.

    Parameters
    ----------
    recording
        Of a training.
    ax
        Axes to draw into; by default those of a new figure.
    theme
        A theme or its name.

    Returns
    -------
    Axes
        Coordinates on the plane, in the units of the parameters; one scale for both.

    Raises
    ------
    RecordingError
        If the path has no plane: it has fewer than three moments, or never moves.

    Examples
    --------
    >>> descent_path(getfixture("tiny_recording")).get_title(loc="left")
    'Descent on the cost surface'
    """
    theme = get_theme(theme)
    found = descent(recording)
    ax = themed_axes(ax, theme, SIZE)
    _draw_surface(ax, found, theme)
    _draw_path(ax, found, theme)
    ax.set_aspect("equal")
    ax.set_xlim(*found.landscape.x[[0, -1]])
    ax.set_ylim(*found.landscape.y[[0, -1]])
    shares = found.plane.variance_explained
    ax.set_xlabel(f"principal direction 1 ({_percent(shares[0])} of the variance)")
    ax.set_ylabel(f"principal direction 2 ({_percent(shares[1])} of the variance)")
    note = (
        f"{run_text(recording)}\nthe plane holds {_percent(shares.sum())} of the path's variance; "
        "where the path leaves it,\nthe path's true cost is not the surface's"
    )
    set_titles(ax, theme, "Descent on the cost surface", note)
    return ax


def _draw_surface(ax: Axes, found: Descent, theme: Theme) -> None:
    surface = found.landscape
    levels = contour_levels(surface.costs)
    below = bool(np.nanmin(surface.costs) < levels[0])
    beyond = not np.isfinite(surface.costs).all()
    costs = np.where(np.isfinite(surface.costs), surface.costs, 2 * levels[-1])
    extend = {(0, 0): "neither", (1, 0): "min", (0, 1): "max", (1, 1): "both"}[below, beyond]
    filled = ax.contourf(
        surface.x,
        surface.y,
        costs,
        levels,
        cmap=sequential_map(theme),
        norm=LogNorm(levels[0], levels[-1]),
        extend=extend,
    )
    ax.contour(
        surface.x, surface.y, costs, levels, colors=theme.foreground, alpha=0.25, linewidths=0.5
    )
    bar = add_color_bar(ax, theme, filled, "average cost of an example", extend=extend)
    bar.ax.yaxis.set_major_locator(FixedLocator(round_costs(levels[0], levels[-1])))
    bar.ax.yaxis.set_minor_locator(NullLocator())
    bar.ax.yaxis.set_major_formatter(lambda cost, _: f"{cost:g}")


def _draw_path(ax: Axes, found: Descent, theme: Theme) -> None:
    ax.plot(
        *found.path.T,
        color=theme.accent,
        linewidth=1.2,
        path_effects=halo(theme, 3),
        label="path",
    )
    ax.plot(*found.path.T, "o", color=theme.accent, markersize=2.6, label="recorded steps")
    for row, name, face in ((0, "start", theme.background), (-1, "end", theme.accent)):
        ax.plot(
            *found.path[row],
            marker="o",
            markersize=8,
            markerfacecolor=face,
            markeredgecolor=theme.accent,
            markeredgewidth=1.8,
            linestyle="none",
            path_effects=halo(theme, 4),
            label=name,
        )
        before = _heading(found.path if row else found.path[::-1]) < 0
        ax.annotate(
            f"{name}\nstep {found.steps[row]:,}\ncost {found.costs[row]:.3g}",
            found.path[row],
            (-9 if before else 9, 0),
            textcoords="offset points",
            horizontalalignment="right" if before else "left",
            verticalalignment="center",
            color=theme.foreground,
            fontsize=LABEL_SIZE,
            path_effects=halo(theme),
        )


def _heading(path: FloatArray) -> float:
    """Return how far a path goes along x in the last stretch before its end."""
    away = np.hypot(*(path[-1] - path).T)
    far = np.flatnonzero(away >= _STRETCH * away.max())
    return float(path[-1, 0] - path[far[-1], 0])


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if share < 0.1 else f"{100 * share:.0f} %"
