"""A recorded gradient, entry by entry: the sign of each, and how much it matters."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.markers import CARETDOWNBASE

from nnviz.analysis.gradients import gradient_rows
from nnviz.core.arrays import FloatArray
from nnviz.figures.registry import Plot, register_figure
from nnviz.figures.style import NOTE_SIZE, legend_style, set_titles, themed_axes
from nnviz.recording.recording import Recording
from nnviz.view.colors import sign_hues
from nnviz.view.sentences.gradients import (
    GRADIENT_AXIS,
    MAGNITUDE,
    PARAMETER_AXIS,
    RANK_AXIS,
    gradient_note,
    gradient_sizes_title,
    gradient_title,
    into_layer,
    layer_entries_text,
    spread_text,
)
from nnviz.view.themes import Theme, get_theme

SIZE = (8.0, 5.0)

# Least magnitude that is drawn, as a share of the largest.
_LEAST = 1e-6


def gradient_vector(
    recording: Recording,
    step: int = 0,
    *,
    ax: Axes | None = None,
    theme: str | Theme = "dark",
) -> Axes:
    """Draw every entry of a recorded negative gradient, in the order of the parameters.

    Parameters
    ----------
    recording
        Of a training.
    step
        Recorded step.
    ax
        Axes to draw into; by default those of a new figure.
    theme
        A theme or its name.

    Returns
    -------
    Axes
        A line from zero to each entry, coloured by its sign; number of the parameter along x.

    Raises
    ------
    RecordingError
        If the step was not recorded, or its gradient is not finite.

    Examples
    --------
    >>> gradient_vector(getfixture("tiny_recording")).get_title(loc="left")
    'The negative gradient, entry by entry'
    """
    theme = get_theme(theme)
    entries = _negative_gradient(recording, step)
    ax = themed_axes(ax, theme, SIZE)
    index = np.arange(len(entries))
    ends = np.stack([np.stack([index, np.zeros(len(index))], 1), np.stack([index, entries], 1)], 1)
    lines = LineCollection(list(ends), colors=sign_hues(entries, theme), linewidths=0.7)
    ax.add_collection(lines)
    limit = 1.1 * float(np.abs(entries).max()) or 1.0
    ax.set_xlim(-0.01 * len(entries), 1.01 * len(entries))
    ax.set_ylim(-limit, 1.25 * limit)
    ax.axhline(0, color=theme.muted, linewidth=0.6)
    start, transform = 0, ax.get_xaxis_transform()
    sizes = recording.sizes
    for layer, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        end = start + n_out * (n_in + 1)
        if layer > 1:
            ax.axvline(start - 0.5, color=theme.muted, linewidth=0.8, linestyle=":")
        if (end - start) > 0.2 * len(entries):
            ax.text(
                (start + end) / 2, 0.95, into_layer(layer), transform=transform, ha="center",
                va="top", color=theme.muted, fontsize=NOTE_SIZE,
            )  # fmt: skip
        start = end
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    ax.set_xlabel(PARAMETER_AXIS)
    ax.set_ylabel(GRADIENT_AXIS)
    set_titles(ax, theme, gradient_title(), gradient_note(recording, step))
    return ax


def gradient_sizes(
    recording: Recording,
    step: int = 0,
    *,
    ax: Axes | None = None,
    theme: str | Theme = "dark",
) -> Axes:
    """Draw the magnitudes of a recorded gradient, from the largest down, by layer.

    Parameters
    ----------
    recording, step, ax, theme
        See :func:`gradient_vector`.

    Returns
    -------
    Axes
        Rank along x and magnitude along y, both logarithmic; entries that are exactly zero, or
        less than a millionth of the largest, are counted in the legend.

    Examples
    --------
    >>> gradient_sizes(getfixture("tiny_recording")).get_ylabel()
    'magnitude'
    """
    theme = get_theme(theme)
    entries = _negative_gradient(recording, step)
    ax = themed_axes(ax, theme, SIZE)
    split = recording.blank_network().split(entries)
    largest = float(np.abs(entries).max())
    for layer, (weights, biases) in enumerate(split, start=1):
        sizes = np.sort(np.abs(np.concatenate([weights.ravel(), biases])))[::-1]
        some = sizes[sizes > 0]
        n_zero = len(sizes) - len(some)
        n_below = int((some < _LEAST * largest).sum())
        label = layer_entries_text(layer, len(sizes), n_zero, n_below)
        color = theme.series[(layer - 1) % len(theme.series)]
        style = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)))[(layer - 1) % 3]
        ax.plot(
            np.arange(1, len(some) + 1), some, color=color, linestyle=style, linewidth=1.8,
            label=label,
        )  # fmt: skip
        if n_below:
            ax.plot(
                max(len(some) - n_below, 1), _LEAST * largest, marker=CARETDOWNBASE, color=color,
                linestyle="none", markersize=7, clip_on=False,
            )  # fmt: skip
    ax.set_xscale("log")
    if largest > 0:
        ax.set_yscale("log")
        ax.set_ylim(_LEAST * largest, 3 * largest)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    ax.set_xlabel(RANK_AXIS)
    ax.set_ylabel(MAGNITUDE)
    ax.legend(loc="lower left", **legend_style(theme))
    set_titles(ax, theme, gradient_sizes_title(), spread_text(entries))
    return ax


def _negative_gradient(recording: Recording, step: int) -> FloatArray:
    row = gradient_rows(recording, step, 1)[0]
    return -np.asarray(recording.gradients[row])


register_figure(
    "gradient-vector",
    "Every entry of the first recorded gradient, and how much each matters.",
    size=(15.0, 5.2),
    plots=(Plot(gradient_vector), Plot(gradient_sizes)),
)
