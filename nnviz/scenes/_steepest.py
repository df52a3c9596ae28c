"""The steepest direction at a point of a map, and what the gradient says beside the map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import DOWN, LEFT, PI, UP, Arrow, Typst, VGroup

from nnviz.analysis.functions.function import Function
from nnviz.analysis.functions.optimizer_runs import OptimizerRun
from nnviz.core.arrays import FloatArray
from nnviz.mobjects.frame import Points, at
from nnviz.mobjects.readout import Readouts
from nnviz.mobjects.text import formula, lines_of_words, words
from nnviz.view.sentences.formulas import function_formula
from nnviz.view.sentences.functions import GRADIENT_READOUTS, method_text, weighing_lines
from nnviz.view.themes import Theme

# Left end of the panel right of the map, its top, and the widest that its words may be, frame
# units.
_PANEL_X, _PANEL_TOP, _PANEL_WIDTH = 3.7, 2.9, 3.2
# Length of the arrows that point in all directions, and of the steepest's, frame units.
_COMPASS_LENGTH, _STEEPEST_LENGTH = 1.0, 1.5


@dataclass(frozen=True, slots=True, eq=False)
class GradientPanel:
    """What stands beside the map of a function of two variables.

    Parameters
    ----------
    formula
        The function's formula.
    readouts
        Live numbers: both parts of the gradient, and the height.
    method
        Words on the method and its number of steps.
    group
        These three, one under the other.
    """

    formula: Typst
    readouts: Readouts
    method: Typst
    group: VGroup

    @classmethod
    def of(
        cls, function: Function, run: OptimizerRun, theme: Theme, *, method: str, n_shown: int
    ) -> GradientPanel:
        """Describe a function and the start of an optimizer run down it.

        Parameters
        ----------
        function
            The function of two variables.
        run
            The optimizer run.
        theme
            Theme that gives the colours.
        method
            Name of the run's method.
        n_shown
            Number of the run's points that lie on the map, before the first that does not.
        """
        symbol = formula(function_formula(function), color=theme.muted, size=30)
        symbol.scale(min(1, _PANEL_WIDTH / symbol.width))
        entries = [(name, 2) for name in GRADIENT_READOUTS]
        readouts = Readouts(entries, (*run.gradients[0], run.values[0]), theme)
        text = method_text(method, len(run.points) - 1, n_shown - 1)
        by = words(text, color=theme.muted, size=26, max_width=_PANEL_WIDTH)
        group = VGroup(symbol, readouts, by).arrange(DOWN, aligned_edge=LEFT, buff=0.45)
        group.move_to(at(_PANEL_X, 0), aligned_edge=LEFT).set_y(_PANEL_TOP, direction=UP)
        return cls(symbol, readouts, by, group)

    def meaning(self, gradient: FloatArray, theme: Theme) -> VGroup:
        """Return words under the panel on what a gradient, shape ``(2,)``, means."""
        lines = weighing_lines(gradient)
        text = lines_of_words(lines, theme, size=26, max_width=_PANEL_WIDTH)
        return text.next_to(self.group, DOWN, aligned_edge=LEFT, buff=0.45)


def compass(place: Points, theme: Theme) -> VGroup:
    """Return arrows in eight directions from a place, shape ``(3,)``."""
    arrows = VGroup()
    for angle in np.arange(8) * PI / 4:
        direction = at(np.cos(angle), np.sin(angle))
        arrows.add(_arrow(place, _COMPASS_LENGTH * direction, theme.muted))
    return arrows


def steepest_arrow(place: Points, gradient: FloatArray, theme: Theme) -> VGroup:
    """Return an arrow in the steepest direction down, or none where it is level.

    Parameters
    ----------
    place
        Where the arrow starts, shape ``(3,)``, frame units.
    gradient
        The gradient there, shape ``(2,)``. On a map of one scale the steepest direction down
        is straight against it.
    theme
        Theme that gives the colours.
    """
    length = float(np.linalg.norm(gradient))
    if length > 0:
        down = -gradient / length
        return VGroup(_arrow(place, _STEEPEST_LENGTH * at(*down), theme.accent))
    return VGroup()


def _arrow(start: Points, offset: Points, color: str) -> Arrow:
    return Arrow(start, start + offset, buff=0.08, color=color, stroke_width=5, tip_length=0.22)
