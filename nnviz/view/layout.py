"""Where the neurons of a layer stand.

Lengths are in frame units: a frame is 8 high and 14.2 wide.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray, IntArray

# A column that cannot show all its neurons leaves out the middle; the ellipsis that stands there
# takes as much room as this many spacings.
_ELLIPSIS_SPACINGS = 2.0
# Radius of a neuron, as a share of the distance to the next: at 0.5 they would touch.
_CROWDED_RADIUS = 0.42
# Most height of a column and radius of a neuron: a heading and a caption fit above and below.
_COLUMN_HEIGHT, _MAX_RADIUS = 6.3, 0.2


@dataclass(frozen=True, slots=True)
class LayerLayout:
    """The neurons of one layer that are shown, and where.

    One index map serves everything that is drawn: fills, edges, pulses and gradients.

    Parameters
    ----------
    n_neurons
        True size of the layer, of which fewer may be shown.
    shown
        Numbers of the neurons that are shown, ``(k,)``, ascending.
    positions
        Centres of the neurons that are shown, ``(k, 2)``.
    radius
        Radius of each neuron.
    cell
        Side of the square that a neuron has to itself where the layer is laid out as an
        image; ``None`` in a column.
    """

    n_neurons: int
    shown: IntArray
    positions: FloatArray
    radius: float
    cell: float | None = None

    @property
    def is_image(self) -> bool:
        """Whether the layer is laid out as the image it looks at."""
        return self.cell is not None

    @property
    def is_complete(self) -> bool:
        """Whether every neuron is shown."""
        return len(self.shown) == self.n_neurons

    @property
    def ellipsis(self) -> FloatArray | None:
        """Centre of the gap that stands for the neurons left out, ``(2,)``; ``None`` if none is."""
        if self.is_complete:
            return None
        half = (len(self.shown) + 1) // 2
        middle: FloatArray = self.positions[half - 1 : half + 1].mean(axis=0)
        return middle


def column(
    n_neurons: int,
    x: float,
    *,
    height: float = _COLUMN_HEIGHT,
    max_radius: float = _MAX_RADIUS,
    shown: IntArray | None = None,
    max_spacing: float | None = None,
) -> LayerLayout:
    """Stand a layer upright, centred on the horizontal axis, the first neuron on top.

    Parameters
    ----------
    n_neurons
        Size of the layer.
    x
        Where the column stands, to the right of the frame's middle.
    height
        Height that the column may take at most.
    max_radius
        Radius of a neuron at most; in a crowded column neurons are smaller.
    shown
        Numbers of the neurons to show, ascending, with a gap in the middle for the others;
        ``None`` shows all.
    max_spacing
        Distance between two centres at most; ``None`` spreads neurons over the whole height.

    Examples
    --------
    >>> column(16, 0.0).positions.shape
    (16, 2)
    >>> column(784, 0.0, shown=np.array([210, 378, 406, 490])).ellipsis
    array([0., 0.])
    """
    if shown is None:
        shown = np.arange(n_neurons)
    n_shown = len(shown)
    gap = _ELLIPSIS_SPACINGS if n_shown < n_neurons else 0.0
    spacing = height / max(n_shown + gap, 1)
    if max_spacing is not None:
        spacing = min(spacing, max_spacing)
    place = np.arange(n_shown) + gap * (np.arange(n_shown) >= (n_shown + 1) // 2)
    y = spacing * ((n_shown - 1 + gap) / 2 - place)
    positions = np.column_stack([np.full(n_shown, x), y])
    return LayerLayout(n_neurons, shown, positions, min(max_radius, _CROWDED_RADIUS * spacing))


def connections(source: LayerLayout, target: LayerLayout) -> tuple[FloatArray, FloatArray]:
    """Return where the edges between two layers start and end.

    Parameters
    ----------
    source, target
        The layer that the edges come from, and the one that they lead to.

    Returns
    -------
    tuple
        Starts and ends, each ``(n_target * n_source, 2)`` for the neurons that are shown, in the
        order of a weight matrix's entries.
    """
    starts = np.tile(source.positions, (len(target.positions), 1))
    return starts, np.repeat(target.positions, len(source.positions), axis=0)


def grid(
    image_shape: tuple[int, int], center: tuple[float, float], *, height: float, width: float
) -> LayerLayout:
    """Lay a layer out as the image it looks at, one neuron for each pixel.

    Parameters
    ----------
    image_shape
        Height and width of the image, in pixels.
    center
        Where the middle of the grid stands: x and y.
    height, width
        Height and width that the grid may take at most.

    Examples
    --------
    >>> grid((28, 28), (0, 0), height=4, width=4).positions[0]
    array([-1.92857143,  1.92857143])
    """
    rows, columns = image_shape
    spacing = min(height / rows, width / columns)
    x = center[0] + spacing * (np.arange(columns) - (columns - 1) / 2)
    y = center[1] - spacing * (np.arange(rows) - (rows - 1) / 2)
    positions = np.column_stack([np.tile(x, rows), np.repeat(y, columns)])
    n_neurons = rows * columns
    return LayerLayout(
        n_neurons, np.arange(n_neurons), positions, _CROWDED_RADIUS * spacing, spacing
    )
