"""Some parameters of a network in columns: their names, values and negative gradients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from manim import LEFT, RIGHT, DecimalNumber, VGroup

from nnviz.analysis.gradients import Parameter
from nnviz.mobjects.frame import at
from nnviz.mobjects.text import formula, number, stand, words
from nnviz.recording.recording import Recording
from nnviz.view.sentences.formulas import parameter_formula
from nnviz.view.sentences.gradients import GRADIENT_COLUMNS
from nnviz.view.themes import Theme

#: Left end of the names, frame units.
NAME_X = -6.75
#: Height of the last row, frame units.
BOTTOM_Y = -2.3

# Right ends of the values and of the negative gradients, and the height of the first row, frame
# units.
_VALUE_X, _CHANGE_X, _TOP_Y = -4.25, -2.45, 1.85
# From the first row up to the columns' titles, frame units.
_TITLE_RISE = 0.6
# Centre of the dots between two rows, left of the numbers' right ends, frame units.
_DOTS_INSET = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class ParameterRow:
    """One parameter's row.

    Parameters
    ----------
    parameter
        The weight or bias that the row is about.
    y
        Height of the row, frame units.
    value
        The live number of the parameter itself.
    change
        The live number of its negative gradient.
    """

    parameter: Parameter
    y: float
    value: DecimalNumber
    change: DecimalNumber


class ParameterColumns:
    """Columns of parameters of one recorded training, all at the same recorded step.

    Parameters
    ----------
    recording
        The recorded training whose numbers are shown.
    parameters
        The weights and biases to show, from the top down.
    theme
        Theme that gives the colours.
    row
        Row of the recorded step to begin with.

    Attributes
    ----------
    names, values, changes
        The three columns, each with its title.
    rows
        The rows, from the top down.
    """

    def __init__(
        self, recording: Recording, parameters: Sequence[Parameter], theme: Theme, row: int
    ) -> None:
        self._recording, self._theme = recording, theme
        self.names, self.values, self.changes = VGroup(), VGroup(), VGroup()
        self._add_titles()
        self.rows = [
            ParameterRow(
                parameter,
                float(y),
                _column_number(4, theme.foreground, _VALUE_X, float(y)),
                _column_number(5, theme.muted, _CHANGE_X, float(y)),
            )
            for parameter, y in zip(
                parameters, np.linspace(_TOP_Y, BOTTOM_Y, len(parameters)), strict=True
            )
        ]
        self.show_step(row)
        self._add_rows()
        self._add_dots()

    def show_step(self, row: int) -> None:
        """Show the parameters and their negative gradients at the recorded step of a row."""
        for each in self.rows:
            index = each.parameter.index
            change = -float(self._recording.gradients[row, index])
            each.value.set_value(float(self._recording.parameters[row, index]))
            each.change.set_value(change)
            each.change.set_color(change_hue(change, self._theme))

    def _add_titles(self) -> None:
        places = (
            (NAME_X, LEFT, self.names),
            (_VALUE_X, RIGHT, self.values),
            (_CHANGE_X, RIGHT, self.changes),
        )
        for title, (x, edge, column) in zip(GRADIENT_COLUMNS, places, strict=True):
            text = words(title, color=self._theme.muted, size=26)
            column.add(stand(text.move_to(at(x, 0), aligned_edge=edge), _TOP_Y + _TITLE_RISE))

    def _add_rows(self) -> None:
        for each in self.rows:
            code = parameter_formula(each.parameter)
            name = formula(code, color=self._theme.foreground, size=32)
            self.names.add(name.move_to(at(NAME_X, each.y), aligned_edge=LEFT))
            self.values.add(each.value)
            self.changes.add(each.change)

    def _add_dots(self) -> None:
        """Add dots between rows, for the parameters that are not shown."""
        for upper, lower in pairwise(self.rows):
            for x, column in ((_VALUE_X, self.values), (_CHANGE_X, self.changes)):
                dots = words("⋮", color=self._theme.muted, size=26)
                column.add(dots.move_to(at(x - _DOTS_INSET, (upper.y + lower.y) / 2)))


def _column_number(decimals: int, color: str, x: float, y: float) -> DecimalNumber:
    """Return a live number that keeps its right end at a place of the frame."""
    shown = number(0.0, decimals=decimals, color=color, size=32, fixed_edge=RIGHT)
    return shown.move_to(at(x, y), aligned_edge=RIGHT)


def change_hue(change: float, theme: Theme) -> str:
    """Return the colour of a negative gradient by its sign, ``#RRGGBB``."""
    if change == 0:
        return theme.muted
    return theme.positive if change > 0 else theme.negative
