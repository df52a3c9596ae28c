"""The weights of each neuron of the first layer as an image."""

from __future__ import annotations

import math
from dataclasses import dataclass

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
from nnviz.view.sentences.weights import (
    WEIGHT,
    neuron_name,
    weight_images_note,
    weight_images_title,
)
from nnviz.view.themes import Theme, get_theme

SIZE = (7.2, 7.6)

# Room between two images, and above each for its name, as shares of an image's height.
_GAP, _HEADROOM = 0.07, 0.2
# Smallest font size of the names, points: smaller ones could not be read.
_SMALLEST_NAME = 3.5
# Height of a name's font, and of its foot above the image, as shares of the room above the image.
_NAME_SHARE, _FOOT_SHARE = 0.7, 0.18


@dataclass(frozen=True, slots=True)
class _Mosaic:
    """Where images of one shape stand, row by row, in units of their pixels.

    Parameters
    ----------
    image_shape
        Height and width of an image.
    places
        Top and left of each image.
    headroom
        Room above each image.
    """

    image_shape: tuple[int, int]
    places: list[tuple[int, int]]
    headroom: int

    @classmethod
    def of(cls, n_images: int, image_shape: tuple[int, int]) -> _Mosaic:
        """Lay images out in about a square."""
        height, width = image_shape
        gap, headroom = max(round(_GAP * height), 1), max(round(_HEADROOM * height), 2)
        n_columns = math.ceil(math.sqrt(n_images * height / width))
        places = [
            (headroom + (height + headroom) * row, (width + gap) * column)
            for row, column in (divmod(i, n_columns) for i in range(n_images))
        ]
        return cls(image_shape, places, headroom)

    @property
    def frames(self) -> list[FloatArray]:
        """Corners of each image, ``(4, 2)`` each: x, and y downwards."""
        height, width = self.image_shape
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]]) - 0.5
        return [corners + np.array([left, top]) for top, left in self.places]

    def fill(self, images: list[FloatArray], background: FloatArray) -> FloatArray:
        """Return one image ``(rows, columns, 3)`` of all, on a background ``(3,)``."""
        height, width = self.image_shape
        n_rows = max(top for top, _ in self.places) + height
        n_columns = max(left for _, left in self.places) + width
        filled = np.full((n_rows, n_columns, 3), background)
        for image, (top, left) in zip(images, self.places, strict=True):
            filled[top : top + height, left : left + width] = image
        return filled


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
    drawings of two moments can be compared. It leaves out the largest half a percent of the
    layer's weights over the whole training: where these lie beyond an end of the scale, the end
    is pointed. A weight that is not a number has the theme's colour of a gap.

    Parameters
    ----------
    recording
        The recorded training to draw.
    layer
        Number of the layer: 1, as only the first layer looks at pixels.
    step
        Recorded step whose weights to draw, or a negative number that counts recorded moments
        from the end: -1 is the last.
    ax
        Axes to draw into; by default, those of a new figure.
    theme
        Colours of the figure: ``dark``, ``light`` or ``print``, or a
        :class:`nnviz.view.Theme`.

    Returns
    -------
    Axes
        The axes drawn into, whose units are the pixels of an image, with y downwards.

    Raises
    ------
    RecordingError
        If the step was not recorded.
    ShapeError
        If the layer is not the first.

    Examples
    --------
    >>> ax = weight_images(getfixture("tiny_recording"), step=0)
    >>> ax.get_title(loc="left")
    'Weights of layer 1 before training'
    """
    theme = get_theme(theme)
    history, weights = recording.weight_history(layer), recording.weights(layer, step)
    limit = symmetric_limit(history)
    images = [weight_image(each, recording.image_shape, limit, theme) for each in weights]
    mosaic = _Mosaic.of(len(images), recording.image_shape)
    ax = themed_axes(ax, theme, SIZE)
    ax.set_axis_off()
    ax.imshow(mosaic.fill(images, rgb(theme.background)), interpolation="nearest")
    _frame(ax, mosaic, theme)
    _name(ax, mosaic, theme)
    note = weight_images_note(recording, weights)
    set_titles(ax, theme, weight_images_title(recording, layer, step), note)
    scale = ScalarMappable(Normalize(-limit, limit), diverging_map(theme))
    add_color_bar(ax, theme, scale, WEIGHT, extends=clips(history, -limit, limit))
    return ax


def _frame(ax: Axes, mosaic: _Mosaic, theme: Theme) -> None:
    """Draw a frame around each image, and end the axes around all."""
    frames = mosaic.frames
    ax.add_collection(
        PolyCollection(frames, facecolors="none", edgecolors=theme.muted, linewidths=0.5),
        autolim=False,
    )
    # Room for the outermost frames, which lie on the mosaic's edge.
    right, bottom = np.max(frames, axis=(0, 1))
    ax.set(xlim=(-1, right + 0.5), ylim=(bottom + 0.5, -0.5))


def _name(ax: Axes, mosaic: _Mosaic, theme: Theme) -> None:
    """Write the neuron's name above each image, unless it would be too small to be read."""
    # Below the size of other text where many images leave less room than that.
    low, high = ax.get_ylim()
    points_per_pixel = 72 * ax.get_window_extent().height / ax.figure.dpi / abs(high - low)
    size = min(NOTE_SIZE, _NAME_SHARE * mosaic.headroom * points_per_pixel)
    if size < _SMALLEST_NAME:
        return
    for neuron, (top, left) in enumerate(mosaic.places):
        ax.text(
            left - 0.5,
            top - 0.5 - _FOOT_SHARE * mosaic.headroom,
            neuron_name(neuron),
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
