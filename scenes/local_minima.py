"""Where trainings from different starts end, and how equal those places are."""

from __future__ import annotations

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
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
)

from nnviz.analysis.minima import Minima, minima
from nnviz.errors import SettingError
from nnviz.mobjects.chart import Chart
from nnviz.mobjects.frame import at
from nnviz.mobjects.text import heading, lines_of_words, words
from nnviz.mobjects.trail import Trail
from nnviz.rendering.scene import RecordingScene
from nnviz.view.notation import number_text, run_text
from nnviz.view.timeline import row_at

_CENTER, _WIDTH, _HEIGHT = at(-2.65, -0.15), 7.0, 5.2
_PANEL_X, _COLUMNS_X = 2.0, (4.3, 5.6, 6.85)


class LocalMinima(RecordingScene):
    """The recorded network trained from several starts, and the cost between where they end.

    Attributes
    ----------
    n_seeds
        Trainings, 2 to 5.
    passes
        Over the examples, for each; 0 for as many as the recorded training, at least 60.
    seconds
        That the trainings take.
    """

    n_seeds: int = 5
    passes: int = 0
    seconds: float = 6.0

    def construct(self) -> None:
        """Play the scene."""
        n, most = self.n_seeds, len(self.colors.series)
        if not 2 <= n <= most:
            message = f"option n_seeds must lie in 2 to {most}, a colour for each; got {n}."
            raise SettingError(message)
        self.minima: Minima = minima(self.recording, seeds=range(n), passes=self.passes or None)
        title = heading(f"{n} starts, {n} trainings on the same images", self.colors)
        chart, curves = self._trainings()
        self.play(FadeIn(title, chart, self._caption(), self._titles()), run_time=0.8)
        self._train(curves)
        self.wait(0.6)

        following = heading("Do they meet? Walk straight from one end to another", self.colors)
        self.play(FadeOut(title, chart, curves), run_time=0.4)
        chart = self._between()
        self.play(FadeIn(following, chart), run_time=0.6)
        self._walk(chart)
        self.play(FadeOut(following), run_time=0.25)
        self.play(
            FadeIn(heading(_verdict(self.minima), self.colors)),
            FadeIn(self._findings()),
            run_time=0.6,
        )
        self.wait(3)

    # -- the trainings ----------------------------------------------------------------------

    def _trainings(self) -> tuple[Chart, VGroup]:
        found = self.minima
        finite = [t.costs[np.isfinite(t.costs)] for t in found.trainings]
        # The first steps fall from far above; what follows is told apart.
        top = 1.15 * max(
            (float(np.median(costs[:10])) for costs in finite if costs.size), default=1
        )
        chart = Chart(
            (0.0, float(max(t.passes[-1] for t in found.trainings))),
            (0.0, top or 1.0),
            self.colors,
            center=_CENTER,
            width=_WIDTH,
            height=_HEIGHT,
            x_label="passes over the images",
            y_label="cost",
        )
        curves = VGroup()
        for color in self.colors.series[: len(found.seeds)]:
            curves.add(Trail(color, width=3))
        self.chart = chart
        return chart, curves

    def _train(self, curves: VGroup) -> None:
        """Draw the curves, and write where each ends."""
        trainings = self.minima.trainings

        def advance(_moving: Mobject, alpha: float) -> None:
            for curve, training in zip(curves, trainings, strict=True):
                row = row_at(alpha, len(training.steps))
                places = self.chart.place(training.passes[: row + 1], training.costs[: row + 1])
                curve.go_through(places)

        self.play(UpdateFromAlphaFunc(curves, advance, rate_func=linear), run_time=self.seconds)
        self.play(FadeIn(self._table()), run_time=0.8)

    def _titles(self) -> VGroup:
        titles = VGroup()
        names = ("cost", "held-out", "right")
        for x, name in zip(_COLUMNS_X, names, strict=True):
            titles.add(self._cell(name, x, 2.6, self.colors.muted, size=24))
        return titles

    def _table(self) -> VGroup:
        found = self.minima
        table = VGroup()
        for i, seed in enumerate(found.seeds):
            y = 1.95 - 0.6 * i
            color = self.colors.series[i]
            name = words(f"seed {seed}", color=color, size=30)
            table.add(name.move_to(at(_PANEL_X, y), aligned_edge=LEFT))
            cells = (
                number_text(found.train_costs[i], 3),
                number_text(found.test_costs[i], 3),
                f"{found.test_accuracies[i]:.1%}",
            )
            for x, text in zip(_COLUMNS_X, cells, strict=True):
                table.add(self._cell(text, x, y, self.colors.foreground, size=30))
        return table

    def _cell(self, text: str, x: float, y: float, color: str, *, size: float) -> Typst:
        return words(text, color=color, size=size).move_to(at(x, y), aligned_edge=RIGHT)

    # -- the lines --------------------------------------------------------------------------

    def _between(self) -> Chart:
        finite = self.minima.lines[np.isfinite(self.minima.lines)]
        return Chart(
            (0.0, 1.0),
            (0.0, 1.1 * (float(finite.max(initial=0.0)) or 1.0)),
            self.colors,
            center=_CENTER,
            width=_WIDTH,
            height=_HEIGHT,
            x_label="share of the way from one end to another",
            y_label="cost",
        )

    def _walk(self, chart: Chart) -> None:
        found = self.minima
        drawn = Group()
        for k, (i, j) in enumerate(found.pairs):
            curve = chart.curve(found.at, found.lines[k], self.colors.muted, width=2.5)
            ends = chart.place(found.at[[0, -1]], found.lines[k][[0, -1]])
            dots = VGroup(
                *(
                    Dot(place, radius=0.09, color=self.colors.series[seed])
                    for place, seed in zip(ends, (i, j), strict=True)
                )
            )
            self.play(FadeIn(dots[0]), Create(curve), run_time=0.9 if k < 2 else 0.4)
            self.add(dots)
            drawn.add(curve, dots)

    def _findings(self) -> VGroup:
        found = self.minima
        highest = found.lines.max(axis=1)
        lines = [
            f"cost at the ends: {_range(found.train_costs)}",
            f"highest between two: {_range(highest)}",
            f"held-out cost: {_range(found.test_costs)}",
            f"distance between ends: {_range(found.distances, digits=0)}",
        ]
        text = lines_of_words(lines, self.colors, size=28, max_width=4.9)
        text.set_color(self.colors.foreground)
        return text.move_to(at(_PANEL_X, -1.6), aligned_edge=LEFT).set_y(-1.3, direction=UP)

    # -- words ------------------------------------------------------------------------------

    def _caption(self) -> VGroup:
        found = self.minima
        text = (
            f"{run_text(self.recording)}; {found.n_examples:,} training images, "
            f"{found.n_held_out:,} held out"
        )
        caption = lines_of_words([text], self.colors, max_width=13.4)
        return caption.move_to(at(6.85, -3.7), aligned_edge=RIGHT)


def _verdict(found: Minima) -> str:
    """Say what the numbers say of the ends, no more."""
    ends = found.train_costs
    if not np.isfinite(ends).all():
        return "Not all of these trainings came to rest: some diverged"
    between = found.lines.max(axis=1) > 1.2 * ends[found.pairs].max(axis=1)
    some = "hills between some" if between.any() else "no hills between"
    hills = "hills between" if between.all() else some
    is_alike = found.test_costs.max() <= _ALIKE * found.test_costs.min()
    return f"Different places, {hills}, {'about' if is_alike else 'not'} equal in cost"


# Costs on held-out images that differ by no more than this factor are about equal.
_ALIKE = 1.25


def _range(values: np.ndarray, digits: int = 3) -> str:
    finite = values[np.isfinite(values)]
    if not finite.size:
        return "beyond all numbers"
    low, high = number_text(finite.min(), digits), number_text(finite.max(), digits)
    return low if low == high else f"{low} to {high}"
