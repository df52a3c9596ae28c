"""Two numbers going downhill, and then thousands: the gradient says which way is steepest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from manim import (
    DOWN,
    LEFT,
    PI,
    RIGHT,
    UP,
    Arrow,
    Dot,
    FadeIn,
    FadeOut,
    Group,
    Mobject,
    Rectangle,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
    smooth,
)

from nnviz.analysis.functions.function import Function
from nnviz.analysis.functions.named import get_function
from nnviz.analysis.functions.optimizer_runs import run_optimizer, suitable_learning_rate
from nnviz.analysis.race import CONTENDERS, Race, race_optimizers
from nnviz.core.arrays import FloatArray, IntArray
from nnviz.core.batches import shuffled_batches
from nnviz.core.training import TrainingSettings
from nnviz.errors import SettingError
from nnviz.mobjects.contour_map import ContourMap
from nnviz.mobjects.frame import Points, at
from nnviz.mobjects.image import ImageRaster
from nnviz.mobjects.readout import Readout, Readouts
from nnviz.mobjects.text import formula, heading, lines_of_words, number, words
from nnviz.mobjects.trail import Trail
from nnviz.stage.scene import RecordingScene
from nnviz.view.contours import contour_levels, value_levels
from nnviz.view.images import ink_image
from nnviz.view.sentences.common import COST, principal_names
from nnviz.view.sentences.formulas import function_formula
from nnviz.view.sentences.functions import (
    GRADIENT_READOUTS,
    HEIGHT,
    method_text,
    steepest_heading,
    weighing_lines,
)
from nnviz.view.sentences.trainings import (
    EPOCHS,
    batches_heading,
    batches_lines,
    contender_rate_text,
    race_heading,
    race_lines,
    step_name,
)

_CENTER, _HEIGHT, _ASPECT = at(-2.35, -0.1), 5.9, 0.72
_PANEL_X, _COSTS_X = 3.7, 6.85
_COMPASS, _LONGEST = 1.0, 1.5
_GRID_POINTS, _N_STEPS = 120, 14

# The mini-batches of the race, how many are shown, and the most that one takes.
_BATCH, _N_BATCHES, _STRIP = CONTENDERS[1].batch_size, 4, (9.8, 1.2)


class Descent2D(RecordingScene):
    """The steepest way down a map of two numbers; then optimizers race down the network's cost.

    Attributes
    ----------
    function
        ``bowl``, ``saddle``, ``narrow``, ``four-valleys``, or a
        :class:`nnviz.analysis.functions.Function` of two variables.
    start_x, start_y
        Where the first path starts, as shares of the map's width and height, 0 to 1.
    method
        Of the first path: ``gradient_descent``, ``momentum``, ``adam``, or a method of
        SciPy's ``minimize``, such as ``bfgs`` or ``newton_cg``.
    learning_rate
        Of the first path, or 0 for one that suits the function.
    epochs
        Over the training examples, for each optimizer of the race.
    resolution
        Points of the race's map along x.
    seconds
        That the race takes.
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
        self._steepest()
        self._mini_batches()
        self._race()

    # -- two numbers ------------------------------------------------------------------------

    def _steepest(self) -> None:
        subject = get_function(self.function, 2)
        lows, highs = np.array(subject.domain).T
        shares = np.array([self.start_x, self.start_y])
        if not ((shares >= 0) & (shares <= 1)).all():
            message = f"options start_x and start_y must lie in 0 to 1; got {shares.tolist()}."
            raise SettingError(message)
        start = lows + shares * (highs - lows)
        rate = self.learning_rate or suitable_learning_rate(subject)
        way = run_optimizer(
            subject, start, method=self.method, learning_rate=rate, n_steps=_N_STEPS
        )
        title = heading(steepest_heading(way.gradients[0]), self.theme)
        chart = self._function_map(subject)
        place = chart.place(start[None])[0]
        point = Dot(place, radius=0.09, color=self.theme.foreground)
        compass = VGroup(
            *(
                self._arrow(place, _COMPASS * at(np.cos(angle), np.sin(angle)), self.theme.muted)
                for angle in np.arange(8) * PI / 4
            )
        )
        gradient = way.gradients[0]
        symbol = formula(function_formula(subject), color=self.theme.muted, size=30)
        symbol.scale(min(1, 3.2 / symbol.width))
        entries = [(name, 2) for name in GRADIENT_READOUTS]
        readouts = Readouts(entries, (*gradient, way.values[0]), self.theme)
        places = chart.place(way.points)
        inside = (np.abs(places - chart.map.get_center()) <= _half(chart)).all(axis=1)
        n = len(places) if inside.all() else int(inside.argmin())
        text = method_text(self.method, len(way.points) - 1, n - 1)
        by = words(text, color=self.theme.muted, size=26, max_width=3.2)
        panel = VGroup(symbol, readouts, by).arrange(DOWN, aligned_edge=LEFT, buff=0.45)
        panel.move_to(at(_PANEL_X, 0), aligned_edge=LEFT).set_y(2.9, direction=UP)
        self.play(FadeIn(chart, title, symbol), run_time=1.0)
        self.play(FadeIn(point, compass), run_time=0.6)
        self.wait(0.5)
        # On a map of one scale the steepest way down is straight against the gradient.
        length = float(np.linalg.norm(gradient))
        steepest = VGroup()
        if length > 0:
            down = -gradient / length
            steepest.add(self._arrow(place, _LONGEST * at(*down), self.theme.accent))
        self.play(FadeOut(compass), FadeIn(steepest, readouts, by), run_time=0.8)
        said = lines_of_words(weighing_lines(gradient), self.theme, size=26, max_width=3.2)
        said.next_to(panel, DOWN, aligned_edge=LEFT, buff=0.45)
        self.play(FadeIn(said), run_time=0.4)
        self.wait(1.6)
        self.play(FadeOut(said, steepest), run_time=0.3)

        trail = Trail(self.theme.accent)
        self.add(trail, point)
        for step in range(n):
            readouts.set_values(*way.gradients[step], way.values[step])
            if step < n - 1:
                self._take_step(trail, point, places[: step + 2])
        self.wait(1.0)
        self.play(FadeOut(Group(chart, title, panel, trail, point)), run_time=0.5)

    def _take_step(self, trail: Trail, head: Dot, places: Points) -> None:
        """Go on from the last but one of the places to the last."""
        *before, begin, end = places

        def go(_moving: Mobject, alpha: float) -> None:
            here = begin + alpha * (end - begin)
            head.move_to(here)
            trail.go_through(np.array([*before, begin, here]))

        moving = Group(trail, head)
        self.play(UpdateFromAlphaFunc(moving, go, rate_func=smooth), run_time=0.35)

    def _function_map(self, subject: Function) -> ContourMap:
        (x0, x1), (y0, y1) = subject.domain
        n_y = max(round(_GRID_POINTS * (y1 - y0) / (x1 - x0)), 2)
        x, y = np.linspace(x0, x1, _GRID_POINTS), np.linspace(y0, y1, n_y)
        heights = subject.value(np.stack(np.meshgrid(x, y), axis=-1))
        return ContourMap(
            x,
            y,
            heights,
            value_levels(heights),
            self.theme,
            center=_CENTER,
            height=min(_HEIGHT, 8.0 * (y1 - y0) / (x1 - x0)),
            title=HEIGHT,
        )

    # -- mini-batches -----------------------------------------------------------------------

    def _mini_batches(self) -> None:
        """Show which images the first steps of the race learn from."""
        recording = self.recording
        examples = recording.examples("train")
        title = heading(batches_heading(), self.theme)
        batches = shuffled_batches(examples, _BATCH, seed=TrainingSettings().seed)
        strips, frames, texts = [], VGroup(), VGroup()
        for i in range(_N_BATCHES):
            strip = self._strip(next(batches).indices).move_to(at(-1.0, 2.1 - 1.35 * i))
            frame = Rectangle(width=strip.width + 0.16, height=strip.height + 0.12)
            frames.add(frame.set_stroke(self.theme.muted, 1.5).move_to(strip))
            text = words(step_name(i + 1), color=self.theme.foreground, size=30)
            texts.add(text.next_to(frame, RIGHT, buff=0.35))
            strips.append(strip)
        lines = batches_lines(len(examples), _BATCH)
        note = lines_of_words(lines, self.theme, size=28, max_width=12.6)
        note.move_to(at(-6.1, -3.3), aligned_edge=LEFT)
        self.play(FadeIn(title, *strips), run_time=0.8)
        self.play(FadeIn(note), run_time=0.4)
        for border, said in zip(frames, texts, strict=True):
            lit = border.copy().set_stroke(self.theme.accent, 3)
            self.play(FadeIn(lit, said), run_time=0.35)
            self.play(FadeOut(lit), FadeIn(border), run_time=0.2)
        self.wait(1.0)
        self.play(FadeOut(Group(title, *strips, frames, texts, note)), run_time=0.4)

    def _strip(self, indices: IntArray) -> ImageRaster:
        """Return images of the training sample in two rows."""
        sample = self.recording.train_sample
        n_columns = _BATCH // 2
        blank = np.zeros_like(sample.images[0])
        shown = [sample.images[i] for i in indices] + [blank] * (_BATCH - len(indices))
        images = [ink_image(image, self.theme) for image in shown]
        rows = [np.concatenate(images[k : k + n_columns], axis=1) for k in (0, n_columns)]
        picture = np.concatenate(rows)
        height = min(_STRIP[1], _STRIP[0] * len(picture) / picture.shape[1])
        return ImageRaster(picture, height=height)

    # -- the race ---------------------------------------------------------------------------

    def _race(self) -> None:
        found = race_optimizers(
            self.recording, epochs=self.epochs, n=self.resolution, aspect=_ASPECT
        )
        self.race_found: Race = found
        land = found.landscape
        chart = ContourMap(
            land.x,
            land.y,
            land.costs,
            contour_levels(land.costs),
            self.theme,
            center=_CENTER,
            height=_HEIGHT,
            title=COST,
        )
        self.race_map = chart
        n = self.recording.parameters.shape[1]
        title = heading(race_heading(n), self.theme)
        labels = chart.axis_labels(*principal_names(found.variance_explained))
        runners, rows = [], VGroup()
        for result, color in zip(found.results, self.theme.series, strict=False):
            places = chart.place(result.trajectory.coordinates)
            dot = Dot(places[0], radius=0.1, color=color, stroke_width=1.5)
            dot.set_stroke(self.theme.background)
            cost = number(
                float(result.trajectory.costs[0]), decimals=3, color=self.theme.foreground, size=34
            )
            name = words(result.contender.name, color=color, size=30)
            details = words(
                contender_rate_text(result), color=self.theme.muted, size=24, max_width=2.9
            )
            left = VGroup(name, details).arrange(DOWN, aligned_edge=LEFT, buff=0.12)
            cost.match_y(name)
            rows.add(VGroup(left, cost))
            runners.append((result, places, Trail(color), dot, cost))
        rows.arrange(DOWN, aligned_edge=LEFT, buff=0.38)
        passes = Readout(EPOCHS, 0, self.theme, decimals=1)
        panel = VGroup(passes, rows).arrange(DOWN, aligned_edge=LEFT, buff=0.5)
        panel.move_to(at(_PANEL_X - 0.15, 0), aligned_edge=LEFT).set_y(3.0, direction=UP)
        note = lines_of_words(race_lines(self.recording, found), self.theme, max_width=3.3)
        note.next_to(panel, DOWN, aligned_edge=LEFT, buff=0.35)
        for *_, cost in runners:
            cost.move_to(at(_COSTS_X, cost.get_y()), aligned_edge=RIGHT)
        start = runners[0][1][0]
        ring = Dot(start, radius=0.13, color=self.theme.foreground)
        self.play(FadeIn(chart, labels, title), run_time=1.0)
        self.play(FadeIn(panel, note, ring), run_time=0.6)
        trails = Group(*(trail for _, _, trail, _, _ in runners))
        dots = Group(*(dot for _, _, _, dot, _ in runners))
        self.add(trails, dots)
        self.wait(0.4)

        def advance(_moving: Mobject, alpha: float) -> None:
            now = alpha * self.epochs
            passes.set_value(now)
            for result, places, trail, dot, cost in runners:
                row = max(int(np.searchsorted(result.epochs, now + 1e-9, side="right")) - 1, 0)
                trail.go_through(places[: row + 1])
                dot.move_to(places[row])
                cost.set_value(float(result.trajectory.costs[row]))
                cost.move_to(at(_COSTS_X, cost.get_y()), aligned_edge=RIGHT)

        moving = Group(trails, dots, passes, *(cost for *_, cost in runners))
        self.play(UpdateFromAlphaFunc(moving, advance, rate_func=linear), run_time=self.seconds)
        self.wait(2)

    # -- shared -----------------------------------------------------------------------------

    def _arrow(self, begin: Points, way: Points, color: str) -> Arrow:
        return Arrow(begin, begin + way, buff=0.08, color=color, stroke_width=5, tip_length=0.22)


def _half(chart: ContourMap) -> FloatArray:
    return np.array([chart.map.width / 2, chart.map.height / 2, 1.0])
