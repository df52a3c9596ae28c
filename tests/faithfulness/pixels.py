"""Pixels read back from frames, and what they were painted with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tests.faithfulness.reference import Array, rgb

NOTHING, FAINT, NEUTRAL, OTHER = 0, 3, 2, 9


def sign_of(pixels: Array, theme: object) -> NDArray[np.int64]:
    """Return the sign that the hue of pixels ``(n, 3)`` stands for.

    1 and -1 for the theme's hues, ``NOTHING`` for the background, ``NEUTRAL`` for its muted
    colour, ``FAINT`` where a hue cannot be told in 256 levels, and else ``OTHER``.
    """
    ground = rgb(theme.background)
    over = pixels - ground
    strength = np.abs(over).max(axis=1)
    hues = np.array([rgb(c) - ground for c in (theme.positive, theme.negative, theme.muted)])
    hues /= np.linalg.norm(hues, axis=1, keepdims=True)
    likeness = over @ hues.T / np.maximum(np.linalg.norm(over, axis=1), 1e-9)[:, None]
    found = np.array([1, -1, NEUTRAL])[likeness.argmax(axis=1)]
    found[likeness.max(axis=1) < 0.985] = OTHER
    found[strength < 0.08] = FAINT
    found[strength < 0.012] = NOTHING
    return found


def isolated_pixels(
    edges: object, neurons: list[object], size: tuple[int, int]
) -> tuple[NDArray[np.int64], Array]:
    """Return pixels that one edge alone runs through: which edge, and where, ``(n, 2)``.

    Parameters
    ----------
    edges
        Has ``points``, starts and then ends, ``(2 n, 3)``.
    neurons
        Of all layers: where they stand, nothing can be told of an edge. Each has ``centers``,
        ``(m, 3)``, and a ``radius``; those of an image fill their cells.
    size
        Width and height of the frame, pixels.
    """
    n = len(edges.points) // 2
    starts, ends = edges.points[:n, :2], edges.points[n:, :2]
    scale = size[1] / 8
    at = np.linspace(0, 1, 300)[:, None, None]
    points = starts + at * (ends - starts)  # (m, n, 2)
    x = points[..., 0] * scale + size[0] / 2
    y = size[1] / 2 - points[..., 1] * scale
    columns, rows = np.floor(x).astype(int), np.floor(y).astype(int)
    owner = np.broadcast_to(np.arange(n), columns.shape)
    # Alone is an edge where it is the first and the last that comes near a pixel.
    first, last = np.full(size[0] * size[1], n), np.full(size[0] * size[1], -1)
    for i in (-1, 0, 1):
        for j in (-1, 0, 1):
            pixel = (rows + i) * size[0] + columns + j
            inside = (rows + i >= 0) & (rows + i < size[1])
            np.minimum.at(first, pixel[inside], owner[inside])
            np.maximum.at(last, pixel[inside], owner[inside])
    is_alone = (first == last) & ~_covered(neurons, size).ravel()
    # Of those, the ones in the very middle of their edge: not beside it, nor near a neuron.
    length = np.linalg.norm(ends - starts, axis=1) * scale
    from_end = (0.5 - np.abs(at[..., 0] - 0.5)) * length
    middle = (np.abs(y - rows - 0.5) < 0.25) & (from_end > np.maximum(0.18 * length, 6))
    here = (rows * size[0] + columns)[middle]
    kept = is_alone[here]
    found, first = np.unique(here[kept], return_index=True)
    owners = owner[middle][kept][first]
    return owners, np.stack([found // size[0], found % size[0]], axis=1)


def _covered(layers: list[object], size: tuple[int, int]) -> NDArray[np.bool_]:
    """Return the pixels that neurons stand on, ``(height, width)``."""
    covered = np.zeros((size[1], size[0]), bool)
    scale = size[1] / 8
    for neurons in layers:
        half = max(2 * neurons.radius, 0.03) * scale + 2
        for x, y in neurons.centers[:, :2]:
            column, row = x * scale + size[0] / 2, size[1] / 2 - y * scale
            rows = slice(max(int(row - half), 0), int(row + half) + 1)
            covered[rows, max(int(column - half), 0) : int(column + half) + 1] = True
    return covered
