"""The figures that the command line knows, and how a figure becomes a file."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnviz.errors import SettingError, find_named
from nnviz.figures.activations import SIZE as ACTIVATIONS_SIZE
from nnviz.figures.activations import activations
from nnviz.figures.descent_path import SIZE as DESCENT_SIZE
from nnviz.figures.descent_path import descent_path
from nnviz.figures.learning_curves import learning_curves
from nnviz.figures.style import open_axes
from nnviz.figures.weight_images import SIZE as WEIGHTS_SIZE
from nnviz.figures.weight_images import weight_images
from nnviz.recording.recording import Recording
from nnviz.view.themes import Theme, get_theme


@dataclass(frozen=True, slots=True)
class CatalogFigure:
    """A whole figure: one or more plots side by side.

    Parameters
    ----------
    description
        One line.
    size
        Width and height, inches.
    plots
        Called with a recording, ``ax`` and ``theme``.
    """

    description: str
    size: tuple[float, float]
    plots: tuple[Callable[..., Axes], ...]

    def draw(self, recording: Recording, *, theme: str | Theme = "dark") -> Figure:
        """Draw the figure without pyplot: nothing is left open.

        Examples
        --------
        >>> figure = FIGURES["learning-curves"].draw(getfixture("tiny_recording"))
        >>> len(figure.axes)
        2
        """
        chosen = get_theme(theme)
        figure = Figure(figsize=self.size)
        for plot, ax in zip(self.plots, open_axes(figure, len(self.plots)), strict=True):
            plot(recording, ax=ax, theme=chosen)
        return figure


FIGURES = {
    "weight-images": CatalogFigure(
        "What each neuron of the first layer looks for, as an image of its weights.",
        WEIGHTS_SIZE,
        (weight_images,),
    ),
    "learning-curves": CatalogFigure(
        "Cost and accuracy at every recorded step, on training and held-out examples.",
        (11.0, 4.8),
        (partial(learning_curves, quantity="costs"), learning_curves),
    ),
    "descent-path": CatalogFigure(
        "The path of the training over the cost, on the plane that best holds it.",
        DESCENT_SIZE,
        (descent_path,),
    ),
    "activations": CatalogFigure(
        "One example on its way through every layer of the trained network.",
        ACTIVATIONS_SIZE,
        (activations,),
    ),
}

# No dates: the same figure is the same file. Pixels of images in vector files are this fine.
_SAVING: dict[str, dict[str, Any]] = {
    ".png": {"dpi": 200},
    ".svg": {"dpi": 300, "metadata": {"Date": None}},
    ".pdf": {"dpi": 300, "metadata": {"CreationDate": None}},
}


def get_figure(name: str) -> CatalogFigure:
    """Return a figure by its name at the command line.

    Raises
    ------
    UnknownNameError
        If there is none of that name.
    """
    return find_named("figure", name, FIGURES)


def save_figure(figure: Figure, path: str | Path) -> Path:
    """Write a figure to a file, which appears whole or not at all.

    Parameters
    ----------
    figure
        Any matplotlib figure; the same one gives the same bytes.
    path
        Ends in ``.png``, ``.svg`` or ``.pdf``; folders that are missing are made.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    SettingError
        If the file has another ending.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in _SAVING:
        message = f"figure file must end in {', '.join(_SAVING)}; got {path.name!r}."
        raise SettingError(message)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with mpl.rc_context({"svg.hashsalt": "nnviz"}):
            figure.savefig(
                temporary, format=ending[1:], facecolor=figure.get_facecolor(), **_SAVING[ending]
            )
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return path
