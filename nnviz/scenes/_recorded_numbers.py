"""Live numbers of what was recorded at each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nnviz.core.arrays import FloatArray, IntArray
from nnviz.mobjects.readout import Readouts
from nnviz.view.themes import Theme


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """A quantity with one value at each recorded step.

    Parameters
    ----------
    name
        Name shown above the number.
    decimals
        Number of places shown after the point.
    values
        Its value at each recorded step, shape ``(n,)``.
    """

    name: str
    decimals: int
    values: FloatArray | IntArray


@dataclass(frozen=True, slots=True, eq=False)
class RecordedNumbers:
    """Quantities under each other, all at the same recorded step.

    Parameters
    ----------
    readouts
        The live numbers.
    quantities
        The quantities that they show.
    """

    readouts: Readouts
    quantities: tuple[Quantity, ...]

    @classmethod
    def of(
        cls, quantities: Sequence[Quantity], theme: Theme, *, buff: float, row: int = 0
    ) -> RecordedNumbers:
        """Show quantities at a recorded step.

        Parameters
        ----------
        quantities
            The quantities, from the top down.
        theme
            Theme that gives the colours.
        buff
            Distance between two of them, frame units.
        row
            Row of the recorded step to begin with; 0 is the first.
        """
        entries = [(each.name, each.decimals) for each in quantities]
        values = [each.values[row] for each in quantities]
        return cls(Readouts(entries, values, theme, buff=buff), tuple(quantities))

    def show_row(self, row: int) -> None:
        """Show the values of another recorded step."""
        self.readouts.set_values(*(each.values[row] for each in self.quantities))
