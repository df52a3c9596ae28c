"""One number going downhill: the slope says which way and how far."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    Group,
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
from nnviz.core.arrays import FloatArray
from nnviz.errors import SettingError
from nnviz.mobjects.chart import Chart
from nnviz.mobjects.frame import at
from nnviz.mobjects.readout import Readouts
from nnviz.mobjects.text import formula, heading, words
from nnviz.scenes._function_curve import BALL_RADIUS, FunctionCurve
from nnviz.scenes._rate_runs import RateRun, judge_rates
from nnviz.scenes._valleys import Valleys
from nnviz.stage.scene import RecordingScene
from nnviz.view.sentences.formulas import function_formula
from nnviz.view.sentences.functions import (
    SLOPE_READOUTS,
    cost_function_note,
    more_text,
    pace_text,
    place_text,
    places_heading,
    places_pace,
    places_text,
    rate_name,
    rate_text,
    rates_heading,
    slope_heading,
)

# The large chart, frame units: left of the numbers, and between the heading and the note.
_CENTER, _WIDTH, _HEIGHT = at(-1.45, -0.35), 9.3, 5.6
# Where the middle one of three small charts stands, and from one to the next, frame units.
_SMALL_X, _SMALL_Y, _SMALL_SPACING = 0.3, 0.2, 4.55
# Left end of what stands right of the large chart, and how wide it may be, frame units.
_PANEL_X, _PANEL_WIDTH = 3.9, 2.9

# Where no start is given, it is sought on a grid of so many points; not among the outermost
# tenth on either side, from where most functions only go one way.
_N_CANDIDATES, _N_OUTERMOST = 401, 40
# Steps of the first ball: the first are long enough to follow one by one.
_N_STEPS = 6
# Balls that start all over the curve. Their steps are a tenth as long, so that they seem to
# roll, and as many as most of them need to settle.
_N_BALLS, _N_SMALL_STEPS, _SMALL_STEP = 11, 90, 10
# The learning rates compared, as factors of the first ball's, and the steps at each.
_RATE_FACTORS, _N_COMPARED_STEPS = (0.1, 1, 4), 14
# Valleys described one by one: no more lines than that fit beside the chart.
_MOST_LISTED = 6


class Descent1D(RecordingScene):
    """A ball goes down a curve by its slope; where it starts, and the rate, decide the rest.

    Attributes
    ----------
    function
        The curve: ``valleys``, ``bowl``, ``cost`` (the recorded network's cost on the line
        from where this training ended to where one with another seed ended), or in Python
        also a :class:`nnviz.analysis.functions.Function` of one variable.
    start
        Start of the first ball, as a share of the curve's domain from 0 (left end) to 1
        (right end); -1 starts where the curve is steepest.
    learning_rate
        Learning rate of the first ball, above 0, or 0 for one that suits the function; the
        last part also shows a tenth of it and four times as much.
    """

    function: str | Function = "valleys"
    start: float = -1.0
    learning_rate: float = 0.0

    def construct(self) -> None:
        """Play the scene."""
        subject = cost_slice(self.recording) if self._is_cost else get_function(self.function, 1)
        self.rate = self.learning_rate or suitable_learning_rate(subject)
        self.start_x = self._find_start(subject)
        self.curve = FunctionCurve.of(subject, self.theme)
        title = heading(slope_heading(self.curve.slope(self.start_x)), self.theme)
        chart = self.curve.chart(_CENTER, _WIDTH, _HEIGHT)
        line = chart.line(self.curve.x, self.curve.heights, self.theme.foreground, width=4)
        self.play(FadeIn(chart, title, self._formula(), self._note()), run_time=0.8)
        self.play(Create(line.trail), run_time=1.5)
        self._go_down(chart)
        self.play(FadeOut(title), run_time=0.3)
        self._start_everywhere(chart)
        self.play(FadeOut(chart, line), run_time=0.5)
        self._compare_rates()

    @property
    def _is_cost(self) -> bool:
        return self.function == "cost"

    def _find_start(self, function: Function) -> float:
        """Return where the first ball starts: at the option's share, or where it is steepest."""
        low, high = function.domain[0]
        if 0 <= self.start <= 1:
            return low + self.start * (high - low)
        if self.start != -1:
            message = f"option start must lie in 0 to 1, or be -1; got {self.start}."
            raise SettingError(message)
        inner = np.linspace(low, high, _N_CANDIDATES)[_N_OUTERMOST:-_N_OUTERMOST]
        slopes = np.nan_to_num(np.abs(function.gradient(inner[:, None])[:, 0]))
        return float(inner[slopes.argmax()])

    def _run_from(self, x: float, rate: float, n_steps: int) -> OptimizerRun:
        return run_optimizer(self.curve.function, [x], learning_rate=rate, n_steps=n_steps)

    def _left_at(self, run: OptimizerRun) -> int | None:
        """Return the step at which a run left the picture for good, or ``None``."""
        return run.leaves_at(self.curve.function.domain)

    def _formula(self) -> Typst:
        code = function_formula(self.curve.function)
        text = formula(code, color=self.theme.muted, size=32)
        return text.scale(min(1, 4.2 / text.width)).move_to(at(6.9, 3.5), aligned_edge=RIGHT)

    def _note(self) -> Typst:
        text = cost_function_note(self.recording) if self._is_cost else " "
        note = words(text, color=self.theme.muted, size=24, max_width=13.4)
        return note.move_to(at(-6.8, -3.75), aligned_edge=LEFT)

    # -- one ball ---------------------------------------------------------------------------

    def _go_down(self, chart: Chart) -> None:
        """Move one ball step by step: each is as long as the rate times the slope."""
        run = self._run_from(self.start_x, self.rate, _N_STEPS)
        n_shown = run.n_inside(self.curve.function.domain)
        x, slopes = run.points[:n_shown, 0], run.gradients[:n_shown, 0]
        steps = -self.rate * slopes
        ball = Dot(radius=BALL_RADIUS, color=self.theme.accent)
        ball.move_to(self.curve.ball_center(chart, x[0]))
        tangent = self.curve.tangent(chart, x[0], slopes[0])
        entries = [(name, 2) for name in SLOPE_READOUTS]
        readouts = Readouts(entries, (x[0], slopes[0], steps[0]), self.theme)
        readouts.move_to(at(_PANEL_X, 0.2), aligned_edge=LEFT)
        rate = words(rate_name(self.rate), color=self.theme.muted, size=28)
        rate.next_to(readouts, DOWN, aligned_edge=LEFT, buff=0.5)
        self.play(FadeIn(ball, tangent, readouts, rate), run_time=0.6)
        self.wait(0.6)
        for step in range(n_shown):
            readouts.set_values(x[step], slopes[step], steps[step])
            tangent.become(self.curve.tangent(chart, x[step], slopes[step]))
            if step < n_shown - 1:
                self._take_step(chart, ball, x[step], x[step + 1])
        pace = self._pace(run, steps).next_to(rate, DOWN, aligned_edge=LEFT, buff=0.5)
        pace.scale(min(1, _PANEL_WIDTH / max(pace.width, 1e-6)), about_edge=LEFT)
        beyond = slice(n_shown - 1, n_shown + 1)
        exit_line = chart.line(run.points[beyond, 0], run.values[beyond], self.theme.accent)
        self.play(FadeIn(pace, exit_line), run_time=0.5)
        self.wait(1.2)
        self.play(FadeOut(ball, tangent, readouts, rate, pace, exit_line), run_time=0.5)

    def _take_step(self, chart: Chart, ball: Dot, start: float, end: float) -> None:
        """Show a step as an arrow along the axis, then roll the ball along the curve."""
        arrow = self.curve.step_arrow(chart, start, end)
        self.play(FadeIn(arrow), run_time=0.35)

        def roll(_moving: Mobject, alpha: float) -> None:
            ball.move_to(self.curve.ball_center(chart, start + alpha * (end - start)))

        self.play(UpdateFromAlphaFunc(ball, roll, rate_func=smooth), run_time=0.5)
        self.remove(arrow)

    def _pace(self, run: OptimizerRun, steps: FloatArray) -> Typst:
        """Say how the length of the steps shown changed, or that the run left the picture."""
        leaves = len(steps) < len(run.points) or run.has_diverged
        text = pace_text(steps, leaves=leaves, returns=self._left_at(run) is None)
        return words(text, color=self.theme.accent, size=30)

    # -- balls from everywhere --------------------------------------------------------------

    def _start_everywhere(self, chart: Chart) -> None:
        """Let balls from all over the curve roll, each into the valley it starts above."""
        rate = self.rate / _SMALL_STEP
        valleys = Valleys.of(self.curve.function, self._runs_from_everywhere(rate))
        text = places_heading(valleys.n_valleys, have_settled=valleys.have_settled)
        title = heading(text, self.theme)
        balls = self._balls(chart, valleys)
        self.play(FadeIn(title, balls), run_time=0.6)
        self._roll(chart, balls, valleys.runs)
        panel = self._valleys_panel(valleys, rate)
        self.play(FadeIn(panel), run_time=0.5)
        self.wait(1.6)
        self.play(FadeOut(title, balls, panel), run_time=0.4)

    def _runs_from_everywhere(self, rate: float) -> list[OptimizerRun]:
        """Descend from starts that are evenly apart, where the function has a slope."""
        function = self.curve.function
        return [
            self._run_from(start, rate, _N_SMALL_STEPS)
            for start in np.linspace(*function.domain[0], _N_BALLS + 2)[1:-1]
            if np.isfinite(function.gradient(np.array([start]))).all()
        ]

    def _balls(self, chart: Chart, valleys: Valleys) -> VGroup:
        """Return a ball at the start of each run, in the colour of the valley it ends in."""
        balls = VGroup()
        for run, valley in zip(valleys.runs, valleys.numbers, strict=True):
            center = self.curve.ball_center(chart, run.points[0, 0])
            balls.add(Dot(center, radius=BALL_RADIUS, color=self._valley_color(valley)))
        return balls

    def _roll(self, chart: Chart, balls: VGroup, runs: tuple[OptimizerRun, ...]) -> None:
        """Roll all balls at once; beyond the end of the curve a ball is gone."""
        low, high = self.curve.function.domain[0]

        def roll(_moving: Mobject, alpha: float) -> None:
            for ball, run in zip(balls, runs, strict=True):
                # Between two steps the ball is on the curve, too.
                step = alpha * (len(run.points) - 1)
                x = float(np.interp(step, np.arange(len(run.points)), run.points[:, 0]))
                ball.set_opacity(1 if low <= x <= high else 0)
                ball.move_to(self.curve.ball_center(chart, min(max(x, low), high)))

        self.play(UpdateFromAlphaFunc(balls, roll, rate_func=linear), run_time=5.0)

    def _valleys_panel(self, valleys: Valleys, rate: float) -> VGroup:
        """Count the valleys, and say of each where it is and how many balls it has."""
        n_valleys, muted = valleys.n_valleys, self.theme.muted
        count = places_text(len(valleys.runs), n_valleys, have_settled=valleys.have_settled)
        lines = [words(count, color=self.theme.foreground, size=30)]
        for valley in range(min(n_valleys, _MOST_LISTED)):
            run = valleys.first_run(valley)
            end = float(run.points[-1, 0]), float(run.values[-1])
            text = place_text(valleys.n_runs(valley), *end)
            line = words(text, color=self._valley_color(valley), size=26)
            lines.append(line.scale(min(1, _PANEL_WIDTH / line.width)))
        if n_valleys > _MOST_LISTED:
            lines.append(words(more_text(n_valleys - _MOST_LISTED), color=muted, size=26))
        lines.append(words(places_pace(_N_SMALL_STEPS, rate), color=muted, size=26))
        panel = VGroup(*lines).arrange(DOWN, aligned_edge=LEFT, buff=0.28)
        return panel.move_to(at(_PANEL_X, 0.4), aligned_edge=LEFT)

    def _valley_color(self, valley: int) -> str:
        # The first colour of the series is too much like the curve's own.
        return self.theme.series[1 + valley % (len(self.theme.series) - 1)]

    # -- three learning rates ---------------------------------------------------------------

    def _compare_rates(self) -> None:
        """Show the same start at three rates, and judge them by where they end."""
        compared = [
            RateRun.start(
                self.curve,
                self.start_x,
                rate=factor * self.rate,
                n_steps=_N_COMPARED_STEPS,
                center=at(_SMALL_SPACING * (i - 1) + _SMALL_X, _SMALL_Y),
            )
            for i, factor in enumerate(_RATE_FACTORS)
        ]
        verdicts = judge_rates(compared)
        charts, outcomes = VGroup(), VGroup()
        for each, verdict in zip(compared, verdicts, strict=True):
            name = words(rate_text(each.rate, verdict), color=self.theme.foreground, size=28)
            charts.add(each.chart, each.curve_line(), name.next_to(each.chart, DOWN, buff=0.3))
            outcomes.add(each.outcome().next_to(name, DOWN, buff=0.16))
        moving = Group(*(part for each in compared for part in (each.trail, each.ball)))
        title = heading(rates_heading(verdicts), self.theme)
        self.play(FadeIn(title, charts, moving), run_time=0.8)

        def advance(_moving: Mobject, alpha: float) -> None:
            for each in compared:
                each.show_step(round(alpha * _N_COMPARED_STEPS))

        self.play(UpdateFromAlphaFunc(moving, advance, rate_func=linear), run_time=5.0)
        self.play(FadeIn(outcomes), run_time=0.5)
        self.wait(2)
