"""One number going downhill: the slope says which way and how far."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Arrow,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    Group,
    Line,
    Mobject,
    Typst,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
    smooth,
)

from nnviz.analysis.functions.cost_slices import cost_slice
from nnviz.analysis.functions.function import Function
from nnviz.analysis.functions.named import get_function
from nnviz.analysis.functions.optimizer_runs import (
    OptimizerRun,
    run_optimizer,
    suitable_learning_rate,
)
from nnviz.errors import SettingError
from nnviz.mobjects.chart import Chart
from nnviz.mobjects.frame import Points, at
from nnviz.mobjects.readout import Readouts
from nnviz.mobjects.text import formula, heading, words
from nnviz.stage.scene import RecordingScene
from nnviz.view.sentences.formulas import function_formula
from nnviz.view.sentences.functions import (
    SLOPE_READOUTS,
    cost_function_note,
    more_text,
    outcome_text,
    pace_text,
    place_text,
    places_heading,
    places_pace,
    places_text,
    rate_name,
    rate_text,
    rate_verdicts,
    rates_heading,
    slope_heading,
)

_CENTER, _SIZE = at(-1.45, -0.35), (9.3, 5.6)
_BALL, _TANGENT = 0.12, 0.9
_N_BALLS, _N_STEPS, _N_SMALL_STEPS, _N_RACE_STEPS = 11, 6, 90, 14
# A run that ends no higher than the lowest by this share of the curve's height is as good.
_AS_LOW = 0.02
# Valleys told of one by one.
_MOST_LISTED = 6
# Two walks that end this close, as a share of the domain, end in one valley.
_SAME_VALLEY = 0.04


class Descent1D(RecordingScene):
    """A ball goes down a curve by its slope; where it starts, and the rate, decide the rest.

    Attributes
    ----------
    function
        ``valleys``, ``bowl``, ``cost`` (the recorded network's, on the line between the ends
        of two trainings), or a :class:`nnviz.analysis.functions.Function` of one variable.
    start
        Of the first ball, as a share of the way from the left end to the right, 0 to 1; or -1
        for where it is steepest.
    learning_rate
        Of the first ball, or 0 for one that suits the function; the last part also shows a
        tenth of it and four times as much.
    """

    function: str | Function = "valleys"
    start: float = -1.0
    learning_rate: float = 0.0

    def construct(self) -> None:
        """Play the scene."""
        is_cost = self.function == "cost"
        self.subject = cost_slice(self.recording) if is_cost else get_function(self.function, 1)
        self.rate = self.learning_rate or suitable_learning_rate(self.subject)
        self.begin = self._begin()
        self.grid = np.linspace(*self.subject.domain[0], 400)
        self.heights = self.subject.value(self.grid[:, None])
        slope = float(self.subject.gradient(np.array([self.begin]))[0])
        title = heading(slope_heading(slope), self.theme)
        chart = self._chart(_CENTER, *_SIZE)
        curve = chart.line(self.grid, self.heights, self.theme.foreground, width=4)
        cost = formula(function_formula(self.subject), color=self.theme.muted, size=32)
        cost.scale(min(1, 4.2 / cost.width)).move_to(at(6.9, 3.5), aligned_edge=RIGHT)
        said = cost_function_note(self.recording) if is_cost else " "
        note = words(said, color=self.theme.muted, size=24, max_width=13.4)
        note.move_to(at(-6.8, -3.75), aligned_edge=LEFT)
        self.play(FadeIn(chart, title, cost, note), run_time=0.8)
        self.play(Create(curve.trail), run_time=1.5)
        self._go_down(chart)
        self.play(FadeOut(title), run_time=0.3)
        self._many_balls(chart)
        self.play(FadeOut(chart, curve), run_time=0.5)
        self._three_rates()

    def _begin(self) -> float:
        low, high = self.subject.domain[0]
        if 0 <= self.start <= 1:
            return low + self.start * (high - low)
        if self.start != -1:
            message = f"option start must lie in 0 to 1, or be -1; got {self.start}."
            raise SettingError(message)
        # Not at the very ends, from where most functions only go one way.
        inner = np.linspace(low, high, 401)[40:-40]
        slopes = np.nan_to_num(np.abs(self.subject.gradient(inner[:, None])[:, 0]))
        return float(inner[slopes.argmax()])

    def _go_down(self, chart: Chart) -> None:
        """Move one ball step by step: each is as long as the rate times the slope."""
        way = run_optimizer(self.subject, [self.begin], learning_rate=self.rate, n_steps=_N_STEPS)
        n_shown = way.n_inside(self.subject.domain)
        x, slopes = way.points[:n_shown, 0], way.gradients[:n_shown, 0]
        ball = Dot(radius=_BALL, color=self.theme.accent).move_to(self._on(chart, x[0]))
        tangent = self._tangent(chart, x[0], slopes[0])
        steps = -self.rate * slopes
        entries = [(name, 2) for name in SLOPE_READOUTS]
        readouts = Readouts(entries, (x[0], slopes[0], steps[0]), self.theme)
        readouts.move_to(at(3.9, 0.2), aligned_edge=LEFT)
        rate = words(rate_name(self.rate), color=self.theme.muted, size=28)
        rate.next_to(readouts, DOWN, aligned_edge=LEFT, buff=0.5)
        self.play(FadeIn(ball, tangent, readouts, rate), run_time=0.6)
        self.wait(0.6)
        for step in range(n_shown):
            readouts.set_values(x[step], slopes[step], steps[step])
            tangent.become(self._tangent(chart, x[step], slopes[step]))
            if step < n_shown - 1:
                self._take_step(chart, ball, x[step], x[step + 1])
        leaves = n_shown < len(way.points) or way.has_diverged
        text = pace_text(steps, leaves=leaves, returns=not self._leaves(way))
        said = words(text, color=self.theme.accent, size=30)
        said.next_to(rate, DOWN, aligned_edge=LEFT, buff=0.5)
        said.scale(min(1, 2.9 / max(said.width, 1e-6)), about_edge=LEFT)
        beyond = slice(n_shown - 1, n_shown + 1)
        out = chart.line(way.points[beyond, 0], way.values[beyond], self.theme.accent)
        self.play(FadeIn(said, out), run_time=0.5)
        self.wait(1.2)
        self.play(FadeOut(ball, tangent, readouts, rate, said, out), run_time=0.5)

    def _take_step(self, chart: Chart, ball: Dot, start: float, end: float) -> None:
        arrow = self._step_arrow(chart, start, end)
        self.play(FadeIn(arrow), run_time=0.35)

        def roll(_moving: Mobject, alpha: float) -> None:
            ball.move_to(self._on(chart, start + alpha * (end - start)))

        self.play(UpdateFromAlphaFunc(ball, roll, rate_func=smooth), run_time=0.5)
        self.remove(arrow)

    def _many_balls(self, chart: Chart) -> None:
        """Let balls from all over go, each into the valley it starts above."""
        starts = np.linspace(*self.subject.domain[0], _N_BALLS + 2)[1:-1]
        rate = self.rate / 10  # small steps: the balls seem to roll
        ways = [
            run_optimizer(self.subject, [start], learning_rate=rate, n_steps=_N_SMALL_STEPS)
            for start in starts
            if np.isfinite(self.subject.gradient(np.array([start]))).all()
        ]
        valleys = self._valleys(ways)
        settled, found = self._have_settled(ways), max(valleys) + 1
        title = heading(places_heading(found, have_settled=settled), self.theme)
        balls = VGroup()
        for way, valley in zip(ways, valleys, strict=True):
            color = self._valley_color(valley)
            balls.add(Dot(self._on(chart, way.points[0, 0]), radius=_BALL, color=color))
        self.play(FadeIn(title, balls), run_time=0.6)
        low, high = self.subject.domain[0]

        def roll(_moving: Mobject, alpha: float) -> None:
            for ball, way in zip(balls, ways, strict=True):
                # Between two steps the ball is on the curve, too; beyond its end it is gone.
                place = alpha * (len(way.points) - 1)
                x = float(np.interp(place, np.arange(len(way.points)), way.points[:, 0]))
                ball.set_opacity(1 if low <= x <= high else 0)
                ball.move_to(self._on(chart, min(max(x, low), high)))

        self.play(UpdateFromAlphaFunc(balls, roll, rate_func=linear), run_time=5.0)
        said = words(
            places_text(len(ways), found, have_settled=settled),
            color=self.theme.foreground,
            size=30,
        )
        pace = words(places_pace(_N_SMALL_STEPS, rate), color=self.theme.muted, size=26)
        lines = []
        for valley in range(min(found, _MOST_LISTED)):
            way = ways[valleys.index(valley)]
            text = place_text(
                valleys.count(valley), float(way.points[-1, 0]), float(way.values[-1])
            )
            line = words(text, color=self._valley_color(valley), size=26)
            lines.append(line.scale(min(1, 2.9 / line.width)))
        if found > _MOST_LISTED:
            lines.append(words(more_text(found - _MOST_LISTED), color=self.theme.muted, size=26))
        panel = VGroup(said, *lines, pace).arrange(DOWN, aligned_edge=LEFT, buff=0.28)
        panel.move_to(at(3.9, 0.4), aligned_edge=LEFT)
        self.play(FadeIn(panel), run_time=0.5)
        self.wait(1.6)
        self.play(FadeOut(title, balls, panel), run_time=0.4)

    def _three_rates(self) -> None:
        """Show the same start by three rates, and judge them by where they end."""
        rates = [factor * self.rate for factor in (0.1, 1, 4)]
        ways = [
            run_optimizer(self.subject, [self.begin], learning_rate=rate, n_steps=_N_RACE_STEPS)
            for rate in rates
        ]
        names = self._verdicts(ways)
        charts, moving, texts = VGroup(), [], VGroup()
        for i, (rate, way, name) in enumerate(zip(rates, ways, names, strict=True)):
            chart = self._chart(at(4.55 * (i - 1) + 0.3, 0.2), 3.65, 4.2, n_ticks=3)
            curve = chart.line(self.grid, self.heights, self.theme.foreground, width=3)
            text = words(rate_text(rate, name), color=self.theme.foreground, size=28)
            charts.add(chart, curve, text.next_to(chart, DOWN, buff=0.3))
            trail = chart.line(way.points[:, 0], way.values, self.theme.accent, width=3)
            ball = Dot(self._on(chart, self.begin), radius=0.1, color=self.theme.accent)
            moving.append((chart, way, trail.show_until(0), ball))
            texts.add(self._outcome(way).next_to(text, DOWN, buff=0.16))
        group = Group(*(part for _, _, trail, ball in moving for part in (trail, ball)))
        self.play(FadeIn(heading(rates_heading(names), self.theme), charts, group), run_time=0.8)

        def advance(_moving: Mobject, alpha: float) -> None:
            for chart, way, trail, ball in moving:
                row = min(round(alpha * _N_RACE_STEPS), len(way.points) - 1)
                x, y = float(way.points[row, 0]), float(way.values[row])
                trail.show_until(row)
                is_shown = chart.shows(x, y)
                ball.set_opacity(float(is_shown))
                if is_shown:
                    ball.move_to(chart.place(np.array([x]), np.array([y]))[0])

        self.play(UpdateFromAlphaFunc(group, advance, rate_func=linear), run_time=5.0)
        self.play(FadeIn(texts), run_time=0.5)
        self.wait(2)

    def _verdicts(self, ways: list[OptimizerRun]) -> list[str]:
        """Judge rates by how low the walks at them end."""
        ends = [float("inf") if self._leaves(way) else float(way.values[-1]) for way in ways]
        extent = float(np.nanmax(self.heights) - np.nanmin(self.heights))
        return rate_verdicts(ends, _AS_LOW * extent)

    def _have_settled(self, ways: list[OptimizerRun]) -> bool:
        """Tell whether walks end in valleys: down on the left, and up on the right of them."""
        low, high = self.subject.domain[0]
        aside = _SAME_VALLEY * (high - low) * np.array([[-1.0], [1.0]])
        return not any(
            self._leaves(way)
            or not (self.subject.gradient(way.points[-1] + aside)[:, 0] * aside[:, 0] > 0).all()
            for way in ways
        )

    def _leaves(self, way: OptimizerRun) -> bool:
        return way.leaves_at(self.subject.domain) is not None

    def _outcome(self, way: OptimizerRun) -> Typst:
        left_at = way.leaves_at(self.subject.domain)
        color = self.theme.muted if left_at is None else self.theme.wrong
        return words(outcome_text(way, left_at), color=color, size=26)

    def _valleys(self, ways: list[OptimizerRun]) -> list[int]:
        """Return the number of the valley that each run ends in, from the left."""
        low, high = self.subject.domain[0]
        ends = np.array([way.points[-1, 0] for way in ways])
        order = np.argsort(ends, kind="stable")
        is_new = np.diff(ends[order], prepend=ends[order[0]]) > _SAME_VALLEY * (high - low)
        valleys = np.empty(len(ends), int)
        valleys[order] = np.cumsum(is_new)
        return [int(valley) for valley in valleys]

    def _valley_color(self, valley: int) -> str:
        return self.theme.series[1 + valley % (len(self.theme.series) - 1)]

    def _chart(self, center: Points, width: float, height: float, n_ticks: int = 6) -> Chart:
        low, high = float(np.nanmin(self.heights)), float(np.nanmax(self.heights))
        room = 0.06 * ((high - low) or 1.0)
        self.floor = low - room
        return Chart(
            self.subject.domain[0],
            (low - room, high + room),
            self.theme,
            center=center,
            width=width,
            height=height,
            n_ticks=n_ticks,
        )

    def _on(self, chart: Chart, x: float) -> Points:
        """Return the centre of a ball that touches the curve from above."""
        value = self.subject.value(np.array([[x]]))
        slope = float(self.subject.gradient(np.array([[x]]))[0, 0])
        foot = chart.place(np.array([x]), value)[0]
        slope *= chart.steepness
        center: Points = foot + _BALL * at(-slope, 1) / np.hypot(slope, 1)
        return center

    def _tangent(self, chart: Chart, x: float, slope: float) -> Line:
        foot = chart.place(np.array([x]), self.subject.value(np.array([[x]])))[0]
        slope *= chart.steepness
        way = _TANGENT * at(1, slope) / np.hypot(slope, 1)
        color = self.theme.positive if slope > 0 else self.theme.negative
        return Line(foot - way, foot + way, color=color, stroke_width=4)

    def _step_arrow(self, chart: Chart, x: float, to: float) -> Arrow:
        """Return an arrow along the axis, as long as the step."""
        ground = chart.place(np.array([x, to]), np.full(2, self.floor))
        ground += 0.25 * UP
        return Arrow(
            ground[0],
            ground[1],
            buff=0,
            color=self.theme.accent,
            stroke_width=6,
            tip_length=0.2,
            max_tip_length_to_length_ratio=0.6,
            max_stroke_width_to_length_ratio=20,
        )
