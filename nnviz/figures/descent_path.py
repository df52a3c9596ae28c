"""The way a training took down the cost surface."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from nnviz.analysis.descent import Descent, measure_descent
from nnviz.core.arrays import FloatArray
from nnviz.figures.cost_map import draw_costs, draw_end, principal_labels
from nnviz.figures.registry import Plot, register_figure
from nnviz.figures.scales import scale_costs, scale_steps
from nnviz.figures.style import LABEL_SIZE, halo, legend_style, set_titles, themed_axes
from nnviz.progress import OnProgress
from nnviz.recording.recording import Recording
from nnviz.view.sentences.paths import (
    COST_UNDER_IT,
    DISTANCE,
    DISTANCE_IN_UNITS,
    END,
    PATH,
    RECORDED_STEPS,
    START,
    TRUE_COST_OF_PATH,
    descent_note,
    descent_title,
    point_text,
    residuals_note,
    residuals_title,
)
from nnviz.view.sentences.scales import AVERAGE_COST
from nnviz.view.themes import Theme, get_theme

SIZE, RESIDUALS_SIZE = (8.0, 7.6), (7.6, 5.0)

# Text at an end stands where the path does not come from: it looks back this share of its size.
_STRETCH = 0.1


def descent_path(
    recording: Recording,
    *,
    ax: Axes | None = None,
    theme: str | Theme = "dark",
    on_progress: OnProgress | None = None,
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
    on_progress
        Told of the landscape's points measured, and of how many there are.

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
    found = measure_descent(recording, on_progress=on_progress)
    ax = themed_axes(ax, theme, SIZE)
    draw_costs(ax, found.landscape, theme)
    _draw_path(ax, found, theme)
    shares = found.variance_explained
    principal_labels(ax, shares)
    title = descent_title(found.trajectory.costs)
    set_titles(ax, theme, title, descent_note(recording, found))
    return ax


def descent_residuals(
    recording: Recording,
    *,
    ax: Axes | None = None,
    theme: str | Theme = "dark",
    on_progress: OnProgress | None = None,
) -> Axes:
    """Draw how far the recorded path leaves the plane that it is shown on.

    Parameters
    ----------
    recording
        Of a training.
    ax
        Axes to draw into; by default those of a new figure.
    theme
        A theme or its name.
    on_progress
        Told of the landscape's points measured, and of how many there are.

    Returns
    -------
    Axes
        Recorded steps along x; the true cost, the cost of the surface under the path, and,
        on an axis of its own on the right, the distance from the plane.

    Raises
    ------
    RecordingError
        If the path has no plane: it has fewer than three moments, or never moves.

    Examples
    --------
    >>> descent_residuals(getfixture("tiny_recording")).get_title(loc="left")
    'What the plane leaves out'
    """
    theme = get_theme(theme)
    found = measure_descent(recording, on_progress=on_progress)
    trajectory = found.trajectory
    ax = themed_axes(ax, theme, RESIDUALS_SIZE)
    steps = trajectory.steps
    true_color, surface_color, far_color = (theme.series[i] for i in (1, 0, 2))
    true = ax.plot(steps, trajectory.costs, color=true_color, label=TRUE_COST_OF_PATH)
    shown = ax.plot(
        steps,
        trajectory.surface_costs,
        color=surface_color,
        linestyle=(0, (4, 2)),
        label=COST_UNDER_IT,
    )
    scale_steps(ax, steps, int(steps[-1]))
    scale_costs(ax, np.concatenate([trajectory.costs, trajectory.surface_costs]))
    ax.set_ylabel(AVERAGE_COST)
    right = themed_axes(ax.twinx(), theme, RESIDUALS_SIZE)
    far = right.plot(steps, trajectory.distances, color=far_color, linewidth=1.2, label=DISTANCE)
    right.set_ylim(0, 1.6 * found.farthest or 1.0)
    right.set_ylabel(DISTANCE_IN_UNITS)
    ax.legend(handles=[*true, *shown, *far], **legend_style(theme))
    set_titles(ax, theme, residuals_title(), residuals_note(recording, found))
    return ax


def _draw_path(ax: Axes, found: Descent, theme: Theme) -> None:
    trajectory = found.trajectory
    path = trajectory.coordinates
    ax.plot(*path.T, color=theme.accent, linewidth=1.2, path_effects=halo(theme, 3), label=PATH)
    ax.plot(*path.T, "o", color=theme.accent, markersize=2.6, label=RECORDED_STEPS)
    for row, name, face in ((0, START, theme.background), (-1, END, theme.accent)):
        draw_end(ax, path[row], theme.accent, face, theme, name)
        before = _heading(path if row else path[::-1]) < 0
        ax.annotate(
            point_text(name, int(trajectory.steps[row]), float(trajectory.costs[row])),
            path[row],
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


register_figure(
    "descent-path",
    "The path of the training over the cost, on the plane that best holds it; and how far off.",
    size=(16.0, 7.6),
    plots=(Plot(descent_path), Plot(descent_residuals)),
)
