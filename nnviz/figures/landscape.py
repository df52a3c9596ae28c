"""The cost around a network, as contours and as a surface."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LightSource, LogNorm
from mpl_toolkits.mplot3d import Axes3D  # type: ignore[import-untyped]

from nnviz.analysis.landscape import Landscape, RecordedCost
from nnviz.analysis.planes import Plane, random_plane
from nnviz.analysis.trajectory import recorded_costs
from nnviz.errors import SettingError
from nnviz.figures.cost_map import draw_costs, draw_end
from nnviz.figures.registry import Plot, register_figure
from nnviz.figures.style import sequential_map, set_titles, themed_axes
from nnviz.progress import OnProgress
from nnviz.recording.recording import Recording
from nnviz.view.contours import contour_levels, refined
from nnviz.view.sentences.landscapes import (
    DIRECTIONS,
    THE_NETWORK,
    landscape_note,
    landscape_title,
    surface_figure_note,
    surface_title,
)
from nnviz.view.sentences.runs import moment_text
from nnviz.view.sentences.scales import AVERAGE_COST
from nnviz.view.themes import Theme, get_theme

SIZE = (7.6, 7.6)

# Points along each axis of the grid, and of the surface between two of them.
_N, _FINER = 51, 3


def landscape(
    recording: Recording,
    step: int = -1,
    *,
    plane: Plane | None = None,
    reach: float = 1.0,
    ax: Axes | None = None,
    theme: str | Theme = "dark",
    on_progress: OnProgress | None = None,
) -> Axes:
    """Draw the contours of the cost around a network, or over any plane.

    A dot is where the network is, or the nearest point of a plane that it does not lie in.

    Parameters
    ----------
    recording
        Of a training.
    step
        Whose network it is; -1 is the last.
    plane
        Through parameter space, its origin in the middle of the picture; by default along
        two random, filter-normalised directions from that network.
    reach
        Of the picture from the plane's origin along each direction, in the plane's units:
        1 is as far as every neuron's weights are long.
    ax
        Axes to draw into; by default those of a new figure.
    theme
        A theme or its name.
    on_progress
        Told of the points measured, and of how many there are.

    Returns
    -------
    Axes
        Coordinates on the plane.

    Raises
    ------
    RecordingError
        If the step was not recorded.
    SettingError
        If the network's parameters are not finite, or the reach is not above 0.

    Examples
    --------
    >>> landscape(getfixture("tiny_recording")).get_title(loc="left")
    'The cost around the network'
    """
    theme = get_theme(theme)
    found = _measured(recording, step, plane, reach, on_progress)
    ax = themed_axes(ax, theme, SIZE)
    draw_costs(ax, found, theme)
    place = found.plane.project(recording.network_at(step).parameters.astype(np.float64))
    is_shown = bool((np.abs(place) <= reach).all())
    if is_shown:
        draw_end(ax, place, theme.accent, theme.accent, theme, THE_NETWORK)
    ax.set_xlabel(DIRECTIONS[0])
    ax.set_ylabel(DIRECTIONS[1])
    note = landscape_note(recording, step, plane, found, is_shown=is_shown)
    set_titles(ax, theme, landscape_title(plane), note)
    return ax


def landscape_surface(
    recording: Recording,
    step: int = -1,
    *,
    plane: Plane | None = None,
    reach: float = 1.0,
    ax: Axes | None = None,
    theme: str | Theme = "dark",
    on_progress: OnProgress | None = None,
) -> Axes:
    """Draw the same as a shaded surface: its height is the cost, its colour the logarithm.

    Parameters
    ----------
    recording, step, plane, reach, theme, on_progress
        See :func:`landscape`.
    ax
        Axes with the projection ``3d``; by default those of a new figure.

    Returns
    -------
    Axes
        Coordinates on the plane, and the cost.

    Raises
    ------
    SettingError
        As of :func:`landscape`, and if the axes have no third dimension.

    Examples
    --------
    >>> landscape_surface(getfixture("tiny_recording")).get_zlabel()
    'average cost of an example'
    """
    theme = get_theme(theme)
    found = _measured(recording, step, plane, reach, on_progress)
    ax = themed_axes(ax, theme, SIZE, projection="3d")
    if not isinstance(ax, Axes3D):
        message = "axes of a surface must have projection='3d'; got axes of a plane."
        raise SettingError(message)
    if np.isfinite(found.costs).any():
        _draw_surface(ax, found, theme)
    else:
        ax.set_zticks([])
    ax.set_xlim(*found.x[[0, -1]])
    ax.set_ylim(*found.y[[0, -1]])
    _quiet(ax, theme)
    ax.set_xlabel(DIRECTIONS[0], labelpad=8)
    ax.set_ylabel(DIRECTIONS[1], labelpad=8)
    ax.set_zlabel(AVERAGE_COST, labelpad=6)
    set_titles(ax, theme, surface_title(), surface_figure_note(found))
    return ax


def _draw_surface(ax: Axes3D, found: Landscape, theme: Theme) -> None:
    levels = contour_levels(found.costs)
    # Matplotlib leaves out what is not a number: a hole.
    costs = refined(found.costs, levels, pixels_per_cell=_FINER)
    x, y = (np.linspace(c[0], c[-1], _FINER * len(c)) for c in (found.x, found.y))
    standing = np.nan_to_num(costs, nan=float(levels[0]))
    colors = sequential_map(theme)(LogNorm(levels[0], levels[-1])(standing))
    span = float(np.ptp(standing)) or 1.0
    light = LightSource(azdeg=250, altdeg=50)
    shaded = light.shade_rgb(colors[..., :3], standing / span * len(x) / 2, blend_mode="soft")
    ax.plot_surface(
        *np.meshgrid(x, y), costs, facecolors=shaded, rcount=len(y), ccount=len(x), shade=False,
        linewidth=0, antialiased=False,
    )  # fmt: skip


def _measured(
    recording: Recording,
    step: int,
    plane: Plane | None,
    reach: float,
    on_progress: OnProgress | None,
) -> Landscape:
    if not 0 < reach < np.inf:
        message = f"reach must be above 0 and finite; got {reach}."
        raise SettingError(message)
    network = recording.network_at(step)
    if plane is None and not np.isfinite(network.parameters).all():
        message = (
            f"the network must have finite parameters; {moment_text(recording, step)} the "
            "training had diverged. Choose an earlier step."
        )
        raise SettingError(message)
    at = reach * np.linspace(-1, 1, _N)
    examples, _ = recorded_costs(recording, "train")
    plane = random_plane(network) if plane is None else plane
    return RecordedCost(recording, examples).on_grid(plane, at, at, on_progress=on_progress)


def _quiet(ax: Axes3D, theme: Theme) -> None:
    """Let axes in three dimensions recede behind what they hold."""
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.set_pane_color((0, 0, 0, 0))
        axis.line.set_color(theme.muted)
        axis.label.set_color(theme.foreground)
        axis.set_tick_params(colors=theme.muted)
        axis._axinfo["grid"].update(color=theme.muted, linewidth=0.3)
    ax.view_init(elev=35, azim=-60)
    ax.set_box_aspect((1, 1, 0.62), zoom=0.93)


register_figure(
    "landscape",
    "The cost around the trained network, along two random directions.",
    size=(15.0, 7.2),
    plots=(Plot(landscape), Plot(landscape_surface, projection="3d")),
)
