"""One example on its path through the layers of the network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from nnviz.core.arrays import FloatArray, IntArray
from nnviz.errors import SettingError
from nnviz.figures.layer_artists import (
    caption_column,
    draw_edges,
    draw_image,
    draw_neurons,
    draw_outputs,
    draw_scale,
)
from nnviz.figures.registry import Plot, register_figure
from nnviz.figures.style import set_titles, themed_axes
from nnviz.recording.recording import Recording
from nnviz.view.brightness import Brightness, layer_brightness
from nnviz.view.edges import contributions
from nnviz.view.layout import LayerLayout, column, grid
from nnviz.view.sentences.network import Verdict, activations_note, activations_title, verdict
from nnviz.view.themes import Theme, get_theme

SIZE = (8.6, 5.3)

# Lengths and places are in frame units, as in the layouts. The axes end where the text does.
_LEFT, _RIGHT, _BOTTOM, _TOP = -6.6, 6.8, -3.9, 3.45
# Longest side of the image and its middle: left of the columns.
_IMAGE_SIDE, _IMAGE_X = 3.6, -4.7
# The scale of the light stands below the image, as wide as it.
_SCALE = (_IMAGE_X - _IMAGE_SIDE / 2, -3.0, _IMAGE_SIDE, 0.16)
# Columns stand evenly between these, and captions below them.
_FIRST_COLUMN, _LAST_COLUMN = -1.2, 4.2
_COLUMN_HEIGHT, _MAX_RADIUS = 6.4, 0.17

# Neurons of a column: of more, those with the smallest activations could not be told apart.
_MOST_NEURONS = 40
# Edges into a layer: more would merge into a slab.
_MOST_EDGES = 200


@dataclass(frozen=True, slots=True, eq=False)
class _Example:
    """What the network makes of one example at a step.

    Parameters
    ----------
    pixels
        Its image, ``(height, width)`` in [0, 1].
    label
        Its class.
    activations
        Activations of each layer, ``(n_L,)``, the input layer first.
    contributions
        Weight times activation of each edge into the layers 1 to L, ``(n_L, n_{L-1})``.
    verdict
        What the network predicts, and whether that is right.
    """

    pixels: FloatArray
    label: int
    activations: list[FloatArray]
    contributions: list[FloatArray]
    verdict: Verdict


def activations(
    recording: Recording,
    example: int = 0,
    step: int = -1,
    *,
    ax: Axes | None = None,
    theme: str | Theme = "dark",
) -> Axes:
    """Draw one probe example, how active it makes every neuron, and what is predicted.

    Each layer's light has a scale of its own, the same as in the feed-forward scene, which its
    caption tells; see :func:`nnviz.view.brightness.layer_brightness`. A neuron whose activation
    is not finite has the theme's colour of a gap.

    Parameters
    ----------
    recording
        The recorded training to draw.
    example
        Number of the example among the recording's ``probes``, from 0 to one less than there
        are.
    step
        Recorded step whose network to draw, or a negative number that counts recorded moments
        from the end: -1 is the last.
    ax
        Axes to draw into; by default, those of a new figure.
    theme
        Colours of the figure: ``dark``, ``light`` or ``print``, or a
        :class:`nnviz.view.Theme`.

    Returns
    -------
    Axes
        The axes drawn into, with their lines and ticks hidden. The neurons of each layer from 1
        on are one collection, and so are the strongest contributions, weight times activation,
        to each layer.

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
    shown = _example(recording, example, step)
    lights = layer_brightness(recording, step)
    ax = themed_axes(ax, theme, SIZE)
    ax.set_axis_off()
    ax.set_aspect("equal")
    ax.set_xlim(_LEFT, _RIGHT)
    ax.set_ylim(_BOTTOM, _TOP)
    _draw_network(ax, shown, _layouts(shown), lights, theme)
    note = activations_note(recording, shown.activations[1:], example, step, _MOST_EDGES)
    set_titles(ax, theme, activations_title(shown.label, shown.verdict), note)
    return ax


def _example(recording: Recording, number: int, step: int) -> _Example:
    """Return what the network makes of an example at a step, read from the recording."""
    n_probes = len(recording.probes)
    if not 0 <= number < n_probes:
        message = f"example must lie in 0 to {n_probes - 1}, the recorded ones; got {number}."
        raise SettingError(message)
    layers = range(len(recording.sizes))
    values = [np.asarray(recording.activations(layer, step)[number]) for layer in layers]
    with np.errstate(over="ignore", invalid="ignore"):
        given = [
            contributions(recording.weights(layer, step), values[layer - 1]) for layer in layers[1:]
        ]
    probes, label = recording.probes, int(recording.probes.labels[number])
    return _Example(probes.images[number], label, values, given, verdict(values[-1], label))


def _layouts(example: _Example) -> list[LayerLayout]:
    """Return where each layer stands, the input layer first: the image, and then columns."""
    center, side = (_IMAGE_X, 0), _IMAGE_SIDE
    image = grid(example.pixels.shape, center, height=side, width=side)
    hidden_and_output = example.activations[1:]
    places = np.linspace(_LAST_COLUMN, _FIRST_COLUMN, len(hidden_and_output))[::-1]
    columns = []
    for x, values in zip(places, hidden_and_output, strict=True):
        is_output = values is hidden_and_output[-1] and len(values) > 1
        shown = _most_active(values, example.label if is_output else None)
        columns.append(
            column(len(values), x, height=_COLUMN_HEIGHT, max_radius=_MAX_RADIUS, shown=shown)
        )
    return [image, *columns]


def _most_active(activations: FloatArray, label: int | None) -> IntArray:
    """Return numbers of the neurons to show, ascending: the most active, and the label's."""
    strength = np.abs(np.nan_to_num(activations, nan=np.inf))
    if label is not None:
        strength[label] = np.inf
    return np.sort(np.argsort(strength, kind="stable")[-_MOST_NEURONS:])


def _draw_network(
    ax: Axes,
    example: _Example,
    layouts: list[LayerLayout],
    lights: list[Brightness],
    theme: Theme,
) -> None:
    """Draw the image, the neurons and edges of every layer, and the scale of the light."""
    draw_scale(ax, _SCALE, theme, is_signed=any(light.is_signed for light in lights))
    draw_image(ax, example.pixels, layouts[0], theme)
    for layer in range(1, len(layouts)):
        source, target = layouts[layer - 1], layouts[layer]
        given = example.contributions[layer - 1]
        draw_edges(ax, given, source, target, theme, n_most=_MOST_EDGES)
        draw_neurons(ax, example.activations[layer], target, lights[layer], theme)
        caption_column(ax, layer, target, lights[layer], theme)
    draw_outputs(ax, example.activations[-1], layouts[-1], example.label, example.verdict, theme)


register_figure(
    "activations",
    "One example on its way through every layer of the trained network.",
    size=SIZE,
    plots=(Plot(activations),),
)
