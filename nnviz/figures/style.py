"""A theme on matplotlib's axes, with matplotlib's global settings left alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colorbar import Colorbar
from matplotlib.colors import LinearSegmentedColormap, ListedColormap
from matplotlib.figure import Figure
from matplotlib.patheffects import AbstractPathEffect, withStroke

from nnviz.view.colors import diverging
from nnviz.view.themes import Theme

# Points.
TITLE_SIZE, LABEL_SIZE, NOTE_SIZE = 13.0, 10.0, 8.5
_NOTE_LEADING = 1.25
_NOTE_GAP = 6.0

# Odd, so that zero has an entry of its own.
_N_COLORS = 511


def open_axes(figure: Figure, projections: Sequence[str | None]) -> list[Axes]:
    """Return axes side by side that keep room for their text, and some at the edges.

    Parameters
    ----------
    figure
        Takes a layout.
    projections
        Of each: ``3d``, or ``None`` for a plane.
    """
    figure.set_layout_engine("constrained", w_pad=0.14, h_pad=0.14)
    n = len(projections)
    return [
        figure.add_subplot(1, n, i, projection=projection)
        for i, projection in enumerate(projections, start=1)
    ]


def themed_axes(
    ax: Axes | None, theme: Theme, size: tuple[float, float], *, projection: str | None = None
) -> Axes:
    """Return axes in a theme's colours.

    Parameters
    ----------
    ax
        Axes to take; its figure takes the theme's background, as text stands on it. If
        ``None``, pyplot opens a figure.
    theme
        Gives the colours.
    size
        Width and height of a new figure, inches.
    projection
        Of new axes: ``3d``, or ``None`` for a plane.
    """
    if ax is None:
        from matplotlib import pyplot as plt

        ax = open_axes(plt.figure(figsize=size), [projection])[0]
    ax.figure.set_facecolor(theme.background)
    ax.set_facecolor(theme.background)
    ax.tick_params(which="both", colors=theme.muted, labelsize=NOTE_SIZE)
    for spine in ax.spines.values():
        spine.set_color(theme.muted)
    for axis in (ax.xaxis, ax.yaxis):
        axis.label.set(color=theme.foreground, fontsize=LABEL_SIZE)
    return ax


def set_titles(ax: Axes, theme: Theme, title: str, note: str) -> None:
    """Set a title and, in smaller type between it and the axes, a note of any lines."""
    height = _NOTE_LEADING * NOTE_SIZE * (note.count("\n") + 1)
    ax.set_title(
        title, loc="left", color=theme.foreground, fontsize=TITLE_SIZE, pad=height + 2 * _NOTE_GAP,
        parse_math=False,
    )  # fmt: skip
    ax.annotate(
        note,
        (0, 1),
        (0, _NOTE_GAP),
        xycoords="axes fraction",
        textcoords="offset points",
        color=theme.muted,
        fontsize=NOTE_SIZE,
        linespacing=_NOTE_LEADING,
        annotation_clip=False,
        # A data set may have any name, also one with signs of mathematics.
        parse_math=False,
    )


def add_color_bar(
    ax: Axes,
    theme: Theme,
    mappable: ScalarMappable,
    label: str,
    *,
    extends: tuple[bool, bool] = (False, False),
) -> Colorbar:
    """Stand a colour bar beside the axes, as a part of them that moves along.

    Parameters
    ----------
    ax
        The axes that the colours are in.
    theme
        Gives the colours of the text.
    mappable
        Numbers to colours.
    label
        What the numbers are.
    extends
        Whether there are values below and above its ends: these are pointed then.
    """
    bar = ax.figure.colorbar(
        mappable,
        cax=ax.inset_axes((1.025, 0.0, 0.03, 1.0)),
        extend=extend_of(extends),
        extendfrac=0.03,
    )
    bar.set_label(label, color=theme.foreground, fontsize=LABEL_SIZE)
    bar.ax.tick_params(which="both", colors=theme.muted, labelsize=NOTE_SIZE)
    bar.outline.set(edgecolor=theme.muted, linewidth=0.6)
    return bar


def extend_of(extends: tuple[bool, bool]) -> Literal["neither", "min", "max", "both"]:
    """Return matplotlib's word for a scale that goes on below, or above, its ends."""
    below, above = extends
    if below and above:
        return "both"
    return "min" if below else "max" if above else "neither"


def legend_style(theme: Theme) -> dict[str, Any]:
    """Return the look of a legend, for ``Axes.legend``."""
    return {
        "labelcolor": theme.foreground,
        "facecolor": theme.background,
        "edgecolor": theme.muted,
        "fontsize": NOTE_SIZE,
        "framealpha": 0.85,
    }


def halo(theme: Theme, width: float = 2.5) -> list[AbstractPathEffect]:
    """Return the effect that keeps text and lines legible on colour, a rim in points."""
    return [withStroke(linewidth=width, foreground=theme.background)]


def diverging_map(theme: Theme) -> ListedColormap:
    """Return the theme's map from -1 to 1, the background at zero."""
    return ListedColormap(diverging(np.linspace(-1, 1, _N_COLORS), 1.0, theme))


def sequential_map(theme: Theme) -> LinearSegmentedColormap:
    """Return the theme's map from a low to a high value."""
    return LinearSegmentedColormap.from_list(f"{theme.name} sequential", list(theme.sequential))
