"""Whole figures by their names, as the command line knows them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnviz.figures.saving import matplotlibs_defaults
from nnviz.figures.style import open_axes
from nnviz.names import find_named
from nnviz.options import Option, documented, is_option_kind
from nnviz.progress import OnProgress
from nnviz.recording.recording import Recording
from nnviz.view.themes import Theme, get_theme

# Parameters of a plot that the figure gives it, and that are no options.
_GIVEN = ("recording", "ax", "theme", "on_progress")


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """One plot of a figure: a function that draws it into axes.

    Parameters
    ----------
    function
        Draws the plot and returns its axes. It takes ``ax`` and ``theme``, and may take
        ``recording`` and ``on_progress``. Its other parameters of plain types, text or numbers,
        are options of the figure, and its docstring describes them.
    fixed
        Arguments of the function that this plot always has, by name; they are no options.
    projection
        Projection of the axes: ``3d``, or ``None``, the default, for a plane.
    """

    function: Callable[..., Axes]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    projection: str | None = None

    @property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        """Parameters of the function, by name."""
        return inspect.signature(self.function).parameters

    def options(self) -> dict[str, Option]:
        """Return the options of the plot, by name."""
        hints, texts = get_type_hints(self.function), documented(self.function.__doc__)
        return {
            name: Option(name, hints[name], parameter.default, texts.get(name, ""))
            for name, parameter in self.parameters.items()
            if name not in (*_GIVEN, *self.fixed) and is_option_kind(hints[name])
        }


@dataclass(frozen=True, slots=True, eq=False)
class FigureSpec:
    """A whole figure: one or more plots side by side.

    Parameters
    ----------
    description
        What the figure shows, in one line.
    size
        Width and height of the figure, inches.
    plots
        The plots, from left to right.
    """

    description: str
    size: tuple[float, float]
    plots: tuple[Plot, ...]

    def options(self) -> dict[str, Option]:
        """Return the options of all plots of the figure, by name."""
        return {name: option for plot in self.plots for name, option in plot.options().items()}

    def draw(
        self,
        recording: Recording,
        *,
        theme: str | Theme = "dark",
        on_progress: OnProgress | None = None,
        **options: Any,
    ) -> Figure:
        """Draw the figure without pyplot: nothing is left open.

        Matplotlib's own defaults hold meanwhile, whatever settings its user has.

        Parameters
        ----------
        recording
            The recorded training to draw.
        theme
            Colours of the figure: ``dark``, ``light`` or ``print``, or a
            :class:`nnviz.view.Theme`.
        on_progress
            Called with how many points of the landscape are measured, and how many there are,
            by plots that need one.
        **options
            Options by their names, each given to every plot that has it; see :meth:`options`.

        Returns
        -------
        Figure
            The figure, to be saved by :func:`nnviz.figures.save_figure` or shown in a notebook.

        Raises
        ------
        SettingError
            If an option's value is not of its type.
        UnknownNameError
            If there is no such option.

        Examples
        --------
        >>> figure = FIGURES["learning-curves"].draw(getfixture("tiny_recording"))
        >>> len(figure.axes)
        2
        """
        given = {"recording": recording, "theme": get_theme(theme), "on_progress": on_progress}
        known = self.options() if options else {}
        for name, value in options.items():
            option = find_named("option", name, known)
            given[option.name] = option.check(value)
        with matplotlibs_defaults():
            figure = Figure(figsize=self.size)
            axes = open_axes(figure, [plot.projection for plot in self.plots])
            for plot, ax in zip(self.plots, axes, strict=True):
                names = plot.parameters.keys() & given.keys()
                arguments = {name: given[name] for name in names}
                plot.function(**{**arguments, **plot.fixed, "ax": ax})
        return figure


#: Every figure by its name at the command line; each is registered where it is defined.
FIGURES: dict[str, FigureSpec] = {}


def register_figure(
    name: str, description: str, *, size: tuple[float, float], plots: tuple[Plot, ...]
) -> None:
    """Make a figure known by its name; one of the same name is replaced.

    Parameters
    ----------
    name
        Name of the figure at the command line, in lower case with hyphens.
    description
        What the figure shows, in one line.
    size
        Width and height of the figure, inches.
    plots
        The plots, from left to right.
    """
    FIGURES[name] = FigureSpec(description, size, plots)


def get_figure(name: str) -> FigureSpec:
    """Return a figure, given its name at the command line; underscores do for hyphens.

    Raises
    ------
    UnknownNameError
        If there is no figure of that name.
    """
    return find_named("figure", name, FIGURES)
