"""Two numbers going downhill, and then thousands: the gradient says which way is steepest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from manim import (
    DOWN,
    LEFT,
    UP,
    Dot,
    FadeIn,
    FadeOut,
    Group,
    Mobject,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
    smooth,
)

from nnviz.analysis.functions.function import Function
from nnviz.analysis.functions.named import get_function
from nnviz.analysis.functions.optimizer_runs import (
    OptimizerRun,
    run_optimizer,
    suitable_learning_rate,
)
from nnviz.analysis.race import CONTENDERS, Race, race_optimizers
from nnviz.core.arrays import FloatArray
from nnviz.core.batches import shuffled_batches
from nnviz.core.settings import TrainingSettings
from nnviz.errors import SettingError
from nnviz.mobjects.contour_map import ContourMap
from nnviz.mobjects.frame import Points, at
from nnviz.mobjects.readout import Readout
from nnviz.mobjects.text import heading, lines_of_words
from nnviz.mobjects.trail import Trail
from nnviz.scenes._batch_rows import BatchRow
from nnviz.scenes._maps import function_map, landscape_map
from nnviz.scenes._race_runners import RaceRunner
from nnviz.scenes._steepest import GradientPanel, compass, steepest_arrow
from nnviz.stage.scene import RecordingScene
from nnviz.view.sentences.functions import steepest_heading
from nnviz.view.sentences.scales import principal_names
from nnviz.view.sentences.trainings import (
    EPOCHS,
    batches_heading,
    batches_lines,
    race_heading,
    race_lines,
)

# Both maps, frame units: left of the panel, and between the heading and the axis' name.
_CENTER, _MAP_HEIGHT, _MAP_WIDTH = at(-2.35, -0.1), 5.9, 8.0
# Height of the race's map over its width.
_ASPECT = 0.72
# Left end of the race's panel, frame units: as close to the map's scale as its names allow.
_PANEL_X = 3.55
# Steps of the first path: as many as one watches one by one.
_N_STEPS = 14

# Examples of a mini-batch in the race: all its contenders that take mini-batches take these.
_BATCH = CONTENDERS[1].batch_size
# How many mini-batches are shown, one under the other.
_N_BATCHES = 4


class Descent2D(RecordingScene):
    """The steepest way down a map of two numbers; then optimizers race down the network's cost.

    Attributes
    ----------
    function
        The map: ``bowl``, ``saddle``, ``narrow``, ``four-valleys``, or in Python also a
        :class:`nnviz.analysis.functions.Function` of two variables.
    start_x, start_y
        Start of the first path, as a share of the map's width or height, from 0 (left or
        bottom) to 1 (right or top).
    method
        Method of the first path: ``gradient_descent``, ``momentum``, ``adam``, or one of
        SciPy's: ``bfgs``, ``cg``, ``l_bfgs_b``, ``newton_cg``, ``slsqp``, ``tnc``,
        ``nelder_mead`` or ``powell``.
    learning_rate
        Learning rate of the first path, above 0, or 0 for one that suits the function;
        SciPy's methods do not use it.
    epochs
        Number of epochs that each optimizer of the race trains for, at least 1.
    resolution
        Number of points along x at which the race's map is measured, at least 2.
    seconds
        Seconds that the race takes on screen, above 0.
    """

    function: str | Function = "bowl"
    start_x: float = 0.8
    start_y: float = 0.85
    method: str = "gradient_descent"
    learning_rate: float = 0.0
    epochs: int = 20
    resolution: int = 61
    seconds: float = 10.0
    renamed_options: ClassVar[Mapping[str, str]] = {"passes": "epochs"}

    def construct(self) -> None:
        """Play the scene."""
        self._descend_function()
        self._show_batches()
        self._race()

    # -- two numbers ------------------------------------------------------------------------

    def _descend_function(self) -> None:
        """Find the steepest direction at a point of a function's map, and go down from there."""
        function = get_function(self.function, 2)
        run = self._run_down(function)
        surface = function_map(
            function, self.theme, center=_CENTER, height=_MAP_HEIGHT, width=_MAP_WIDTH
        )
        places = surface.place(run.points)
        n_shown = _n_on_map(surface, places)
        title = heading(steepest_heading(run.gradients[0]), self.theme)
        panel = GradientPanel.of(function, run, self.theme, method=self.method, n_shown=n_shown)
        point = Dot(places[0], radius=0.09, color=self.theme.foreground)
        self.play(FadeIn(surface, title, panel.formula), run_time=1.0)
        self._point_downhill(point, run.gradients[0], panel)

        trail = Trail(self.theme.accent)
        self.add(trail, point)
        for step in range(n_shown):
            panel.readouts.set_values(*run.gradients[step], run.values[step])
            if step < n_shown - 1:
                self._take_step(trail, point, places[: step + 2])
        self.wait(1.0)
        self.play(FadeOut(Group(surface, title, panel.group, trail, point)), run_time=0.5)

    def _run_down(self, function: Function) -> OptimizerRun:
        """Descend a function by the start, the method and the rate that the options give."""
        lows, highs = np.array(function.domain).T
        shares = np.array([self.start_x, self.start_y])
        if not ((shares >= 0) & (shares <= 1)).all():
            message = f"options start_x and start_y must lie in 0 to 1; got {shares.tolist()}."
            raise SettingError(message)
        start = lows + shares * (highs - lows)
        rate = self.learning_rate or suitable_learning_rate(function)
        return run_optimizer(
            function, start, method=self.method, learning_rate=rate, n_steps=_N_STEPS
        )

    def _point_downhill(self, point: Dot, gradient: FloatArray, panel: GradientPanel) -> None:
        """Show arrows in all directions, then only the steepest, and what the gradient says."""
        place = point.get_center()
        directions = compass(place, self.theme)
        self.play(FadeIn(point, directions), run_time=0.6)
        self.wait(0.5)
        steepest = steepest_arrow(place, gradient, self.theme)
        appearing = FadeIn(steepest, panel.readouts, panel.method)
        self.play(FadeOut(directions), appearing, run_time=0.8)
        meaning = panel.meaning(gradient, self.theme)
        self.play(FadeIn(meaning), run_time=0.4)
        self.wait(1.6)
        self.play(FadeOut(meaning, steepest), run_time=0.3)

    def _take_step(self, trail: Trail, head: Dot, places: Points) -> None:
        """Go on from the last but one of the places to the last."""
        *before, begin, end = places

        def go(_moving: Mobject, alpha: float) -> None:
            here = begin + alpha * (end - begin)
            head.move_to(here)
            trail.go_through(np.array([*before, begin, here]))

        moving = Group(trail, head)
        self.play(UpdateFromAlphaFunc(moving, go, rate_func=smooth), run_time=0.35)

    # -- mini-batches -----------------------------------------------------------------------

    def _show_batches(self) -> None:
        """Show which images the first steps of the race learn from."""
        examples = self.recording.examples("train")
        batches = shuffled_batches(examples, _BATCH, seed=TrainingSettings().seed)
        rows = [
            BatchRow.of(
                self.recording, next(batches).indices, self.theme, place=i, batch_size=_BATCH
            )
            for i in range(_N_BATCHES)
        ]
        images = [row.images for row in rows]
        frames, names = VGroup(*(r.frame for r in rows)), VGroup(*(r.name for r in rows))
        title = heading(batches_heading(), self.theme)
        lines = batches_lines(len(examples), _BATCH)
        note = lines_of_words(lines, self.theme, size=28, max_width=12.6)
        note.move_to(at(-6.1, -3.3), aligned_edge=LEFT)
        self.play(FadeIn(title, *images), run_time=0.8)
        self.play(FadeIn(note), run_time=0.4)
        for row in rows:
            lit = row.frame.copy().set_stroke(self.theme.accent, 3)
            self.play(FadeIn(lit, row.name), run_time=0.35)
            self.play(FadeOut(lit), FadeIn(row.frame), run_time=0.2)
        self.wait(1.0)
        self.play(FadeOut(Group(title, *images, frames, names, note)), run_time=0.4)

    # -- the race ---------------------------------------------------------------------------

    def _race(self) -> None:
        """Race the optimizers over the network's own cost."""
        race: Race = race_optimizers(
            self.recording, epochs=self.epochs, n=self.resolution, aspect=_ASPECT
        )
        self.race_found = race
        surface = landscape_map(race.landscape, self.theme, center=_CENTER, height=_MAP_HEIGHT)
        self.race_map = surface
        runners = [
            RaceRunner.at_start(result, surface, color, self.theme)
            for result, color in zip(race.results, self.theme.series, strict=False)
        ]
        epochs = Readout(EPOCHS, 0, self.theme, decimals=1)
        panel = self._race_panel(epochs, runners)
        note = lines_of_words(race_lines(self.recording, race), self.theme, max_width=3.3)
        note.next_to(panel, DOWN, aligned_edge=LEFT, buff=0.35)
        for runner in runners:
            runner.align_cost()
        title = heading(race_heading(self.recording.parameters.shape[1]), self.theme)
        labels = surface.axis_labels(*principal_names(race.variance_explained))
        start = Dot(runners[0].places[0], radius=0.13, color=self.theme.foreground)
        self.play(FadeIn(surface, labels, title), run_time=1.0)
        self.play(FadeIn(panel, note, start), run_time=0.6)
        self._run_race(runners, epochs)
        self.wait(2)

    def _race_panel(self, epochs: Readout, runners: list[RaceRunner]) -> VGroup:
        """Return the table of the runners, with the time in epochs above it."""
        rows = VGroup(*(VGroup(runner.description, runner.cost) for runner in runners))
        rows.arrange(DOWN, aligned_edge=LEFT, buff=0.38)
        panel = VGroup(epochs, rows).arrange(DOWN, aligned_edge=LEFT, buff=0.5)
        return panel.move_to(at(_PANEL_X, 0), aligned_edge=LEFT).set_y(3.0, direction=UP)

    def _run_race(self, runners: list[RaceRunner], epochs: Readout) -> None:
        """Let all runners go at once, each epoch at the same time."""
        trails = Group(*(runner.trail for runner in runners))
        dots = Group(*(runner.dot for runner in runners))
        self.add(trails, dots)
        self.wait(0.4)

        def advance(_moving: Mobject, alpha: float) -> None:
            now = alpha * self.epochs
            epochs.set_value(now)
            for runner in runners:
                runner.show_epoch(now)

        moving = Group(trails, dots, epochs, *(runner.cost for runner in runners))
        self.play(UpdateFromAlphaFunc(moving, advance, rate_func=linear), run_time=self.seconds)


def _n_on_map(surface: ContourMap, places: Points) -> int:
    """Return how many places there are before the first beyond a map's border."""
    half = np.array([surface.map.width / 2, surface.map.height / 2, 1.0])
    inside = (np.abs(places - surface.map.get_center()) <= half).all(axis=1)
    return len(places) if inside.all() else int(inside.argmin())
