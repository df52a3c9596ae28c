"""A recorded gradient, entry by entry: the sign and the magnitude of each."""

from __future__ import annotations

from collections.abc import Sequence
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

# Least magnitude that is drawn, as a share of the largest: six decades are all that can be read.
_LEAST = 1e-6
# Dashes of the layers' lines, in turn: they can be told apart without colour.
_DASHES: tuple[str | tuple[float, tuple[float, ...]], ...] = (
    "-",
    (0, (5, 1.5)),
    (0, (1.5, 1.2)),
)
# A layer's name is written over its entries if these are at least this share of all.
_NAMED_SHARE = 0.2


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
        The recorded training to draw.
    step
        Recorded step whose gradient to draw, or a negative number that counts recorded moments
        from the end: -1 is the last, and 0 the start of the training.
    ax
        Axes to draw into; by default, those of a new figure.
    theme
        Colours of the figure: ``dark``, ``light`` or ``print``, or a
        :class:`nnviz.view.Theme`.

    Returns
    -------
    Axes
        The axes drawn into: a line from zero to each entry, in the hue of its sign, with the
        number of the parameter along x.

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
    _draw_entries(ax, entries, theme)
    _mark_layers(ax, recording.sizes, theme)
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
    recording
        The recorded training to draw.
    step
        Recorded step whose gradient to draw, or a negative number that counts recorded moments
        from the end: -1 is the last, and 0 the start of the training.
    ax
        Axes to draw into; by default, those of a new figure.
    theme
        Colours of the figure: ``dark``, ``light`` or ``print``, or a
        :class:`nnviz.view.Theme`.

    Returns
    -------
    Axes
        The axes drawn into: rank along x and magnitude along y, both logarithmic. Entries that
        are exactly zero, or less than a millionth of the largest, are counted in the legend.

    Raises
    ------
    RecordingError
        If the step was not recorded, or its gradient is not finite.

    Examples
    --------
    >>> gradient_sizes(getfixture("tiny_recording")).get_ylabel()
    'magnitude'
    """
    theme = get_theme(theme)
    entries = _negative_gradient(recording, step)
    ax = themed_axes(ax, theme, SIZE)
    largest = float(np.abs(entries).max())
    layers = recording.blank_network().split(entries)
    for layer, (weights, biases) in enumerate(layers, start=1):
        magnitudes = np.sort(np.abs(np.concatenate([weights.ravel(), biases])))[::-1]
        _draw_magnitudes(ax, layer, magnitudes, _LEAST * largest, theme)
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


def _draw_entries(ax: Axes, entries: FloatArray, theme: Theme) -> None:
    """Draw a line from zero to each entry ``(n,)``, and end the axes around all."""
    number = np.arange(len(entries))
    feet, tips = (np.stack([number, y], 1) for y in (np.zeros(len(number)), entries))
    lines = np.stack([feet, tips], 1)
    ax.add_collection(LineCollection(list(lines), colors=sign_hues(entries, theme), linewidths=0.7))
    limit = 1.1 * float(np.abs(entries).max()) or 1.0
    ax.set_xlim(-0.01 * len(entries), 1.01 * len(entries))
    ax.set_ylim(-limit, 1.25 * limit)
    ax.axhline(0, color=theme.muted, linewidth=0.6)


def _mark_layers(ax: Axes, sizes: Sequence[int], theme: Theme) -> None:
    """Tell apart the parameters of the layers, given the numbers of neurons of all layers."""
    counts = [n_out * (n_in + 1) for n_in, n_out in pairwise(sizes)]
    start = 0
    for layer, count in enumerate(counts, start=1):
        if layer > 1:
            ax.axvline(start - 0.5, color=theme.muted, linewidth=0.8, linestyle=":")
        if count > _NAMED_SHARE * sum(counts):
            ax.text(
                start + count / 2, 0.95, into_layer(layer), transform=ax.get_xaxis_transform(),
                ha="center", va="top", color=theme.muted, fontsize=NOTE_SIZE,
            )  # fmt: skip
        start += count


def _draw_magnitudes(
    ax: Axes, layer: int, magnitudes: FloatArray, least: float, theme: Theme
) -> None:
    """Draw a layer's magnitudes ``(n,)``, descending, and mark where they fall below the least."""
    above_zero = magnitudes[magnitudes > 0]
    n_zero = len(magnitudes) - len(above_zero)
    n_below = int((above_zero < least).sum())
    label = layer_entries_text(layer, len(magnitudes), n_zero, n_below)
    color = theme.series[(layer - 1) % len(theme.series)]
    ax.plot(
        np.arange(1, len(above_zero) + 1),
        above_zero,
        color=color,
        linestyle=_DASHES[(layer - 1) % len(_DASHES)],
        linewidth=1.8,
        label=label,
    )
    if n_below:
        ax.plot(
            max(len(above_zero) - n_below, 1), least, marker=CARETDOWNBASE, color=color,
            linestyle="none", markersize=7, clip_on=False,
        )  # fmt: skip


def _negative_gradient(recording: Recording, step: int) -> FloatArray:
    """Return the negative gradient at a recorded step, ``(n_parameters,)``."""
    row = gradient_rows(recording, step, 1)[0]
    return -np.asarray(recording.gradients[row])


register_figure(
    "gradient-vector",
    "Every entry of the first recorded gradient, and how much each matters.",
    size=(15.0, 5.2),
    plots=(Plot(gradient_vector), Plot(gradient_sizes)),
)
