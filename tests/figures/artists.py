"""What the artists of a figure hold."""

from __future__ import annotations

from matplotlib.axes import Axes
from numpy.typing import NDArray


def texts(ax: Axes) -> list[str]:
    """Return every text in the axes."""
    return [text.get_text() for text in ax.texts]


def lines_of(ax: Axes) -> dict[str, NDArray]:
    """Return the points of every line in the axes, by its label."""
    return {line.get_label(): line.get_xydata() for line in ax.lines}
