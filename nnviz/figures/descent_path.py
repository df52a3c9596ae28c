"""The path of a training over the cost, on a plane, and what the plane leaves out."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from nnviz.analysis.descent import Descent, measure_descent
from nnviz.analysis.trajectory import Trajectory
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

# Where the text of an end stands is decided by where the path comes from: not by its last step,
# but from as far away as this share of the path's size.
_STRETCH = 0.1
# From an end of the path to its text, points.
_TEXT_DISTANCE = 9
# Height of the axis of distances in largest distances: the curve stays clear of the legend.
_ROOM_ABOVE = 1.6


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
        The recorded training to draw.
    ax
        Axes to draw into; by default, those of a new figure.
    theme
        Colours of the figure: ``dark``, ``light`` or ``print``, or a
        :class:`nnviz.view.Theme`.
    on_progress
        Called with how many points of the landscape are measured, and how many there are.

    Returns
    -------
    Axes
        The axes drawn into: coordinates on the plane, in the units of the parameters, with one
        scale for both.

    Raises
    ------
    RecordingError
        If the path has no plane, as it has fewer than three recorded moments, or never moves.

    Examples
    --------
    >>> descent_path(getfixture("tiny_recording")).get_title(loc="left")
    'Descent on the cost surface'
    """
    theme = get_theme(theme)
    descent = measure_descent(recording, on_progress=on_progress)
    ax = themed_axes(ax, theme, SIZE)
    draw_costs(ax, descent.landscape, theme)
    _draw_path(ax, descent.trajectory, theme)
    principal_labels(ax, descent.variance_explained)
    title = descent_title(descent.trajectory.costs)
    set_titles(ax, theme, title, descent_note(recording, descent))
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
        The recorded training to draw.
    ax
        Axes to draw into; by default, those of a new figure.
    theme
        Colours of the figure: ``dark``, ``light`` or ``print``, or a
        :class:`nnviz.view.Theme`.
    on_progress
        Called with how many points of the landscape are measured, and how many there are.

    Returns
    -------
    Axes
        The axes drawn into: recorded steps along x, and along y the true cost and the cost of
        the surface under the path. The distance from the plane has an axis of its own on the
        right.

    Raises
    ------
    RecordingError
        If the path has no plane, as it has fewer than three recorded moments, or never moves.

    Examples
    --------
    >>> descent_residuals(getfixture("tiny_recording")).get_title(loc="left")
    'What the plane leaves out'
    """
    theme = get_theme(theme)
    descent = measure_descent(recording, on_progress=on_progress)
    trajectory = descent.trajectory
    ax = themed_axes(ax, theme, RESIDUALS_SIZE)
    costs = _draw_costs_of_path(ax, trajectory, theme)
    scale_steps(ax, trajectory.steps, int(trajectory.steps[-1]))
    scale_costs(ax, np.concatenate([trajectory.costs, trajectory.surface_costs]))
    ax.set_ylabel(AVERAGE_COST)
    distances = _draw_distances(ax, descent, theme)
    ax.legend(handles=[*costs, *distances], **legend_style(theme))
    set_titles(ax, theme, residuals_title(), residuals_note(recording, descent))
    return ax


def _draw_costs_of_path(ax: Axes, trajectory: Trajectory, theme: Theme) -> list[Line2D]:
    """Draw the true cost of a path, and the cost of the surface under it."""
    true = ax.plot(
        trajectory.steps, trajectory.costs, color=theme.series[1], label=TRUE_COST_OF_PATH
    )
    shown = ax.plot(
        trajectory.steps,
        trajectory.surface_costs,
        color=theme.series[0],
        linestyle=(0, (4, 2)),
        label=COST_UNDER_IT,
    )
    return [*true, *shown]


def _draw_distances(ax: Axes, descent: Descent, theme: Theme) -> list[Line2D]:
    """Draw the distance of a path from its plane, to an axis of its own on the right."""
    right = themed_axes(ax.twinx(), theme, RESIDUALS_SIZE)
    steps, distances = descent.trajectory.steps, descent.trajectory.distances
    drawn = right.plot(steps, distances, color=theme.series[2], linewidth=1.2, label=DISTANCE)
    right.set_ylim(0, _ROOM_ABOVE * descent.farthest or 1.0)
    right.set_ylabel(DISTANCE_IN_UNITS)
    return drawn


def _draw_path(ax: Axes, trajectory: Trajectory, theme: Theme) -> None:
    """Draw a path with its recorded moments, and name its ends."""
    path = trajectory.coordinates
    ax.plot(*path.T, color=theme.accent, linewidth=1.2, path_effects=halo(theme, 3), label=PATH)
    ax.plot(*path.T, "o", color=theme.accent, markersize=2.6, label=RECORDED_STEPS)
    for row, name, face in ((0, START, theme.background), (-1, END, theme.accent)):
        draw_end(ax, path[row], theme.accent, face, theme, name)
        # On the side that the path does not come from.
        is_left = _heading(path if row else path[::-1]) < 0
        ax.annotate(
            point_text(name, int(trajectory.steps[row]), float(trajectory.costs[row])),
            path[row],
            (-_TEXT_DISTANCE if is_left else _TEXT_DISTANCE, 0),
            textcoords="offset points",
            horizontalalignment="right" if is_left else "left",
            verticalalignment="center",
            color=theme.foreground,
            fontsize=LABEL_SIZE,
            path_effects=halo(theme),
        )


def _heading(path: FloatArray) -> float:
    """Return how far a path ``(n, 2)`` goes along x in the last stretch before its end."""
    distances = np.hypot(*(path[-1] - path).T)
    far = np.flatnonzero(distances >= _STRETCH * distances.max())
    return float(path[-1, 0] - path[far[-1], 0])


register_figure(
    "descent-path",
    "The path of the training over the cost, on the plane that best holds it; and how far off.",
    size=(16.0, 7.6),
    plots=(Plot(descent_path), Plot(descent_residuals)),
)
