"""The cost around a network, as contours and as a surface."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LightSource, LogNorm
from mpl_toolkits.mplot3d import Axes3D  # type: ignore[import-untyped]

from nnviz.analysis.landscape import Landscape, RecordedCost
from nnviz.analysis.planes import Plane, random_plane
from nnviz.analysis.trajectory import recorded_costs
from nnviz.core.network import Network
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

# Points along each axis of the grid: enough for smooth contours, and measured in seconds.
_N = 51
# Facets of the surface for each point of the grid along each axis: none of them is seen then.
_FINER = 3
# Where the surface's camera and its light stand, degrees: the near corner hides little, and
# slopes to the left are lit.
_ELEVATION, _AZIMUTH = 35, -60
_LIGHT_AZIMUTH, _LIGHT_ALTITUDE = 250, 50
# Proportions of the surface's box, and how much of the axes it fills.
_BOX, _ZOOM = (1, 1, 0.62), 0.93


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

    A dot marks where the network is: the point of the plane that is nearest to it.

    Parameters
    ----------
    recording
        The recorded training to draw.
    step
        Recorded step whose network is in the middle, or a negative number that counts recorded
        moments from the end: -1 is the last.
    plane
        Plane through parameter space whose origin is in the middle. By default it goes through
        the network along two random, filter-normalised directions.
    reach
        How far the picture reaches from the middle along each direction, above 0, in units of
        the plane. On the default plane, a unit is as long as each neuron's own weights.
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
        The axes drawn into, whose coordinates are those on the plane.

    Raises
    ------
    RecordingError
        If the step was not recorded.
    SettingError
        If the network's parameters are not finite or all zero, or the reach is not above 0.

    Examples
    --------
    >>> landscape(getfixture("tiny_recording")).get_title(loc="left")
    'The cost around the network'
    """
    theme = get_theme(theme)
    measured = _measure(recording, step, plane, reach, on_progress)
    ax = themed_axes(ax, theme, SIZE)
    draw_costs(ax, measured, theme)
    place = measured.plane.project(recording.network_at(step).parameters.astype(np.float64))
    is_shown = bool((np.abs(place) <= reach).all())
    if is_shown:
        draw_end(ax, place, theme.accent, theme.accent, theme, THE_NETWORK)
    ax.set_xlabel(DIRECTIONS[0])
    ax.set_ylabel(DIRECTIONS[1])
    note = landscape_note(recording, step, plane, measured, is_shown=is_shown)
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
    """Draw the cost around a network, or over any plane, as a shaded surface.

    Its height is the cost, and its colour the logarithm of the cost. Where the cost is not
    finite, the surface has a hole.

    Parameters
    ----------
    recording
        The recorded training to draw.
    step
        Recorded step whose network is in the middle, or a negative number that counts recorded
        moments from the end: -1 is the last.
    plane
        Plane through parameter space whose origin is in the middle. By default it goes through
        the network along two random, filter-normalised directions.
    reach
        How far the picture reaches from the middle along each direction, above 0, in units of
        the plane. On the default plane, a unit is as long as each neuron's own weights.
    ax
        Axes to draw into, made with ``projection="3d"``; by default, those of a new figure.
    theme
        Colours of the figure: ``dark``, ``light`` or ``print``, or a
        :class:`nnviz.view.Theme`.
    on_progress
        Called with how many points of the landscape are measured, and how many there are.

    Returns
    -------
    Axes
        The axes drawn into: coordinates on the plane, and the cost upwards.

    Raises
    ------
    RecordingError
        If the step was not recorded.
    SettingError
        If the network's parameters are not finite or all zero, the reach is not above 0, or
        the axes have no third dimension.

    Examples
    --------
    >>> landscape_surface(getfixture("tiny_recording")).get_zlabel()
    'average cost of an example'
    """
    theme = get_theme(theme)
    measured = _measure(recording, step, plane, reach, on_progress)
    ax = themed_axes(ax, theme, SIZE, projection="3d")
    if not isinstance(ax, Axes3D):
        message = "axes of a surface must have projection='3d'; got axes of a plane."
        raise SettingError(message)
    if np.isfinite(measured.costs).any():
        _draw_surface(ax, measured, theme)
    else:
        ax.set_zticks([])
    ax.set_xlim(*measured.x[[0, -1]])
    ax.set_ylim(*measured.y[[0, -1]])
    _quiet(ax, theme)
    ax.set_xlabel(DIRECTIONS[0], labelpad=8)
    ax.set_ylabel(DIRECTIONS[1], labelpad=8)
    ax.set_zlabel(AVERAGE_COST, labelpad=6)
    set_titles(ax, theme, surface_title(), surface_figure_note(measured))
    return ax


def _measure(
    recording: Recording,
    step: int,
    plane: Plane | None,
    reach: float,
    on_progress: OnProgress | None,
) -> Landscape:
    """Measure the cost on a grid that reaches so far from the middle of a plane."""
    if not 0 < reach < np.inf:
        message = f"reach must be above 0 and finite; got {reach}."
        raise SettingError(message)
    network = recording.network_at(step)
    if plane is None:
        plane = _plane_around(network, moment_text(recording, step))
    at = reach * np.linspace(-1, 1, _N)
    examples, _ = recorded_costs(recording, "train")
    return RecordedCost(recording, examples).on_grid(plane, at, at, on_progress=on_progress)


def _plane_around(network: Network, moment: str) -> Plane:
    """Return a plane along random directions through the network of a moment, named for errors."""
    if not np.isfinite(network.parameters).all():
        message = (
            f"the network must have finite parameters; {moment} the "
            "training had diverged. Choose an earlier step."
        )
        raise SettingError(message)
    return random_plane(network)


def _draw_surface(ax: Axes3D, measured: Landscape, theme: Theme) -> None:
    """Draw the surface of costs of which some are finite."""
    levels = contour_levels(measured.costs)
    # Matplotlib leaves out what is not a number: a hole.
    costs = refined(measured.costs, levels, pixels_per_cell=_FINER)
    x, y = (np.linspace(c[0], c[-1], _FINER * len(c)) for c in (measured.x, measured.y))
    filled = np.nan_to_num(costs, nan=float(levels[0]))
    colors = sequential_map(theme)(LogNorm(levels[0], levels[-1])(filled))
    span = float(np.ptp(filled)) or 1.0
    light = LightSource(azdeg=_LIGHT_AZIMUTH, altdeg=_LIGHT_ALTITUDE)
    shaded = light.shade_rgb(colors[..., :3], filled / span * len(x) / 2, blend_mode="soft")
    ax.plot_surface(
        *np.meshgrid(x, y), costs, facecolors=shaded, rcount=len(y), ccount=len(x), shade=False,
        linewidth=0, antialiased=False,
    )  # fmt: skip


def _quiet(ax: Axes3D, theme: Theme) -> None:
    """Let axes in three dimensions recede behind what they hold."""
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.set_pane_color((0, 0, 0, 0))
        axis.line.set_color(theme.muted)
        axis.label.set_color(theme.foreground)
        axis.set_tick_params(colors=theme.muted)
        axis._axinfo["grid"].update(color=theme.muted, linewidth=0.3)
    ax.view_init(elev=_ELEVATION, azim=_AZIMUTH)
    ax.set_box_aspect(_BOX, zoom=_ZOOM)


register_figure(
    "landscape",
    "The cost around the trained network, along two random directions.",
    size=(15.0, 7.2),
    plots=(Plot(landscape), Plot(landscape_surface, projection="3d")),
)
