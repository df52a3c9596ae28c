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
from nnviz.mobjects.frame import at
from nnviz.mobjects.text import lines_of_words, words
from nnviz.mobjects.trail import Trail
from nnviz.scenes._maps import landscape_map
from nnviz.scenes._recorded_numbers import Quantity, RecordedNumbers
from nnviz.stage.scene import RecordingScene
from nnviz.view.sentences.paths import COST_OF_MAP, descent_heading, faithfulness
from nnviz.view.sentences.runs import costs_lines, run_lines
from nnviz.view.sentences.scales import STEP, TRUE_COST, principal_names
from nnviz.view.timeline import paced_row

# The map, frame units: it fills the frame's height under the heading, left of the panel.
_MAP_WIDTH, _MAP_HEIGHT = 8.4, 6.0
_MAP_CENTER = at(-2.25, 0.05)
_HEADING_Y = 3.55
# Left end of the panel, and the widest that its words may be, frame units.
_PANEL_X, _PANEL_WIDTH = 3.9, 2.95


class DescentPath(RecordingScene):
    """The recorded path on the real cost surface of its principal plane.

    Attributes
    ----------
    resolution
        Number of points along x at which the surface is measured, at least 2.
    seconds
        Seconds that the descent takes on screen, above 0.
    """

    resolution: int = 61
    seconds: float = 9.0

    def construct(self) -> None:
        """Play the scene."""
        self.descent: Descent = measure_descent(
            self.recording, n=self.resolution, aspect=_MAP_HEIGHT / _MAP_WIDTH
        )
        self.surface = landscape_map(
            self.descent.landscape, self.theme, center=_MAP_CENTER, height=_MAP_HEIGHT
        )
        labels = self.surface.axis_labels(*principal_names(self.descent.variance_explained))
        self.play(FadeIn(self.surface, self._title(), labels), run_time=1.2)
        self._descend()
        self.wait(2)

    def _title(self) -> Typst:
        n = self.recording.parameters.shape[1]
        text = descent_heading(n, self.descent.trajectory.costs)
        title = words(text, color=self.theme.foreground, size=34)
        return title.move_to(at(_MAP_CENTER[0], _HEADING_Y))

    def _descend(self) -> None:
        """Move a dot along the recorded path, with the numbers of each step beside it."""
        path = self.descent.trajectory
        places = self.surface.place(path.coordinates)
        trail = Trail(self.theme.accent).go_through(places[:1])
        start = Dot(places[0], radius=0.07, color=self.theme.foreground)
        head = Dot(places[0], radius=0.1, color=self.theme.accent)
        numbers = RecordedNumbers.of(
            [
                Quantity(STEP, 0, path.steps),
                Quantity(TRUE_COST, 4, path.costs),
                Quantity(COST_OF_MAP, 4, path.surface_costs),
            ],
            self.theme,
            buff=0.36,
        )
        self.play(FadeIn(start, head, self._panel(numbers)), run_time=0.8)
        self.wait(0.3)

        def advance(_moving: Mobject, alpha: float) -> None:
            row = paced_row(alpha, path.coordinates)
            trail.go_through(places[: row + 1])
            head.move_to(places[row])
            numbers.show_row(row)

        moving = Group(trail, start, head, numbers.readouts)
        self.play(UpdateFromAlphaFunc(moving, advance, rate_func=linear), run_time=self.seconds)

    def _panel(self, numbers: RecordedNumbers) -> VGroup:
        """Return the numbers, and under them what the map leaves out and what was recorded."""
        paragraphs = [
            faithfulness(self.descent),
            costs_lines(self.recording),
            run_lines(self.recording),
        ]
        texts = [lines_of_words(each, self.theme, max_width=_PANEL_WIDTH) for each in paragraphs]
        panel = VGroup(numbers.readouts, *texts).arrange(DOWN, aligned_edge=LEFT, buff=0.34)
        panel.move_to(at(_PANEL_X, 0), aligned_edge=LEFT)
        return panel.align_to(self.surface.map, UP)
