"""Where trainings from different starts end, and how equal those places are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    Mobject,
    Typst,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
)

from nnviz.analysis.minima import Minima, find_minima
from nnviz.errors import SettingError
from nnviz.mobjects.chart import Chart
from nnviz.mobjects.frame import at
from nnviz.mobjects.text import heading, lines_of_words, stand, words
from nnviz.stage.scene import RecordingScene
from nnviz.view.sentences.scales import COST
from nnviz.view.sentences.trainings import (
    EPOCHS,
    MINIMA_COLUMNS,
    SHARE_BETWEEN,
    lines_heading,
    minima_caption,
    minima_errors_text,
    minima_findings,
    minima_heading,
    minima_verdict,
    minimum_values,
    seed_text,
)
from nnviz.view.timeline import row_at

# The charts, frame units: left of the table, and between the headings and the caption.
_CENTER, _WIDTH, _HEIGHT = at(-2.65, -0.15), 7.0, 5.2
# The table, frame units: left end of its names, right ends of its columns, heights of its titles
# and of its first row, and from one row to the next: five rows leave room for the findings.
_PANEL_X, _COLUMNS_X = 2.0, (4.3, 5.6, 6.85)
_TITLES_Y, _FIRST_ROW_Y, _ROW_SPACING = 2.5, 1.85, 0.6
# Top of the findings under the table, frame units.
_FINDINGS_Y = -1.25
# The first steps of a training fall from far above what follows: the chart's top is the median
# of so many, with some room above it, so that later differences can be seen.
_N_FIRST_STEPS, _TOP_MARGIN = 10, 1.15
# Room above the highest cost along the lines between ends, as a factor.
_LINES_MARGIN = 1.1
# Seconds for each of the first lines, to see how one is drawn, and for each of the others.
_N_SLOW_LINES, _SLOW_SECONDS, _QUICK_SECONDS = 2, 0.9, 0.4


class LocalMinima(RecordingScene):
    """The recorded network trained from several starts, and the cost between where they end.

    Attributes
    ----------
    n_seeds
        Number of trainings to compare, from 2 to 5; each has a seed of its own.
    epochs
        Number of epochs of each training, at least 1; or 0 for as many as the recorded
        training has, but at least 60.
    seconds
        Seconds that the trainings take on screen, above 0.
    """

    n_seeds: int = 5
    epochs: int = 0
    seconds: float = 6.0
    renamed_options: ClassVar[Mapping[str, str]] = {"passes": "epochs"}

    def construct(self) -> None:
        """Play the scene."""
        n, most = self.n_seeds, len(self.theme.series)
        if not 2 <= n <= most:
            message = f"option n_seeds must lie in 2 to {most}, a colour for each; got {n}."
            raise SettingError(message)
        self.minima: Minima = find_minima(
            self.recording, seeds=range(n), epochs=self.epochs or None
        )
        title = heading(minima_heading(n), self.theme)
        chart = self._cost_chart()
        curves = self._curves(chart)
        self.play(FadeIn(title, chart, self._caption(), self._titles()), run_time=0.8)
        self._train(curves)
        self.wait(0.6)

        following = heading(lines_heading(), self.theme)
        self.play(FadeOut(title, chart, curves), run_time=0.4)
        chart = self._lines_chart()
        self.play(FadeIn(following, chart), run_time=0.6)
        self._draw_lines(chart)
        self.play(FadeOut(following), run_time=0.25)
        self.play(
            FadeIn(heading(minima_verdict(self.minima), self.theme)),
            FadeIn(self._findings()),
            run_time=0.6,
        )
        self.wait(3)

    def _chart(self, x_max: float, cost_max: float, x_label: str) -> Chart:
        """Return axes for costs from 0 up, on which both parts of the scene draw."""
        return Chart(
            (0.0, x_max),
            (0.0, cost_max),
            self.theme,
            center=_CENTER,
            width=_WIDTH,
            height=_HEIGHT,
            x_label=x_label,
            y_label=COST,
        )

    # -- the trainings ----------------------------------------------------------------------

    def _cost_chart(self) -> Chart:
        """Return axes for the cost over the epochs of each training."""
        trainings = self.minima.trainings
        finite = [training.costs[np.isfinite(training.costs)] for training in trainings]
        starts = [float(np.median(costs[:_N_FIRST_STEPS])) for costs in finite if costs.size]
        top = _TOP_MARGIN * max(starts, default=1)
        last_epoch = float(max(training.epochs[-1] for training in trainings))
        return self._chart(last_epoch, top or 1.0, EPOCHS)

    def _curves(self, chart: Chart) -> VGroup:
        """Return the cost of each training as a curve, of which nothing is shown yet."""
        curves = VGroup()
        for training, color in zip(self.minima.trainings, self.theme.series, strict=False):
            curves.add(chart.line(training.epochs, training.costs, color, width=3).show_until(0))
        return curves

    def _train(self, curves: VGroup) -> None:
        """Draw the curves, and write where each ends."""
        trainings = self.minima.trainings

        def advance(_moving: Mobject, alpha: float) -> None:
            for curve, training in zip(curves, trainings, strict=True):
                curve.show_until(row_at(alpha, len(training.steps)))

        self.play(UpdateFromAlphaFunc(curves, advance, rate_func=linear), run_time=self.seconds)
        self.play(FadeIn(self._table()), run_time=0.8)

    def _titles(self) -> VGroup:
        """Return the titles of the table's columns."""
        titles = VGroup()
        for x, name in zip(_COLUMNS_X, MINIMA_COLUMNS, strict=True):
            titles.add(self._cell(name, x, _TITLES_Y, self.theme.muted, size=24))
        return titles

    def _table(self) -> VGroup:
        """Return a row for each training, and under them how sure its numbers are."""
        table = VGroup()
        for i in range(len(self.minima.seeds)):
            table.add(*self._row(i))
        if errors := minima_errors_text(self.minima):
            text = words(errors, color=self.theme.muted, size=24)
            y = _FIRST_ROW_Y - _ROW_SPACING * len(self.minima.seeds) + 0.22
            table.add(text.move_to(at(_COLUMNS_X[-1], y), aligned_edge=RIGHT))
        return table

    def _row(self, i: int) -> list[Typst]:
        """Return the name of the i-th training and what was measured where it ends."""
        y = _FIRST_ROW_Y - _ROW_SPACING * i
        name = words(seed_text(self.minima.seeds[i]), color=self.theme.series[i], size=30)
        cells = [
            self._cell(text, x, y, self.theme.foreground, size=30)
            for x, text in zip(_COLUMNS_X, minimum_values(self.minima, i), strict=True)
        ]
        return [stand(name.move_to(at(_PANEL_X, 0), aligned_edge=LEFT), y), *cells]

    def _cell(self, text: str, x: float, y: float, color: str, *, size: float) -> Typst:
        cell = words(text, color=color, size=size).move_to(at(x, 0), aligned_edge=RIGHT)
        return stand(cell, y)

    # -- the lines --------------------------------------------------------------------------

    def _lines_chart(self) -> Chart:
        """Return axes for the cost along the lines between the ends."""
        finite = self.minima.lines[np.isfinite(self.minima.lines)]
        top = _LINES_MARGIN * (float(finite.max(initial=0.0)) or 1.0)
        return self._chart(1.0, top, SHARE_BETWEEN)

    def _draw_lines(self, chart: Chart) -> None:
        """Draw the cost along each line in turn, and a dot for the training at either end."""
        for k, costs in enumerate(self.minima.lines):
            curve = chart.line(self.minima.shares, costs, self.theme.muted, width=2.5)
            dots = self._end_dots(chart, k)
            seconds = _SLOW_SECONDS if k < _N_SLOW_LINES else _QUICK_SECONDS
            self.play(FadeIn(*dots[:1], curve.marks), Create(curve.trail), run_time=seconds)
            self.add(dots)

    def _end_dots(self, chart: Chart, k: int) -> VGroup:
        """Return dots at those ends of the k-th line that the chart shows."""
        first, last = self.minima.pairs[k]
        costs = self.minima.lines[k]
        dots = VGroup()
        for x, cost, i in ((0.0, costs[0], first), (1.0, costs[-1], last)):
            if chart.shows(x, cost):
                place = chart.place(np.array([x]), np.array([cost]))[0]
                dots.add(Dot(place, radius=0.09, color=self.theme.series[i]))
        return dots

    def _findings(self) -> VGroup:
        """Return what the comparison shows, in words under the table."""
        lines = minima_findings(self.minima)
        text = lines_of_words(lines, self.theme, size=26, max_width=4.9)
        text.set_color(self.theme.foreground)
        return text.move_to(at(_PANEL_X, 0), aligned_edge=LEFT).set_y(_FINDINGS_Y, direction=UP)

    # -- words ------------------------------------------------------------------------------

    def _caption(self) -> VGroup:
        text = minima_caption(self.recording, self.minima)
        caption = lines_of_words([text], self.theme, max_width=13.4)
        return caption.move_to(at(6.85, -3.75), aligned_edge=RIGHT)
