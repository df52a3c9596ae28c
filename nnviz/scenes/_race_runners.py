"""The runners of an optimizer race: each a dot on the map and a row of a table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import DOWN, LEFT, RIGHT, DecimalNumber, Dot, VGroup

from nnviz.analysis.race import RaceResult
from nnviz.mobjects.contour_map import ContourMap
from nnviz.mobjects.frame import Points, at
from nnviz.mobjects.text import number, words
from nnviz.mobjects.trail import Trail
from nnviz.view.sentences.trainings import contender_rate_text
from nnviz.view.themes import Theme

# Right end of the costs in the table, frame units: near the frame's border.
_COSTS_X = 6.85
# Widest that the details under a name may be, frame units: they stand left of the costs.
_DETAILS_WIDTH = 2.9
# Rounding of the time on screen must not hold back what is due at that very moment, epochs.
_EPOCH_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class RaceRunner:
    """One optimizer of a race, as the map and the table show it.

    Parameters
    ----------
    result
        The optimizer's training.
    places
        Its recorded steps on the map, shape ``(n, 3)``, frame units.
    trail
        The line through its recorded steps so far.
    dot
        Where it is now.
    description
        Its name, and its settings under it.
    cost
        The live number of its cost.
    """

    result: RaceResult
    places: Points
    trail: Trail
    dot: Dot
    description: VGroup
    cost: DecimalNumber

    @classmethod
    def at_start(
        cls, result: RaceResult, surface: ContourMap, color: str, theme: Theme
    ) -> RaceRunner:
        """Place an optimizer at the start of the race.

        Parameters
        ----------
        result
            The optimizer's training.
        surface
            Map that the race is run on.
        color
            Colour of this optimizer, ``#RRGGBB``.
        theme
            Theme that gives the other colours.
        """
        places = surface.place(result.trajectory.coordinates)
        dot = Dot(places[0], radius=0.1, color=color, stroke_width=1.5)
        dot.set_stroke(theme.background)
        start_cost = float(result.trajectory.costs[0])
        cost = number(start_cost, decimals=3, color=theme.foreground, size=34, fixed_edge=RIGHT)
        name = words(result.contender.name, color=color, size=30)
        settings = contender_rate_text(result)
        details = words(settings, color=theme.muted, size=24, max_width=_DETAILS_WIDTH)
        description = VGroup(name, details).arrange(DOWN, aligned_edge=LEFT, buff=0.12)
        cost.match_y(name)
        return cls(result, places, Trail(color), dot, description, cost)

    def align_cost(self) -> None:
        """Put the right end of the cost at that of the table, where it stays."""
        self.cost.move_to(at(_COSTS_X, self.cost.get_y()), aligned_edge=RIGHT)

    def show_epoch(self, epoch: float) -> None:
        """Show the last recorded step at or before a time, in epochs since the start."""
        due = np.searchsorted(self.result.epochs, epoch + _EPOCH_TOLERANCE, side="right")
        row = max(int(due) - 1, 0)
        self.trail.go_through(self.places[: row + 1])
        self.dot.move_to(self.places[row])
        self.cost.set_value(float(self.result.trajectory.costs[row]))
