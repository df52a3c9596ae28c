"""The cost around a network, as contours and as a surface."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LightSource, LogNorm
from mpl_toolkits.mplot3d import Axes3D  # type: ignore[import-untyped]

from nnviz.analysis.descent import measure_landscape, recorded_costs
from nnviz.analysis.landscape import Landscape, OnProgress
from nnviz.analysis.planes import Plane, random_plane
from nnviz.errors import SettingError
from nnviz.figures.captions import moment_text
from nnviz.figures.cost_map import draw_costs, draw_end
from nnviz.figures.style import sequential_map, set_titles, themed_axes
from nnviz.recording.recording import Recording
from nnviz.view.contours import contour_levels, refined
from nnviz.view.notation import run_text
from nnviz.view.themes import Theme, get_theme

SIZE = (7.6, 7.6)

# Points along each axis of the grid, and of the surface between two of them.
_N, _FINER = 51, 3

# Of distances in single precision.
_ROUNDING = 1e-6


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
    if (np.abs(place) <= reach).all():
        draw_end(ax, place, theme.accent, theme.accent, theme, "the network")
    ax.set_xlabel("direction 1")
    ax.set_ylabel("direction 2")
    set_titles(ax, theme, _title(plane), _note(recording, step, plane))
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
    levels = contour_levels(found.costs)
    costs = refined(found.costs, levels, pixels_per_cell=_FINER)
    x, y = (np.linspace(c[0], c[-1], _FINER * len(c)) for c in (found.x, found.y))
    colors = sequential_map(theme)(LogNorm(levels[0], levels[-1])(costs))
    span = float(np.ptp(costs)) or 1.0
    light = LightSource(azdeg=250, altdeg=50)
    shaded = light.shade_rgb(colors[..., :3], costs / span * len(x) / 2, blend_mode="soft")
    ax.plot_surface(
        *np.meshgrid(x, y), costs, facecolors=shaded, rcount=len(y), ccount=len(x), shade=False,
        linewidth=0, antialiased=False,
    )  # fmt: skip
    _quiet(ax, theme)
    ax.set_xlabel("direction 1", labelpad=8)
    ax.set_ylabel("direction 2", labelpad=8)
    ax.set_zlabel("average cost of an example", labelpad=6)
    note = "height: the cost; colour: its logarithm"
    if not np.isfinite(found.costs).all():
        note += "\na cost beyond all numbers is cut off at the highest other"
    set_titles(ax, theme, "The same as a surface", note)
    return ax


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
    return measure_landscape(recording, examples, plane, at, at, on_progress=on_progress)


def _title(plane: Plane | None) -> str:
    return "The cost around the network" if plane is None else "The cost over a plane"


def _note(recording: Recording, step: int, plane: Plane | None) -> str:
    n = len(recording.train_sample)
    where = "two random directions, filter-normalised"
    if plane is not None:
        parameters = recording.network_at(step).parameters.astype(np.float64)
        far = float(plane.distances(parameters))
        is_in = far < _ROUNDING * (1 + float(np.linalg.norm(parameters)))
        where = f"the dot: the network, {'in' if is_in else f'{far:.2g} away from'} the plane"
    return (
        f"{run_text(recording)}, {moment_text(recording, step)}\n{where}; "
        f"average over {n:,} training examples"
    )


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
