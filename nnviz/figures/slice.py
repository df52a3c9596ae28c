"""The cost along the straight line from the start of a training to its end."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from nnviz.analysis.landscape import RecordedCost
from nnviz.analysis.trajectory import converging_rows, recorded_costs
from nnviz.errors import RecordingError
from nnviz.figures.registry import Plot, register_figure
from nnviz.figures.scales import scale_costs
from nnviz.figures.style import legend_style, set_titles, themed_axes
from nnviz.recording.recording import Recording
from nnviz.view.sentences.scales import AVERAGE_COST
from nnviz.view.sentences.slices import (
    SHARE_OF_LINE,
    SLICE_CURVES,
    recorded_name,
    slice_note,
    slice_title,
)
from nnviz.view.themes import Theme, get_theme

SIZE = (7.6, 5.0)

# Points along the line, and how far it goes on beyond both ends, as shares of the way.
_N, _BEYOND = 121, 0.25


def slice_costs(
    recording: Recording, *, ax: Axes | None = None, theme: str | Theme = "dark"
) -> Axes:
    """Draw the cost along the line from a training's start through its end.

    Parameters
    ----------
    recording
        Of a training; of one that diverged, the last moment before that is the end.
    ax
        Axes to draw into; by default those of a new figure.
    theme
        A theme or its name.

    Returns
    -------
    Axes
        Share of the way along x, 0 the start and 1 the end; costs along y, on the samples
        of training and of held-out examples, with the recorded costs at the ends as dots.

    Raises
    ------
    RecordingError
        If fewer than two moments have finite parameters.

    Source
    ------
    Goodfellow et al., *Qualitatively characterizing neural network optimization problems*
    (2015).

    Examples
    --------
    >>> slice_costs(getfixture("tiny_recording")).get_title(loc="left")
    'Straight from the start to the end'
    """
    theme = get_theme(theme)
    n_rows = converging_rows(recording)
    if n_rows < 2:
        message = (
            f"a line needs two recorded moments with finite parameters; got {n_rows}. Record "
            "more steps, or a training that does not diverge."
        )
        raise RecordingError(message)
    start, end = (np.asarray(recording.parameters[row]) for row in (0, n_rows - 1))
    at = np.linspace(-_BEYOND, 1 + _BEYOND, _N)
    ax = themed_axes(ax, theme, SIZE)
    drawn = []
    for sample, name, color, dashes in (
        ("train", SLICE_CURVES["train"], theme.foreground, "-"),
        ("test", SLICE_CURVES["test"], theme.accent, (0, (4, 1.6))),
    ):
        examples, recorded = recorded_costs(recording, sample)
        costs = RecordedCost(recording, examples).along_line(start, end, at)
        ax.plot(at, costs, color=color, linestyle=dashes, linewidth=1.6, label=name)
        ends = recorded[[0, n_rows - 1]]
        ax.plot([0, 1], ends, "o", color=color, markersize=6, label=recorded_name(name))
        drawn += [costs, ends]
    scale_costs(ax, np.concatenate(drawn))
    ax.set_xlim(at[0], at[-1])
    ax.set_xlabel(SHARE_OF_LINE)
    ax.set_ylabel(AVERAGE_COST)
    ax.legend(**legend_style(theme))
    length = float(np.linalg.norm(end.astype(np.float64) - start))
    note = slice_note(recording, length, recording.n_rows - n_rows, np.concatenate(drawn))
    set_titles(ax, theme, slice_title(), note)
    return ax


register_figure(
    "slice",
    "The cost along the straight line from the start of the training to its end.",
    size=SIZE,
    plots=(Plot(slice_costs),),
)
