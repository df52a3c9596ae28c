"""Optimizers from one start: their paths, and how fast the cost falls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from nnviz.analysis.race import race_optimizers
from nnviz.deprecation import renamed_parameter
from nnviz.figures.cost_map import draw_costs, draw_end, principal_labels
from nnviz.figures.registry import Plot, register_figure
from nnviz.figures.scales import scale_costs
from nnviz.figures.style import halo, legend_style, set_titles, themed_axes
from nnviz.progress import OnProgress
from nnviz.recording.recording import Recording
from nnviz.view.sentences.paths import START
from nnviz.view.sentences.scales import AVERAGE_COST
from nnviz.view.sentences.trainings import (
    EPOCHS,
    contender_text,
    race_costs_note,
    race_costs_title,
    race_note,
    race_title,
)
from nnviz.view.themes import Theme, get_theme

SIZE, CURVES_SIZE = (8.0, 7.6), (7.6, 5.0)

# Markers and dashes of the optimizers, in turn: they can be told apart without colour.
_MARKERS = ("o", "s", "^", "D", "v")
_DASHES: tuple[str | tuple[float, tuple[float, ...]], ...] = (
    "-",
    (0, (6, 1.5)),
    (0, (3, 1.5)),
    (0, (6, 1.5, 1, 1.5)),
    (0, (1, 1)),
)


@renamed_parameter("passes", "epochs")
def optimizer_race(
    recording: Recording,
    *,
    epochs: int = 20,
    ax: Axes | None = None,
    theme: str | Theme = "dark",
    on_progress: OnProgress | None = None,
) -> Axes:
    """Draw the paths of several optimizers over the cost, from one start.

    Parameters
    ----------
    recording
        Recording that gives the start and the examples; see
        :func:`nnviz.analysis.race.race_optimizers`.
    epochs
        Number of epochs that each optimizer trains for, at least 1.
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
        The axes drawn into, whose coordinates are those on the plane that best holds all paths
        together.

    Raises
    ------
    RecordingError
        If the paths have no plane; see :func:`nnviz.analysis.planes.principal_plane`.
    SettingError
        If the number of epochs is below 1.

    Examples
    --------
    >>> optimizer_race(getfixture("tiny_recording"), epochs=5).get_title(loc="left")
    'One start, four ways on'
    """
    theme = get_theme(theme)
    race = race_optimizers(recording, epochs=epochs, on_progress=on_progress)
    ax = themed_axes(ax, theme, SIZE)
    draw_costs(ax, race.landscape, theme)
    for i, result in enumerate(race.results):
        look, path = _look(i, theme), result.trajectory.coordinates
        ax.plot(*path.T, **look.line, path_effects=halo(theme, 3), label=contender_text(result))
        ax.plot(*path[-1], **look.marker, path_effects=halo(theme, 4))
    start = race.results[0].trajectory.coordinates[0]
    draw_end(ax, start, theme.foreground, theme.background, theme, START)
    principal_labels(ax, race.variance_explained)
    ax.legend(**legend_style(theme))
    set_titles(ax, theme, race_title(race), race_note(recording, race, epochs))
    return ax


@renamed_parameter("passes", "epochs")
def race_costs(
    recording: Recording,
    *,
    epochs: int = 20,
    ax: Axes | None = None,
    theme: str | Theme = "dark",
    on_progress: OnProgress | None = None,
) -> Axes:
    """Draw the true cost of each optimizer by the epochs that it has trained.

    Parameters
    ----------
    recording
        Recording that gives the start and the examples; see
        :func:`nnviz.analysis.race.race_optimizers`.
    epochs
        Number of epochs that each optimizer trains for, at least 1.
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
        The axes drawn into: epochs along x and costs along y, on a logarithmic scale if they
        change much.

    Raises
    ------
    RecordingError
        If the paths have no plane; see :func:`nnviz.analysis.planes.principal_plane`.
    SettingError
        If the number of epochs is below 1.

    Examples
    --------
    >>> race_costs(getfixture("tiny_recording"), epochs=5).get_xlabel()
    'passes over the images'
    """
    theme = get_theme(theme)
    race = race_optimizers(recording, epochs=epochs, on_progress=on_progress)
    ax = themed_axes(ax, theme, CURVES_SIZE)
    for i, result in enumerate(race.results):
        look, costs = _look(i, theme), result.trajectory.costs
        ax.plot(result.epochs, costs, **look.line, label=contender_text(result))
        ax.plot(result.epochs[-1], costs[-1], **look.marker, clip_on=False)
    scale_costs(ax, np.concatenate([result.trajectory.costs for result in race.results]))
    ax.set_xlim(0, epochs)
    ax.set_xlabel(EPOCHS)
    ax.set_ylabel(AVERAGE_COST)
    ax.legend(**legend_style(theme))
    set_titles(ax, theme, race_costs_title(race), race_costs_note(recording, race))
    return ax


@dataclass(frozen=True, slots=True)
class _Look:
    """How an optimizer's line and the marker at its end look, as keywords of ``Axes.plot``."""

    line: dict[str, Any]
    marker: dict[str, Any]


def _look(i: int, theme: Theme) -> _Look:
    """Return the look of an optimizer, given its number from 0."""
    color = theme.series[i % len(theme.series)]
    return _Look(
        line={"color": color, "linestyle": _DASHES[i % len(_DASHES)], "linewidth": 1.6},
        marker={
            "marker": _MARKERS[i % len(_MARKERS)],
            "markersize": 8,
            "linestyle": "none",
            "color": color,
        },
    )


register_figure(
    "optimizer-race",
    "Full batch, mini-batches, momentum and Adam from one start.",
    size=(16.0, 7.6),
    plots=(Plot(optimizer_race), Plot(race_costs)),
)
