"""Matplotlib artists of a network's layers: the image, neurons, edges and outputs.

They stand where layouts of :mod:`nnviz.view.layout` place them; axes are in frame units.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import EllipseCollection, LineCollection, PolyCollection
from matplotlib.colors import LinearSegmentedColormap, Normalize, to_rgba
from matplotlib.patches import Ellipse

from nnviz.core.arrays import FloatArray
from nnviz.figures.style import LABEL_SIZE, NOTE_SIZE
from nnviz.view.brightness import Brightness
from nnviz.view.colors import interpolate_colors, rgb
from nnviz.view.edges import edge_opacities
from nnviz.view.images import ink_image
from nnviz.view.layout import LayerLayout
from nnviz.view.sentences.network import (
    ACTIVATION,
    Verdict,
    brightness_ticks,
    column_text,
    output_classes,
    output_text,
)
from nnviz.view.themes import Theme

# Contributions spread over orders of magnitude: a power below 1 keeps the weaker visible.
_EDGE_POWER = 0.8
# Size of the captions under columns, points: three lines of it have room.
_CAPTION_SIZE = 7.5
# Lengths below are in frame units. Captions hang from here, under the longest column.
_CAPTION_Y = -3.4
# From an output neuron to its text, and diameter of the ring around it in its radii.
_OUTPUT_TEXT_DISTANCE, _OUTPUT_RING = 0.35, 3
# Height of the text of an output as a share of the room between two: the rest keeps lines apart.
_OUTPUT_TEXT_SHARE = 0.8


def draw_image(ax: Axes, pixels: FloatArray, layout: LayerLayout, theme: Theme) -> None:
    """Draw an example's image, with a frame around it.

    Parameters
    ----------
    ax
        Axes to draw into.
    pixels
        Intensity of each pixel, ``(height, width)`` in [0, 1].
    layout
        Layout of the input layer as an image.
    theme
        Colours of the ink, the paper and the frame.
    """
    assert layout.cell is not None
    (left, top), (right, bottom) = layout.positions[0], layout.positions[-1]
    half = layout.cell / 2
    ax.imshow(
        ink_image(pixels, theme),
        extent=(left - half, right + half, bottom - half, top + half),
        interpolation="nearest",
        zorder=2,
    )
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    outward = half * np.array([[-1, 1], [1, 1], [1, -1], [-1, -1]])
    frame = PolyCollection(
        [corners + outward], facecolors="none", edgecolors=theme.muted, linewidths=0.6, zorder=2
    )
    ax.add_collection(frame, autolim=False)


def draw_edges(
    ax: Axes,
    contributions: FloatArray,
    source: LayerLayout,
    target: LayerLayout,
    theme: Theme,
    *,
    n_most: int,
) -> None:
    """Draw the strongest contributions of one layer's neurons to those of the next.

    Their hue and dashes tell their sign, and their opacity tells their magnitude.

    Parameters
    ----------
    ax
        Axes to draw into.
    contributions
        Weight times activation of every edge, ``(n_target, n_source)``; what is not finite is
        not drawn.
    source, target
        Layouts of the two layers.
    theme
        Gives the hues.
    n_most
        Most edges to draw.
    """
    shown = np.nan_to_num(contributions[np.ix_(target.shown, source.shown)])
    strongest = np.argsort(np.abs(shown), axis=None)[-n_most:]  # the strongest on top
    rows, columns = np.unravel_index(strongest, shown.shape)
    drawn = shown[rows, columns]
    colors = np.where((drawn > 0)[:, None], to_rgba(theme.positive), to_rgba(theme.negative))
    colors[:, 3] = edge_opacities(drawn, power=_EDGE_POWER)
    edges = LineCollection(
        list(np.stack([source.positions[columns], target.positions[rows]], axis=1)),
        colors=colors,
        linewidths=1.3,
        linestyles=["-" if value > 0 else (0, (4, 1.5)) for value in drawn],
        zorder=1,
    )
    ax.add_collection(edges, autolim=False)


def draw_neurons(
    ax: Axes, activations: FloatArray, layout: LayerLayout, light: Brightness, theme: Theme
) -> None:
    """Draw a column of neurons, and the sign that stands for those left out.

    Parameters
    ----------
    ax
        Axes to draw into.
    activations
        Activations of all neurons of the layer, ``(n_neurons,)``; one that is not finite has the
        theme's colour of a gap.
    layout
        Layout of the layer as a column.
    light
        Scale of the layer's light.
    theme
        Colours of the neurons.
    """
    diameters = np.full(len(layout.shown), 2 * layout.radius)
    shown = activations[layout.shown]
    is_finite = np.isfinite(shown)
    faces = interpolate_colors(
        (np.where(is_finite, shown, 0) / light.scale + 1) / 2, _light_colors(theme)
    )
    faces[~is_finite] = rgb(theme.gap)
    neurons = EllipseCollection(
        diameters,
        diameters,
        np.zeros_like(diameters),
        units="xy",
        offsets=layout.positions,
        offset_transform=ax.transData,
        facecolors=faces,
        edgecolors=theme.muted,
        linewidths=0.8,
        zorder=3,
    )
    ax.add_collection(neurons, autolim=False)
    if layout.ellipsis is not None:
        x, y = layout.ellipsis
        ax.text(x, y, "⋮", color=theme.muted, ha="center", va="center")


def caption_column(
    ax: Axes, layer: int, layout: LayerLayout, light: Brightness, theme: Theme
) -> None:
    """Write under a column which layer it is, what its light means and what it leaves out."""
    ax.text(
        layout.positions[0, 0],
        _CAPTION_Y,
        column_text(layer, light, layout.n_neurons, len(layout.shown)),
        color=theme.muted,
        fontsize=_CAPTION_SIZE,
        ha="center",
        va="top",
    )


def draw_outputs(
    ax: Axes, outputs: FloatArray, layout: LayerLayout, label: int, verdict: Verdict, theme: Theme
) -> None:
    """Write what each output neuron stands for, and mark the prediction and the label.

    Parameters
    ----------
    ax
        Axes to draw into; their limits are set.
    outputs
        Activations of all output neurons, ``(n_outputs,)``.
    layout
        Layout of the output layer as a column.
    label
        Class of the example.
    verdict
        What the network predicts, and whether that is right.
    theme
        Colours of the text and the marks.
    """
    size = min(LABEL_SIZE, _OUTPUT_TEXT_SHARE * _room_for_text(ax, layout))
    classes = output_classes(len(outputs))
    for neuron, (x, y) in zip(layout.shown, layout.positions, strict=True):
        color, weight = theme.muted, "normal"
        name = classes[neuron]
        is_predicted, is_label = name == verdict.prediction, name == label
        if is_predicted or is_label:
            weight = "bold"
            color = theme.wrong if is_predicted and not verdict.is_right else theme.accent
        ax.text(
            x + _OUTPUT_TEXT_DISTANCE,
            y,
            output_text(name, outputs[neuron], verdict, label),
            color=color,
            fontsize=size,
            fontweight=weight,
            va="center",
        )
        if is_predicted or is_label:
            diameter = _OUTPUT_RING * layout.radius
            ring = Ellipse((x, y), diameter, diameter, fill=False)
            ring.set(edgecolor=color, linewidth=1.8, zorder=4)
            ax.add_patch(ring)


def draw_scale(
    ax: Axes, place: tuple[float, float, float, float], theme: Theme, *, is_signed: bool
) -> None:
    """Draw the scale of the neurons' light, from no activation to a full neuron.

    Parameters
    ----------
    ax
        Axes to draw into.
    place
        Left, bottom, width and height of the scale, in the axes' units.
    theme
        Colours of the light and the text.
    is_signed
        Whether the scale has a side for activations below zero.
    """
    lights = _light_colors(theme)
    colors = LinearSegmentedColormap.from_list("lights", lights if is_signed else lights[1:])
    mappable = ScalarMappable(Normalize(-1 if is_signed else 0, 1), colors)
    bar = ax.figure.colorbar(
        mappable, cax=ax.inset_axes(place, transform=ax.transData), orientation="horizontal"
    )
    ticks = [-1, 0, 1] if is_signed else [0, 1]
    bar.set_ticks(ticks, labels=brightness_ticks(ticks))
    bar.ax.tick_params(colors=theme.muted, labelsize=NOTE_SIZE, length=0)
    bar.set_label(ACTIVATION, color=theme.muted, fontsize=NOTE_SIZE, labelpad=4)
    bar.ax.xaxis.set_label_position("top")
    bar.outline.set(edgecolor=theme.muted, linewidth=0.6)


def _room_for_text(ax: Axes, layout: LayerLayout) -> float:
    """Return the distance between two neurons of a column, or the axes' height, in points."""
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    rows = layout.positions[:2, 1]
    spacing = abs(float(np.diff(rows)[0])) if len(rows) > 1 else top - bottom
    points_per_unit = 72 * ax.get_window_extent().width / ax.figure.dpi / (right - left)
    return spacing * points_per_unit


def _light_colors(theme: Theme) -> tuple[str, str, str]:
    """Return the colours of an activation below, at and above zero."""
    return theme.negative, theme.background, theme.foreground
