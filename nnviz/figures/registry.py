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

# Parameters of a plot that a figure gives itself.
_GIVEN = ("recording", "ax", "theme", "on_progress")


@dataclass(frozen=True, slots=True, eq=False)
class Plot:
    """One plot of a figure.

    Parameters
    ----------
    function
        Takes ``ax`` and ``theme``, and may take ``recording`` and ``on_progress``; what else it
        takes as text or numbers are options of the figure.
    fixed
        Arguments that are not left open.
    projection
        Of the axes: ``3d``, or ``None`` for a plane.
    """

    function: Callable[..., Axes]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    projection: str | None = None

    @property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        """What the function takes, by name."""
        return inspect.signature(self.function).parameters

    def options(self) -> dict[str, Option]:
        """Return what can be chosen of the plot, by name."""
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
        What it shows, in one line.
    size
        Width and height, inches.
    plots
        From left to right.
    """

    description: str
    size: tuple[float, float]
    plots: tuple[Plot, ...]

    def options(self) -> dict[str, Option]:
        """Return what can be chosen of the figure, by name."""
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

        Parameters
        ----------
        recording
            The training to show.
        theme
            A theme or its name.
        on_progress
            Told of what has to be measured first, by the plots that take long.
        **options
            Given to every plot that takes them; see :meth:`options`.

        Raises
        ------
        SettingError
            If an option is not of its kind.
        UnknownNameError
            If there is no such option.

        Examples
        --------
        >>> figure = FIGURES["learning-curves"].draw(getfixture("tiny_recording"))
        >>> len(figure.axes)
        2
        """
        known = self.options() if options else {}
        for name, value in options.items():
            options[name] = find_named("option", name, known).check(value)
        given = {"recording": recording, "theme": get_theme(theme), "on_progress": on_progress}
        given |= options
        with matplotlibs_defaults():
            figure = Figure(figsize=self.size)
            axes = open_axes(figure, [plot.projection for plot in self.plots])
            for plot, ax in zip(self.plots, axes, strict=True):
                taken = {name: given[name] for name in plot.parameters.keys() & given.keys()}
                plot.function(**{**taken, **plot.fixed, "ax": ax})
        return figure


#: Every figure by its name at the command line; each is registered where it is defined.
FIGURES: dict[str, FigureSpec] = {}


def register_figure(
    name: str, description: str, *, size: tuple[float, float], plots: tuple[Plot, ...]
) -> None:
    """Make a figure known by its name.

    Parameters
    ----------
    name
        At the command line.
    description, size, plots
        See :class:`FigureSpec`.
    """
    FIGURES[name] = FigureSpec(description, size, plots)


def get_figure(name: str) -> FigureSpec:
    """Return a figure by its name at the command line.

    Raises
    ------
    UnknownNameError
        If there is none of that name.
    """
    return find_named("figure", name, FIGURES)
