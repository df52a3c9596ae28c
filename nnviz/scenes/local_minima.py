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
    Group,
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
from nnviz.view.sentences.common import COST
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

_CENTER, _WIDTH, _HEIGHT = at(-2.65, -0.15), 7.0, 5.2
_PANEL_X, _COLUMNS_X = 2.0, (4.3, 5.6, 6.85)


class LocalMinima(RecordingScene):
    """The recorded network trained from several starts, and the cost between where they end.

    Attributes
    ----------
    n_seeds
        Trainings, 2 to 5.
    epochs
        Over the examples, for each; 0 for as many as the recorded training, at least 60.
    seconds
        That the trainings take.
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
        chart, curves = self._trainings()
        self.play(FadeIn(title, chart, self._caption(), self._titles()), run_time=0.8)
        self._train(curves)
        self.wait(0.6)

        following = heading(lines_heading(), self.theme)
        self.play(FadeOut(title, chart, curves), run_time=0.4)
        chart = self._between()
        self.play(FadeIn(following, chart), run_time=0.6)
        self._draw_lines(chart)
        self.play(FadeOut(following), run_time=0.25)
        self.play(
            FadeIn(heading(minima_verdict(self.minima), self.theme)),
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
            (0.0, float(max(t.epochs[-1] for t in found.trainings))),
            (0.0, top or 1.0),
            self.theme,
            center=_CENTER,
            width=_WIDTH,
            height=_HEIGHT,
            x_label=EPOCHS,
            y_label=COST,
        )
        curves = VGroup()
        for training, color in zip(found.trainings, self.theme.series, strict=False):
            curves.add(chart.line(training.epochs, training.costs, color, width=3).show_until(0))
        return chart, curves

    def _train(self, curves: VGroup) -> None:
        """Draw the curves, and write where each ends."""
        trainings = self.minima.trainings

        def advance(_moving: Mobject, alpha: float) -> None:
            for curve, training in zip(curves, trainings, strict=True):
                curve.show_until(row_at(alpha, len(training.steps)))

        self.play(UpdateFromAlphaFunc(curves, advance, rate_func=linear), run_time=self.seconds)
        self.play(FadeIn(self._table()), run_time=0.8)

    def _titles(self) -> VGroup:
        titles = VGroup()
        for x, name in zip(_COLUMNS_X, MINIMA_COLUMNS, strict=True):
            titles.add(self._cell(name, x, 2.5, self.theme.muted, size=24))
        return titles

    def _table(self) -> VGroup:
        found = self.minima
        table = VGroup()
        for i, seed in enumerate(found.seeds):
            y = 1.85 - 0.6 * i
            color = self.theme.series[i]
            name = words(seed_text(seed), color=color, size=30)
            table.add(stand(name.move_to(at(_PANEL_X, 0), aligned_edge=LEFT), y))
            for x, text in zip(_COLUMNS_X, minimum_values(found, i), strict=True):
                table.add(self._cell(text, x, y, self.theme.foreground, size=30))
        if errors := minima_errors_text(found):
            said = words(errors, color=self.theme.muted, size=24)
            y = 1.85 - 0.6 * len(found.seeds) + 0.22
            table.add(said.move_to(at(_COLUMNS_X[-1], y), aligned_edge=RIGHT))
        return table

    def _cell(self, text: str, x: float, y: float, color: str, *, size: float) -> Typst:
        cell = words(text, color=color, size=size).move_to(at(x, 0), aligned_edge=RIGHT)
        return stand(cell, y)

    # -- the lines --------------------------------------------------------------------------

    def _between(self) -> Chart:
        finite = self.minima.lines[np.isfinite(self.minima.lines)]
        return Chart(
            (0.0, 1.0),
            (0.0, 1.1 * (float(finite.max(initial=0.0)) or 1.0)),
            self.theme,
            center=_CENTER,
            width=_WIDTH,
            height=_HEIGHT,
            x_label=SHARE_BETWEEN,
            y_label=COST,
        )

    def _draw_lines(self, chart: Chart) -> None:
        found = self.minima
        drawn = Group()
        for k, (i, j) in enumerate(found.pairs):
            curve = chart.line(found.at, found.lines[k], self.theme.muted, width=2.5)
            ends = [(0.0, found.lines[k][0], i), (1.0, found.lines[k][-1], j)]
            dots = VGroup(
                *(
                    Dot(chart.place(np.array([x]), np.array([y]))[0], radius=0.09,
                        color=self.theme.series[seed])
                    for x, y, seed in ends
                    if chart.shows(x, y)
                )
            )  # fmt: skip
            seconds = 0.9 if k < 2 else 0.4
            self.play(FadeIn(*dots[:1], curve.marks), Create(curve.trail), run_time=seconds)
            self.add(dots)
            drawn.add(curve, dots)

    def _findings(self) -> VGroup:
        lines = minima_findings(self.minima)
        text = lines_of_words(lines, self.theme, size=26, max_width=4.9)
        text.set_color(self.theme.foreground)
        return text.move_to(at(_PANEL_X, -1.25), aligned_edge=LEFT).set_y(-1.25, direction=UP)

    # -- words ------------------------------------------------------------------------------

    def _caption(self) -> VGroup:
        text = minima_caption(self.recording, self.minima)
        caption = lines_of_words([text], self.theme, max_width=13.4)
        return caption.move_to(at(6.85, -3.75), aligned_edge=RIGHT)
