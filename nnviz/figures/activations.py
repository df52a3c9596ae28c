"""One example on its way through the layers."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import EllipseCollection, LineCollection, PolyCollection
from matplotlib.colors import LinearSegmentedColormap, Normalize, to_rgba
from matplotlib.patches import Ellipse

from nnviz.core.arrays import FloatArray
from nnviz.errors import SettingError
from nnviz.figures.registry import Plot, register_figure
from nnviz.figures.style import LABEL_SIZE, NOTE_SIZE, set_titles, themed_axes
from nnviz.recording.recording import Recording
from nnviz.view.brightness import Brightness, layer_brightness
from nnviz.view.colors import interpolate_colors, rgb
from nnviz.view.edges import contributions, edge_opacities
from nnviz.view.images import ink_image
from nnviz.view.layout import LayerLayout, column, grid
from nnviz.view.sentences.network import (
    ACTIVATION,
    Verdict,
    activations_note,
    activations_title,
    brightness_ticks,
    column_text,
    output_classes,
    output_text,
    verdict,
)
from nnviz.view.themes import Theme, get_theme

SIZE = (8.6, 5.3)

# Frame units, as of the layouts.
_IMAGE_SIDE, _IMAGE_X = 3.6, -4.7
_FIRST_COLUMN, _LAST_COLUMN = -1.2, 4.2
_LEFT, _RIGHT, _BOTTOM, _TOP = -6.6, 6.8, -3.9, 3.45

# Columns of more neurons leave out the weakest.
_MOST_NEURONS = 40
_MOST_EDGES = 200
# Contributions spread over orders of magnitude: a gentle power keeps the weaker visible.
_EDGE_POWER = 0.8
# Points, under the columns: three lines of it have room.
_CAPTION_SIZE = 7.5


def activations(
    recording: Recording,
    example: int = 0,
    step: int = -1,
    *,
    ax: Axes | None = None,
    theme: str | Theme = "dark",
) -> Axes:
    """Draw one probe example, how active it makes every neuron, and what is predicted.

    Each layer's light has its own scale, the scene's of the feed-forward pass, which stands under
    it; see :func:`nnviz.view.brightness.layer_brightness`. What is not finite is a gap.

    Parameters
    ----------
    recording
        Of a training.
    example
        Which of ``recording.probes``.
    step
        A recorded step, or a negative number that counts recorded moments from the end.
    ax
        Axes to draw into; by default those of a new figure.
    theme
        A theme or its name.

    Returns
    -------
    Axes
        Without visible axes; neurons of layer 1 and above are one collection a layer, and
        so are the strongest contributions, weight times activation, to a layer.

    Raises
    ------
    RecordingError
        If the step was not recorded.
    SettingError
        If there is no such example.

    Examples
    --------
    >>> ax = activations(getfixture("tiny_recording"), example=3)
    >>> ax.get_title(loc="left")
    'Class 3, predicted 3: right'
    """
    theme = get_theme(theme)
    n_probes = len(recording.probes)
    if not 0 <= example < n_probes:
        message = f"example must lie in 0 to {n_probes - 1}, the recorded ones; got {example}."
        raise SettingError(message)
    layers = range(len(recording.sizes))
    values = [np.asarray(recording.activations(layer, step)[example]) for layer in layers]
    label = int(recording.probes.labels[example])
    found = verdict(values[-1], label)
    lights = layer_brightness(recording, step)
    layouts = [
        grid(recording.image_shape, (_IMAGE_X, 0), height=_IMAGE_SIDE, width=_IMAGE_SIDE),
        *_columns(values[1:], label),
    ]
    ax = themed_axes(ax, theme, SIZE)
    _draw_scale(ax, any(light.is_signed for light in lights), theme)
    _draw_image(ax, recording, example, layouts[0], theme)
    for layer in layers[1:]:
        with np.errstate(over="ignore", invalid="ignore"):
            given = contributions(recording.weights(layer, step), values[layer - 1])
        _draw_edges(ax, given, layouts[layer - 1], layouts[layer], theme)
        _draw_neurons(ax, layer, layouts[layer], values[layer], lights[layer], theme)
    _draw_outputs(ax, values[-1], layouts[-1], label, found, theme)
    ax.set_axis_off()
    ax.set_aspect("equal")
    ax.set_xlim(_LEFT, _RIGHT)
    ax.set_ylim(_BOTTOM, _TOP)
    note = activations_note(recording, values[1:], example, step, _MOST_EDGES)
    set_titles(ax, theme, activations_title(label, found), note)
    return ax


def _columns(values: list[FloatArray], label: int) -> list[LayerLayout]:
    layouts = []
    for x, activation in zip(
        np.linspace(_LAST_COLUMN, _FIRST_COLUMN, len(values))[::-1], values, strict=True
    ):
        strength = np.abs(np.nan_to_num(activation, nan=np.inf))
        if activation is values[-1] and len(activation) > 1:
            strength[label] = np.inf
        shown = np.sort(np.argsort(strength, kind="stable")[-_MOST_NEURONS:])
        layouts.append(column(len(activation), x, height=6.4, max_radius=0.17, shown=shown))
    return layouts


def _draw_image(
    ax: Axes, recording: Recording, example: int, layout: LayerLayout, theme: Theme
) -> None:
    assert layout.cell is not None
    (left, top), (right, bottom) = layout.positions[0], layout.positions[-1]
    half = layout.cell / 2
    ax.imshow(
        ink_image(recording.probes.images[example], theme),
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


def _draw_edges(
    ax: Axes, given: FloatArray, source: LayerLayout, target: LayerLayout, theme: Theme
) -> None:
    given = np.nan_to_num(given[np.ix_(target.shown, source.shown)])
    strongest = np.argsort(np.abs(given), axis=None)[-_MOST_EDGES:]  # the strongest on top
    rows, columns = np.unravel_index(strongest, given.shape)
    drawn = given[rows, columns]
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


def _draw_neurons(
    ax: Axes,
    layer: int,
    layout: LayerLayout,
    activation: FloatArray,
    light: Brightness,
    theme: Theme,
) -> None:
    diameters = np.full(len(layout.shown), 2 * layout.radius)
    shown = activation[layout.shown]
    is_finite = np.isfinite(shown)
    faces = interpolate_colors(
        (np.where(is_finite, shown, 0) / light.scale + 1) / 2, _lights(theme)
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
        ax.text(
            layout.ellipsis[0], layout.ellipsis[1], "⋮", color=theme.muted, ha="center", va="center"
        )
    ax.text(
        layout.positions[0, 0],
        -3.4,
        column_text(layer, light, layout.n_neurons, len(layout.shown)),
        color=theme.muted,
        fontsize=_CAPTION_SIZE,
        ha="center",
        va="top",
    )


def _draw_outputs(
    ax: Axes, output: FloatArray, layout: LayerLayout, label: int, found: Verdict, theme: Theme
) -> None:
    height = _TOP - _BOTTOM
    spacing = abs(float(np.diff(layout.positions[:2, 1])[0])) if len(output) > 1 else height
    points_per_unit = 72 * ax.get_window_extent().width / ax.figure.dpi / (_RIGHT - _LEFT)
    size = min(LABEL_SIZE, 0.8 * spacing * points_per_unit)
    classes = output_classes(len(output))
    for neuron, (x, y) in zip(layout.shown, layout.positions, strict=True):
        color, weight = theme.muted, "normal"
        name = classes[neuron]
        is_predicted, is_label = name == found.prediction, name == label
        if is_predicted or is_label:
            weight = "bold"
            color = theme.wrong if is_predicted and not found.is_right else theme.accent
        ax.text(
            x + 0.35,
            y,
            output_text(name, output[neuron], found, label),
            color=color,
            fontsize=size,
            fontweight=weight,
            va="center",
        )
        if is_predicted or is_label:
            ring = Ellipse((x, y), 3 * layout.radius, 3 * layout.radius, fill=False)
            ring.set(edgecolor=color, linewidth=1.8, zorder=4)
            ax.add_patch(ring)


def _draw_scale(ax: Axes, signed: bool, theme: Theme) -> None:
    lights = _lights(theme)
    colors = LinearSegmentedColormap.from_list("lights", lights if signed else lights[1:])
    mappable = ScalarMappable(Normalize(-1 if signed else 0, 1), colors)
    place = (_IMAGE_X - _IMAGE_SIDE / 2, -3.0, _IMAGE_SIDE, 0.16)
    bar = ax.figure.colorbar(
        mappable, cax=ax.inset_axes(place, transform=ax.transData), orientation="horizontal"
    )
    ticks = [-1, 0, 1] if signed else [0, 1]
    bar.set_ticks(ticks, labels=brightness_ticks(ticks))
    bar.ax.tick_params(colors=theme.muted, labelsize=NOTE_SIZE, length=0)
    bar.set_label(ACTIVATION, color=theme.muted, fontsize=NOTE_SIZE, labelpad=4)
    bar.ax.xaxis.set_label_position("top")
    bar.outline.set(edgecolor=theme.muted, linewidth=0.6)


def _lights(theme: Theme) -> tuple[str, str, str]:
    """Return the colours of an activation below, at and above zero."""
    return theme.negative, theme.background, theme.foreground


register_figure(
    "activations",
    "One example on its way through every layer of the trained network.",
    size=SIZE,
    plots=(Plot(activations),),
)
