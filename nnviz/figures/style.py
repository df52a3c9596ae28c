"""The look of a theme for matplotlib's axes; matplotlib's global settings stay as they are."""

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

#: Font sizes of titles, of labels of axes, and of everything less important, points.
TITLE_SIZE, LABEL_SIZE, NOTE_SIZE = 13.0, 10.0, 8.5
# From one line of a note to the next, in font sizes.
_NOTE_LEADING = 1.25
# Between a note and the axes, and half of that between a note and the title, points.
_NOTE_GAP = 6.0
# Room at the edges of a figure, inches: text does not touch them.
_PADDING = 0.14
# Left, bottom, width and height of a colour bar, as shares of the size of its axes: close beside.
_COLOR_BAR = (1.025, 0.0, 0.03, 1.0)
# Length of a colour bar's tips, as a share of the bar.
_TIP = 0.03
# Colours of a diverging map: an odd number, so that zero has an entry of its own.
_N_COLORS = 511


def open_axes(figure: Figure, projections: Sequence[str | None]) -> list[Axes]:
    """Return axes side by side that keep room for their text, and some at the edges.

    Parameters
    ----------
    figure
        Figure to add the axes to, which gets a layout engine.
    projections
        Projection of each axes: ``3d``, or ``None`` for a plane.
    """
    figure.set_layout_engine("constrained", w_pad=_PADDING, h_pad=_PADDING)
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
        Axes to colour; their figure gets the theme's background, too, as text stands on it. If
        ``None``, pyplot opens a new figure.
    theme
        Gives the colours.
    size
        Width and height of a new figure, inches.
    projection
        Projection of new axes: ``3d``, or ``None`` for a plane.
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
    """Set a title and, in smaller type between it and the axes, a note.

    Parameters
    ----------
    ax
        Axes to set them above.
    theme
        Colours of the text.
    title
        The title, one line.
    note
        The note, any number of lines.
    """
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
    """Add a colour bar on the right of the axes, as a part of them that moves along.

    Parameters
    ----------
    ax
        The axes that the colours are in.
    theme
        Colours of the text.
    mappable
        The artist, or the map from numbers to colours, that the bar explains.
    label
        Name of the quantity that the colours show.
    extends
        Whether there are values below the lower end and above the upper end of the bar: such an
        end is pointed.
    """
    bar = ax.figure.colorbar(
        mappable,
        cax=ax.inset_axes(_COLOR_BAR),
        extend=extend_of(extends),
        extendfrac=_TIP,
    )
    bar.set_label(label, color=theme.foreground, fontsize=LABEL_SIZE)
    bar.ax.tick_params(which="both", colors=theme.muted, labelsize=NOTE_SIZE)
    bar.outline.set(edgecolor=theme.muted, linewidth=0.6)
    return bar


def extend_of(extends: tuple[bool, bool]) -> Literal["neither", "min", "max", "both"]:
    """Return matplotlib's word for whether values lie below and above the ends of a scale."""
    below, above = extends
    if below and above:
        return "both"
    return "min" if below else "max" if above else "neither"


def legend_style(theme: Theme) -> dict[str, Any]:
    """Return keywords of ``Axes.legend`` that give a legend the look of a theme."""
    return {
        "labelcolor": theme.foreground,
        "facecolor": theme.background,
        "edgecolor": theme.muted,
        "fontsize": NOTE_SIZE,
        "framealpha": 0.85,
    }


def halo(theme: Theme, width: float = 2.5) -> list[AbstractPathEffect]:
    """Return a path effect that keeps text and lines legible on colours.

    Parameters
    ----------
    theme
        Gives the colour of the halo, its background.
    width
        Width of the stroke under the text or the line, points.
    """
    return [withStroke(linewidth=width, foreground=theme.background)]


def diverging_map(theme: Theme) -> ListedColormap:
    """Return the theme's colour map from -1 to 1, which has the background's colour at zero."""
    return ListedColormap(diverging(np.linspace(-1, 1, _N_COLORS), 1.0, theme))


def sequential_map(theme: Theme) -> LinearSegmentedColormap:
    """Return the theme's colour map from a low value to a high one."""
    return LinearSegmentedColormap.from_list(f"{theme.name} sequential", list(theme.sequential))
