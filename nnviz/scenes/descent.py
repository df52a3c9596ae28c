"""All parameters descend at once; this is the plane that shows it best."""

from __future__ import annotations

from manim import (
    DOWN,
    LEFT,
    UP,
    Dot,
    FadeIn,
    Group,
    Mobject,
    Typst,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
)

from nnviz.analysis.descent import Descent, measure_descent
from nnviz.mobjects.contour_map import ContourMap
from nnviz.mobjects.frame import at
from nnviz.mobjects.readout import Readouts
from nnviz.mobjects.text import lines_of_words, words
from nnviz.mobjects.trail import Trail
from nnviz.stage.scene import RecordingScene
from nnviz.view.contours import contour_levels
from nnviz.view.sentences.common import (
    COST,
    STEP,
    TRUE_COST,
    costs_lines,
    principal_names,
    run_lines,
)
from nnviz.view.sentences.paths import COST_OF_MAP, descent_heading, faithfulness
from nnviz.view.timeline import paced_row

_MAP_WIDTH, _MAP_HEIGHT = 8.4, 6.0
_MAP_CENTER = at(-2.25, 0.05)
_PANEL_X = 3.9


class DescentPath(RecordingScene):
    """The recorded path on the real cost surface of its principal plane.

    Attributes
    ----------
    resolution
        Points of the surface along x.
    seconds
        That the descent takes.
    """

    resolution: int = 61
    seconds: float = 9.0

    def construct(self) -> None:
        """Play the scene."""
        self.descent: Descent = measure_descent(
            self.recording, n=self.resolution, aspect=_MAP_HEIGHT / _MAP_WIDTH
        )
        path = self.descent.trajectory
        surface = self.surface = self._surface()
        places = surface.place(path.coordinates)
        labels = surface.axis_labels(*principal_names(self.descent.variance_explained))
        self.play(FadeIn(surface, self._title(), labels), run_time=1.2)

        line = Trail(self.theme.accent).go_through(places[:1])
        start = Dot(places[0], radius=0.07, color=self.theme.foreground)
        head = Dot(places[0], radius=0.1, color=self.theme.accent)
        columns = (path.steps, path.costs, path.surface_costs)
        entries = [(STEP, 0), (TRUE_COST, 4), (COST_OF_MAP, 4)]
        readouts = Readouts(entries, [column[0] for column in columns], self.theme, buff=0.36)
        said = [faithfulness(self.descent), costs_lines(self.recording), run_lines(self.recording)]
        texts = [lines_of_words(lines, self.theme, max_width=2.95) for lines in said]
        panel = VGroup(readouts, *texts).arrange(DOWN, aligned_edge=LEFT, buff=0.34)
        panel.move_to(at(_PANEL_X, 0), aligned_edge=LEFT).align_to(surface.map, UP)
        self.play(FadeIn(start, head, panel), run_time=0.8)
        self.wait(0.3)

        def advance(_moving: Mobject, alpha: float) -> None:
            row = paced_row(alpha, path.coordinates)
            line.go_through(places[: row + 1])
            head.move_to(places[row])
            readouts.set_values(*(column[row] for column in columns))

        moving = Group(line, start, head, readouts)
        self.play(UpdateFromAlphaFunc(moving, advance, rate_func=linear), run_time=self.seconds)
        self.wait(2)

    def _surface(self) -> ContourMap:
        """Return the map of the cost and its scale."""
        landscape = self.descent.landscape
        levels = contour_levels(landscape.costs)
        return ContourMap(
            landscape.x,
            landscape.y,
            landscape.costs,
            levels,
            self.theme,
            center=_MAP_CENTER,
            height=_MAP_HEIGHT,
            title=COST,
        )

    def _title(self) -> Typst:
        n = self.recording.parameters.shape[1]
        text = descent_heading(n, self.descent.trajectory.costs)
        title = words(text, color=self.theme.foreground, size=34)
        return title.move_to(at(_MAP_CENTER[0], 3.55))
