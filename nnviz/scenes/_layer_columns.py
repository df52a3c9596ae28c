"""Where the layers behind an input image stand: columns from left to right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnviz.view.layout import LayerLayout, column


def layer_columns(
    sizes: Sequence[int], first_x: float, last_x: float, *, height: float, max_spacing: float
) -> list[LayerLayout]:
    """Return a column for each layer but the input, evenly apart.

    Parameters
    ----------
    sizes
        Neurons of each layer, input first, at least two layers.
    first_x, last_x
        Where the first hidden layer and the output stand, frame units; an output without a
        hidden layer stands at the latter.
    height
        Most that a column may take, frame units.
    max_spacing
        Most between the centres of two neurons, frame units.
    """
    places = np.linspace(first_x, last_x, len(sizes) - 1) if len(sizes) > 2 else [last_x]
    return [
        column(size, float(x), height=height, max_spacing=max_spacing)
        for size, x in zip(sizes[1:], places, strict=True)
    ]
