"""Steps down a curve of one variable."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from nnviz.analysis.functions.function import Function
from nnviz.analysis.functions.named import get_function
from nnviz.analysis.functions.optimizer_runs import run_optimizer
from nnviz.core.arrays import FloatArray
from nnviz.errors import SettingError
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

# Points that the curve is drawn through: about as many as a figure is wide in pixels.
_N_POINTS = 400
# Room above and below the curve, as a share of its height.
_MARGIN = 0.08
# Matplotlib's markers for places where the path leaves the axes: right, left, up and down.
_EXITS = {(1, 0): 9, (-1, 0): 8, (0, 1): 10, (0, -1): 11}


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
        The function to descend: ``valleys`` or ``bowl``; in Python, also a
        :class:`nnviz.analysis.functions.Function` of one variable.
    learning_rate
        Learning rate, above 0: each step is as long as this times the slope.
    start
        Where to start, from 0, the left end of the function's domain, to 1, the right end.
    n_steps
        Number of steps to take, at least 1.
    ax
        Axes to draw into; by default, those of a new figure.
    theme
        Colours of the figure: ``dark``, ``light`` or ``print``, or a
        :class:`nnviz.view.Theme`.

    Returns
    -------
    Axes
        The axes drawn into, with the variable along x and the function along y.

    Raises
    ------
    SettingError
        If the function has two variables, or the start, the learning rate or the number of
        steps is not one that descent can have.
    UnknownNameError
        If there is no function of that name.

    Examples
    --------
    >>> descent_1d("bowl", learning_rate=0.5).get_title(loc="left")
    'Rate 0.5'
    """
    theme = get_theme(theme)
    subject = get_function(function, 1)
    low, high = subject.domain[0]
    if not 0 <= start <= 1:
        message = f"start must lie in 0 to 1, from the left end to the right; got {start}."
        raise SettingError(message)
    run = run_optimizer(
        subject, [low + start * (high - low)], learning_rate=learning_rate, n_steps=n_steps
    )
    ax = themed_axes(ax, theme, SIZE)
    _draw_curve(ax, subject, theme)
    _draw_path(ax, np.column_stack([run.points[:, 0], run.values]), theme)
    ax.set_xlabel(VARIABLE)
    ax.set_ylabel(HEIGHT)
    outcome = outcome_text(run, run.leaves_at(subject.domain))
    set_titles(ax, theme, rate_title(learning_rate), outcome)
    return ax


def _draw_curve(ax: Axes, function: Function, theme: Theme) -> None:
    """Draw a function over its domain, and end the axes around it."""
    low, high = function.domain[0]
    x = np.linspace(low, high, _N_POINTS)
    y = function.value(x[:, None])
    ax.plot(x, y, color=theme.foreground, linewidth=1.4, label=FUNCTION)
    lowest, highest = float(np.nanmin(y)), float(np.nanmax(y))
    room = _MARGIN * ((highest - lowest) or 1.0)
    ax.set_xlim(low, high)
    ax.set_ylim(lowest - room, highest + room)


def _draw_path(ax: Axes, points: FloatArray, theme: Theme) -> None:
    """Draw steps down a curve from point to point, ``(n, 2)``, and mark the start."""
    ax.plot(*points.T, color=theme.accent, linewidth=1.0, marker="o", markersize=4, label=STEPS)
    ax.plot(
        *points[0], "o", markersize=8, color=theme.accent, markerfacecolor=theme.background,
        label=START,
    )  # fmt: skip
    _mark_exits(ax, points, theme)


def _mark_exits(ax: Axes, points: FloatArray, theme: Theme) -> None:
    """Mark on the border of the axes where a line through points ``(n, 2)`` leaves them."""
    low, high = (np.array(ends) for ends in zip(ax.get_xlim(), ax.get_ylim(), strict=True))
    clipped = clip_line(points, low, high)
    for place, direction in zip(clipped.exits, clipped.directions, strict=True):
        ax.plot(
            *place, marker=_EXITS[tuple(direction.astype(int))], color=theme.accent, markersize=7,
            linestyle="none", clip_on=False, label=EXIT,
        )  # fmt: skip


register_figure(
    "descent-1d",
    "Gradient descent on a curve, with a rate too small, right, and too large.",
    size=(14.0, 4.6),
    plots=tuple(Plot(descent_1d, {"learning_rate": rate}) for rate in (0.02, 0.2, 0.8)),
)
