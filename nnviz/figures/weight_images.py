"""What each neuron of the first layer looks for, as images of its weights."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PolyCollection
from matplotlib.colors import Normalize

from nnviz.core.arrays import FloatArray
from nnviz.figures.registry import Plot, register_figure
from nnviz.figures.style import (
    NOTE_SIZE,
    add_color_bar,
    diverging_map,
    set_titles,
    themed_axes,
)
from nnviz.recording.recording import Recording
from nnviz.view.colors import rgb, symmetric_limit
from nnviz.view.contours import clips
from nnviz.view.images import weight_image
from nnviz.view.sentences.network import (
    WEIGHT,
    neuron_name,
    weight_images_note,
    weight_images_title,
)
from nnviz.view.themes import Theme, get_theme

SIZE = (7.2, 7.6)

# Shares of an image's height: room between two images, and above each for its number.
_GAP, _HEADROOM = 0.07, 0.2
# Points; smaller numbers than this could not be read.
_SMALLEST_NUMBER = 3.5


def weight_images(
    recording: Recording,
    layer: int = 1,
    step: int = -1,
    *,
    ax: Axes | None = None,
    theme: str | Theme = "dark",
) -> Axes:
    """Draw the weights of every neuron of a layer as an image of its own.

    All images share one scale, symmetric about zero and the same at every step, so that
    drawings of two moments can be compared. Where some of the strongest half a percent of the
    layer's weights over the whole training lie beyond its ends, these are pointed. A weight
    that is not a number is a gap.

    Parameters
    ----------
    recording
        Of a training.
    layer
        A layer that looks at pixels: 1.
    step
        A recorded step, or a negative number that counts recorded moments from the end.
    ax
        Axes to draw into; by default those of a new figure.
    theme
        A theme or its name.

    Returns
    -------
    Axes
        In units of an image's pixels, y downwards.

    Raises
    ------
    RecordingError
        If the step was not recorded.
    ShapeError
        If the layer does not look at pixels.

    Examples
    --------
    >>> ax = weight_images(getfixture("tiny_recording"), step=0)
    >>> ax.get_title(loc="left")
    'Weights of layer 1 before training'
    """
    theme = get_theme(theme)
    height, width = recording.image_shape
    history = recording.weight_history(layer)
    limit = symmetric_limit(history)
    images = [
        weight_image(weights, (height, width), limit, theme)
        for weights in recording.weights(layer, step)
    ]
    gap, headroom = max(round(_GAP * height), 1), max(round(_HEADROOM * height), 2)
    n_columns = math.ceil(math.sqrt(len(images) * height / width))
    places = [
        (headroom + (height + headroom) * row, (width + gap) * column)
        for row, column in (divmod(i, n_columns) for i in range(len(images)))
    ]
    ax = themed_axes(ax, theme, SIZE)
    ax.imshow(_mosaic(images, places, theme), interpolation="nearest")
    ax.set_axis_off()
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]]) - 0.5
    frames = [corners + np.array([left, top]) for top, left in places]
    ax.add_collection(
        PolyCollection(frames, facecolors="none", edgecolors=theme.muted, linewidths=0.5),
        autolim=False,
    )
    # Room for the outermost frames, which lie on the mosaic's edge.
    right, bottom = np.max(frames, axis=(0, 1))
    ax.set(xlim=(-1, right + 0.5), ylim=(bottom + 0.5, -0.5))
    _number(ax, places, headroom, theme)
    drawn = recording.weights(layer, step)
    note = weight_images_note(recording, drawn)
    set_titles(ax, theme, weight_images_title(recording, layer, step), note)
    scale = ScalarMappable(Normalize(-limit, limit), diverging_map(theme))
    add_color_bar(ax, theme, scale, WEIGHT, extends=clips(history, -limit, limit))
    return ax


def _mosaic(images: list[FloatArray], places: list[tuple[int, int]], theme: Theme) -> FloatArray:
    height, width, _ = images[0].shape
    n_rows = max(top for top, _ in places) + height
    n_columns = max(left for _, left in places) + width
    mosaic = np.full((n_rows, n_columns, 3), rgb(theme.background))
    for image, (top, left) in zip(images, places, strict=True):
        mosaic[top : top + height, left : left + width] = image
    return mosaic


def _number(ax: Axes, places: list[tuple[int, int]], headroom: int, theme: Theme) -> None:
    # Below the size of other text where many images leave less room than that.
    low, high = ax.get_ylim()
    points_per_pixel = 72 * ax.get_window_extent().height / ax.figure.dpi / abs(high - low)
    size = min(NOTE_SIZE, 0.7 * headroom * points_per_pixel)
    if size < _SMALLEST_NUMBER:
        return
    for number, (top, left) in enumerate(places):
        ax.text(
            left - 0.5,
            top - 0.5 - 0.18 * headroom,
            neuron_name(number),
            color=theme.muted,
            fontsize=size,
            clip_on=True,
        )


register_figure(
    "weight-images",
    "What each neuron of the first layer looks for, as an image of its weights.",
    size=SIZE,
    plots=(Plot(weight_images),),
)
