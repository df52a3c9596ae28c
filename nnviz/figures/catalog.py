"""The figures that the command line knows, and how a figure becomes a file."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnviz.analysis.landscape import OnProgress
from nnviz.errors import SettingError, find_named
from nnviz.figures.activations import SIZE as ACTIVATIONS_SIZE
from nnviz.figures.activations import activations
from nnviz.figures.descent_1d import descent_1d
from nnviz.figures.descent_path import descent_path, descent_residuals
from nnviz.figures.gradient_vector import gradient_sizes, gradient_vector
from nnviz.figures.landscape import landscape, landscape_surface
from nnviz.figures.learning_curves import learning_curves
from nnviz.figures.race import optimizer_race, race_costs
from nnviz.figures.slice import SIZE as SLICE_SIZE
from nnviz.figures.slice import slice_costs
from nnviz.figures.style import open_axes
from nnviz.figures.weight_images import SIZE as WEIGHTS_SIZE
from nnviz.figures.weight_images import weight_images
from nnviz.files import appearing, check_replaceable, clear_away
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
    projections
        Of each plot's axes, ``3d`` or ``None``; by default all are planes.
    """

    description: str
    size: tuple[float, float]
    plots: tuple[Callable[..., Axes], ...]
    projections: tuple[str | None, ...] = ()

    def draw(
        self,
        recording: Recording,
        *,
        theme: str | Theme = "dark",
        on_progress: OnProgress | None = None,
    ) -> Figure:
        """Draw the figure without pyplot: nothing is left open.

        Parameters
        ----------
        recording
            Of a training.
        theme
            A theme or its name.
        on_progress
            Told of what has to be measured first, by the plots that take long.

        Examples
        --------
        >>> figure = FIGURES["learning-curves"].draw(getfixture("tiny_recording"))
        >>> len(figure.axes)
        2
        """
        chosen = get_theme(theme)
        with matplotlibs_defaults():
            figure = Figure(figsize=self.size)
            axes = open_axes(figure, self.projections or [None] * len(self.plots))
            for plot, ax in zip(self.plots, axes, strict=True):
                takes_long = "on_progress" in inspect.signature(plot).parameters
                told = {"on_progress": on_progress} if takes_long else {}
                plot(recording, ax=ax, theme=chosen, **told)
        return figure


def _steps_at(rate: float) -> Callable[..., Axes]:
    """Return a plot of the teaching function, which shows no recording."""
    return lambda _recording, **look: descent_1d(learning_rate=rate, **look)


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
        "The path of the training over the cost, on the plane that best holds it; and how far off.",
        (16.0, 7.6),
        (descent_path, descent_residuals),
    ),
    "landscape": CatalogFigure(
        "The cost around the trained network, along two random directions.",
        (15.0, 7.2),
        (landscape, landscape_surface),
        (None, "3d"),
    ),
    "optimizer-race": CatalogFigure(
        "Full batch, mini-batches, momentum and Adam from one start.",
        (16.0, 7.6),
        (optimizer_race, race_costs),
    ),
    "slice": CatalogFigure(
        "The cost along the straight line from the start of the training to its end.",
        SLICE_SIZE,
        (slice_costs,),
    ),
    "gradient-vector": CatalogFigure(
        "Every entry of the first recorded gradient, and how much each matters.",
        (15.0, 5.2),
        (gradient_vector, gradient_sizes),
    ),
    "descent-1d": CatalogFigure(
        "Gradient descent on a curve, with a rate too small, right, and too large.",
        (14.0, 4.6),
        tuple(_steps_at(rate) for rate in (0.02, 0.2, 0.8)),
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


def save_figure(figure: Figure, path: str | Path, *, force: bool = False) -> Path:
    """Write a figure to a file, which appears whole or not at all.

    Parameters
    ----------
    figure
        Any matplotlib figure; the same one gives the same bytes.
    path
        Ends in ``.png``, ``.svg`` or ``.pdf``; folders that are missing are made.
    force
        Replace a file of another kind, too. A folder never is.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    SettingError
        If the file has another ending, or something is there that is not replaced.
    """
    path = Path(path)
    check_figure_file(path, force=force)
    ending = path.suffix.lower()
    path.parent.mkdir(parents=True, exist_ok=True)
    clear_away(path.parent, path.name)
    with appearing(path) as temporary, matplotlibs_defaults():
        mpl.rcParams["svg.hashsalt"] = "nnviz"
        figure.savefig(
            temporary, format=ending[1:], facecolor=figure.get_facecolor(), **_SAVING[ending]
        )
    return path


@contextmanager
def matplotlibs_defaults() -> Iterator[None]:
    """Draw as matplotlib does by itself, whatever files of settings lie around."""
    with mpl.rc_context():
        mpl.rcdefaults()
        yield


def check_figure_file(path: Path, *, force: bool = False) -> None:
    """Raise what :func:`save_figure` would raise, before there is a figure.

    Parameters
    ----------
    path, force
        See :func:`save_figure`.
    """
    if path.suffix.lower() not in _SAVING:
        message = f"figure file must end in {', '.join(_SAVING)}; got {path.name!r}."
        raise SettingError(message)
    check_replaceable(path, force=force)
