"""The cost along the straight line from the start of a training to its end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from nnviz.analysis.landscape import RecordedCost
from nnviz.analysis.trajectory import converging_rows, recorded_costs
from nnviz.core.arrays import FloatArray
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

# Points along the line: as many as make its curve smooth.
_N = 121
# How far the line goes on beyond both ends, as a share of its length between them.
_BEYOND = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class _Curve:
    """The cost along the line on one of the recording's samples.

    Parameters
    ----------
    name
        Name of the sample in the legend.
    color, dashes
        How its line looks.
    costs
        Average cost at each point of the line, ``(n,)``.
    recorded
        Recorded cost at the start and at the end, ``(2,)``.
    """

    name: str
    color: str
    dashes: str | tuple[float, tuple[float, ...]]
    costs: FloatArray
    recorded: FloatArray


def slice_costs(
    recording: Recording, *, ax: Axes | None = None, theme: str | Theme = "dark"
) -> Axes:
    """Draw the cost along the line from a training's start through its end.

    Parameters
    ----------
    recording
        The recorded training to draw. Of one that diverged, the last moment before that is the
        end of the line.
    ax
        Axes to draw into; by default, those of a new figure.
    theme
        Colours of the figure: ``dark``, ``light`` or ``print``, or a
        :class:`nnviz.view.Theme`.

    Returns
    -------
    Axes
        The axes drawn into: share of the line along x, 0 the start and 1 the end, and costs
        along y, on the samples of training and of held-out examples. Dots are recorded costs.

    Raises
    ------
    RecordingError
        If fewer than two recorded moments have finite parameters.

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
    rows = _ends(recording)
    shares = np.linspace(-_BEYOND, 1 + _BEYOND, _N)
    curves = [_measure(recording, rows, shares, sample, theme) for sample in ("train", "test")]
    ax = themed_axes(ax, theme, SIZE)
    for curve in curves:
        _draw(ax, shares, curve)
    drawn = np.concatenate([costs for curve in curves for costs in (curve.costs, curve.recorded)])
    scale_costs(ax, drawn)
    ax.set_xlim(shares[0], shares[-1])
    ax.set_xlabel(SHARE_OF_LINE)
    ax.set_ylabel(AVERAGE_COST)
    ax.legend(**legend_style(theme))
    start, end = (np.asarray(recording.parameters[row]) for row in rows)
    length = float(np.linalg.norm(end.astype(np.float64) - start))
    n_diverged = recording.n_rows - 1 - rows[1]
    set_titles(ax, theme, slice_title(), slice_note(recording, length, n_diverged, drawn))
    return ax


def _ends(recording: Recording) -> tuple[int, int]:
    """Return the rows of the recorded moments that a line leads through."""
    n_rows = converging_rows(recording)
    if n_rows < 2:
        message = (
            f"a line needs two recorded moments with finite parameters; got {n_rows}. Record "
            "more steps, or a training that does not diverge."
        )
        raise RecordingError(message)
    return 0, n_rows - 1


def _measure(
    recording: Recording, rows: tuple[int, int], shares: FloatArray, sample: str, theme: Theme
) -> _Curve:
    """Measure the cost on the ``train`` or the ``test`` sample along a line, at shares ``(n,)``."""
    start, end = (np.asarray(recording.parameters[row]) for row in rows)
    examples, recorded = recorded_costs(recording, sample)
    is_held_out = sample == "test"
    return _Curve(
        name=SLICE_CURVES[sample],
        color=theme.accent if is_held_out else theme.foreground,
        dashes=(0, (4, 1.6)) if is_held_out else "-",
        costs=RecordedCost(recording, examples).along_line(start, end, shares),
        recorded=recorded[list(rows)],
    )


def _draw(ax: Axes, shares: FloatArray, curve: _Curve) -> None:
    """Draw the costs along a line, and the recorded ones at its ends."""
    ax.plot(
        shares,
        curve.costs,
        color=curve.color,
        linestyle=curve.dashes,
        linewidth=1.6,
        label=curve.name,
    )
    ax.plot(
        [0, 1],
        curve.recorded,
        "o",
        color=curve.color,
        markersize=6,
        label=recorded_name(curve.name),
    )


register_figure(
    "slice",
    "The cost along the straight line from the start of the training to its end.",
    size=SIZE,
    plots=(Plot(slice_costs),),
)
