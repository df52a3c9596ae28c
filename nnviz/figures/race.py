"""Optimizers from one start: where they go, and how fast the cost falls."""

from __future__ import annotations

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
    """Draw the ways of several optimizers over the cost, from one start.

    Parameters
    ----------
    recording
        Gives the start and the examples; see :func:`nnviz.analysis.race.race`.
    epochs
        Over the examples, for each optimizer.
    ax
        Axes to draw into; by default those of a new figure.
    theme
        A theme or its name.
    on_progress
        Told of the landscape's points measured, and of how many there are.

    Returns
    -------
    Axes
        Coordinates on the plane that best holds all ways together.

    Examples
    --------
    >>> optimizer_race(getfixture("tiny_recording"), epochs=5).get_title(loc="left")
    'One start, four ways on'
    """
    theme = get_theme(theme)
    found = race_optimizers(recording, epochs=epochs, on_progress=on_progress)
    ax = themed_axes(ax, theme, SIZE)
    draw_costs(ax, found.landscape, theme)
    for i, result in enumerate(found.results):
        path = result.trajectory.coordinates
        ax.plot(
            *path.T, **_line(i, theme), path_effects=halo(theme, 3), label=contender_text(result)
        )
        ax.plot(*path[-1], **_marker(i, theme), path_effects=halo(theme, 4))
    draw_end(
        ax,
        found.results[0].trajectory.coordinates[0],
        theme.foreground,
        theme.background,
        theme,
        START,
    )
    principal_labels(ax, found.variance_explained)
    ax.legend(**legend_style(theme))
    set_titles(ax, theme, race_title(found), race_note(recording, found, epochs))
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
    """Draw the true cost of each optimizer by the work it has done.

    Parameters
    ----------
    recording, epochs, ax, theme, on_progress
        See :func:`optimizer_race`.

    Returns
    -------
    Axes
        Epochs along x, costs along y.

    Examples
    --------
    >>> race_costs(getfixture("tiny_recording"), epochs=5).get_xlabel()
    'passes over the images'
    """
    theme = get_theme(theme)
    found = race_optimizers(recording, epochs=epochs, on_progress=on_progress)
    ax = themed_axes(ax, theme, CURVES_SIZE)
    for i, result in enumerate(found.results):
        costs = result.trajectory.costs
        ax.plot(result.epochs, costs, **_line(i, theme), label=contender_text(result))
        ax.plot(result.epochs[-1], costs[-1], **_marker(i, theme), clip_on=False)
    scale_costs(ax, np.concatenate([result.trajectory.costs for result in found.results]))
    ax.set_xlim(0, epochs)
    ax.set_xlabel(EPOCHS)
    ax.set_ylabel(AVERAGE_COST)
    ax.legend(**legend_style(theme))
    set_titles(ax, theme, race_costs_title(found), race_costs_note(recording, found))
    return ax


def _line(i: int, theme: Theme) -> dict[str, Any]:
    n = len(theme.series)
    return {"color": theme.series[i % n], "linestyle": _DASHES[i % len(_DASHES)], "linewidth": 1.6}


def _marker(i: int, theme: Theme) -> dict[str, Any]:
    marker, n = _MARKERS[i % len(_MARKERS)], len(theme.series)
    return {"marker": marker, "markersize": 8, "linestyle": "none", "color": theme.series[i % n]}


register_figure(
    "optimizer-race",
    "Full batch, mini-batches, momentum and Adam from one start.",
    size=(16.0, 7.6),
    plots=(Plot(optimizer_race), Plot(race_costs)),
)
