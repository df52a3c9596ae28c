"""Steps down a curve of one variable."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from nnviz.analysis.functions.function import Function
from nnviz.analysis.functions.named import get_function
from nnviz.analysis.functions.optimizer_runs import run_optimizer
from nnviz.core.arrays import FloatArray
from nnviz.figures.registry import Plot, register_figure
from nnviz.figures.style import set_titles, themed_axes
from nnviz.view.clipping import clip_line
from nnviz.view.sentences.functions import (
    EXIT,
    FUNCTION,
    HEIGHT,
    STEPS,
    VARIABLE,
    outcome_text,
    rate_title,
)
from nnviz.view.sentences.paths import START
from nnviz.view.themes import Theme, get_theme

SIZE = (5.4, 4.6)


def descent_1d(
    function: str | Function = "valleys",
    *,
    learning_rate: float = 0.2,
    start: float = 0.86,
    n_steps: int = 14,
    ax: Axes | None = None,
    theme: str | Theme = "dark",
) -> Axes:
    """Draw gradient descent on a function of one variable.

    Parameters
    ----------
    function
        ``valleys``, ``bowl``, or one made by
        :meth:`nnviz.analysis.functions.Function.of`.
    learning_rate
        Each step is this times the slope.
    start
        As a share of the way from the left end to the right, 0 to 1.
    n_steps
        How many.
    ax
        Axes to draw into; by default those of a new figure.
    theme
        A theme or its name.

    Returns
    -------
    Axes
        The variable along x, the function along y.

    Raises
    ------
    SettingError
        If the function has two variables, or the learning rate is not above 0.

    Examples
    --------
    >>> descent_1d("bowl", learning_rate=0.5).get_title(loc="left")
    'Rate 0.5'
    """
    theme = get_theme(theme)
    subject = get_function(function, 1)
    low, high = subject.domain[0]
    grid = np.linspace(low, high, 400)
    heights = subject.value(grid[:, None])
    way = run_optimizer(
        subject, [low + start * (high - low)], learning_rate=learning_rate, n_steps=n_steps
    )
    ax = themed_axes(ax, theme, SIZE)
    ax.plot(grid, heights, color=theme.foreground, linewidth=1.4, label=FUNCTION)
    x, y = way.points[:, 0], way.values
    ax.plot(x, y, color=theme.accent, linewidth=1.0, marker="o", markersize=4, label=STEPS)
    ax.plot(
        x[0], y[0], "o", markersize=8, color=theme.accent, markerfacecolor=theme.background,
        label=START,
    )  # fmt: skip
    lowest, highest = float(np.nanmin(heights)), float(np.nanmax(heights))
    room = 0.08 * ((highest - lowest) or 1.0)
    ax.set_xlim(low, high)
    ax.set_ylim(lowest - room, highest + room)
    ax.set_xlabel(VARIABLE)
    ax.set_ylabel(HEIGHT)
    _mark_exits(ax, np.column_stack([x, y]), theme)
    outcome = outcome_text(way, way.leaves_at(subject.domain))
    set_titles(ax, theme, rate_title(learning_rate), outcome)
    return ax


def _mark_exits(ax: Axes, points: FloatArray, theme: Theme) -> None:
    """Mark on the axes where a line ``(n, 2)`` leaves them."""
    low, high = (np.array(ends) for ends in zip(ax.get_xlim(), ax.get_ylim(), strict=True))
    clipped = clip_line(points, low, high)
    for place, direction in zip(clipped.exits, clipped.directions, strict=True):
        ax.plot(
            *place, marker=_EXITS[tuple(direction.astype(int))], color=theme.accent, markersize=7,
            linestyle="none", clip_on=False, label=EXIT,
        )  # fmt: skip


# Matplotlib's markers: right, left, up and down.
_EXITS = {(1, 0): 9, (-1, 0): 8, (0, 1): 10, (0, -1): 11}


register_figure(
    "descent-1d",
    "Gradient descent on a curve, with a rate too small, right, and too large.",
    size=(14.0, 4.6),
    plots=tuple(Plot(descent_1d, {"learning_rate": rate}) for rate in (0.02, 0.2, 0.8)),
)
