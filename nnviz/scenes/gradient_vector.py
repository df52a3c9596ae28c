"""The gradient without geometry: one number for each weight, its sign and its size."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    Circle,
    DecimalNumber,
    FadeIn,
    FadeOut,
    Group,
    Line,
    Mobject,
    Typst,
    UpdateFromAlphaFunc,
    VGroup,
    VMobject,
    linear,
)

from nnviz.analysis.gradients import Parameter, gradient_rows, outstanding
from nnviz.core.arrays import FloatArray
from nnviz.mobjects.frame import at
from nnviz.mobjects.network import TEXT_Z, NetworkMobject
from nnviz.mobjects.readout import Readouts
from nnviz.mobjects.text import formula, heading, lines_of_words, number, stand, words
from nnviz.stage.scene import RecordingScene
from nnviz.view.layout import column, grid
from nnviz.view.sentences.common import STEP
from nnviz.view.sentences.formulas import parameter_formula
from nnviz.view.sentences.gradients import (
    COST_OF_BATCH,
    GRADIENT_COLUMNS,
    gradient_caption,
    gradient_headings,
    gradient_legend,
    spread_text,
    steps_heading,
    weighing_text,
)
from nnviz.view.timeline import row_at

_NAME_X, _VALUE_X, _CHANGE_X, _WORDS_X = -6.75, -4.25, -2.45, -2.1
_TOP_Y, _BOTTOM_Y = 1.85, -2.3
_INPUT_X, _FIRST_X, _OUTPUT_X = 2.35, 4.5, 6.6
_NETWORK_HEIGHT, _NETWORK_Y = 4.9, -0.55


class GradientVector(RecordingScene):
    """All weights as one column, the negative gradient beside it, and what training made of both.

    Attributes
    ----------
    step
        Recorded step whose gradient is shown.
    n_steps
        Recorded moments that follow.
    """

    step: int = 0
    n_steps: int = 8

    def construct(self) -> None:
        """Play the scene."""
        recording = self.recording
        self.rows = gradient_rows(recording, self.step, self.n_steps + 1)
        first = self.rows[0]
        gradient = np.asarray(recording.gradients[first])
        self.chosen = outstanding(recording.sizes, gradient)
        n = len(gradient)
        self._build_network(first)
        self._build_columns(first)

        column, nudges, sizes = gradient_headings(n)
        title = heading(column, self.theme)
        self.caption = self._caption(first)
        self.play(FadeIn(title, self.network, self.caption, self.names, self.values), run_time=1.2)
        self.wait(1.0)
        title = self._replace(title, nudges)
        self.play(FadeIn(self.changes, self._legend()), run_time=0.6)
        self._flow_back(gradient)
        self.wait(0.8)
        title = self._replace(title, sizes)
        self._tie(gradient)
        self.wait(1.5)
        if len(self.rows) > 1:
            self.play(FadeOut(self.said, self.ties), run_time=0.4)
            self._replace(title, steps_heading(recording, self.rows))
            self._descend()
        self.wait(2)

    # -- the network ------------------------------------------------------------------------

    def _build_network(self, row: int) -> None:
        recording = self.recording
        sizes = recording.sizes
        first = grid(recording.image_shape, (_INPUT_X, _NETWORK_Y), height=2.9, width=2.9)
        places = np.linspace(_FIRST_X, _OUTPUT_X, len(sizes) - 1) if len(sizes) > 2 else [_OUTPUT_X]
        columns = [
            column(size, float(x), height=_NETWORK_HEIGHT, max_spacing=0.5)
            for size, x in zip(sizes[1:], places, strict=True)
        ]
        lower = np.array([0, _NETWORK_Y])
        self.layouts = [
            first,
            *(replace(layout, positions=layout.positions + lower) for layout in columns),
        ]
        weights = self._by_layer(recording.parameters[row])
        self.network = NetworkMobject(self.layouts, weights, self.theme)

    def _by_layer(self, vector: FloatArray) -> list[FloatArray]:
        """Return the weights' part of a parameter-shaped vector, layer 1 first."""
        split = self.recording.blank_network().split(np.asarray(vector))
        return [weights for weights, _ in split]

    def _flow_back(self, gradient: FloatArray) -> None:
        """Let the gradient appear as it is computed: the last layer first."""
        nudges = self._by_layer(-gradient)
        network = self.network
        self.glow = [network.pulse(layer, each) for layer, each in enumerate(nudges, start=1)]
        for layer in range(len(self.glow), 0, -1):
            glow = self.glow[layer - 1]
            network.lead(glow, layer, 0, forward=False)
            self.add(glow)

            def recede(_moving: Mobject, alpha: float, layer: int = layer) -> None:
                network.lead(self.glow[layer - 1], layer, alpha, forward=False)

            moving = Group(glow, network.edges[layer - 1])
            self.play(UpdateFromAlphaFunc(moving, recede, rate_func=linear), run_time=0.6)

    def _edge(self, parameter: Parameter) -> VMobject:
        """Return what marks a parameter in the network: an edge, or a ring for a bias."""
        target = self.layouts[parameter.layer]
        end = at(*target.positions[parameter.neuron])
        if parameter.source is None:
            ring = Circle(1.7 * target.radius, color=self.theme.accent, stroke_width=4)
            return ring.move_to(end).set_z_index(TEXT_Z)
        start = at(*self.layouts[parameter.layer - 1].positions[parameter.source])
        return Line(start, end, color=self.theme.accent, stroke_width=4).set_z_index(TEXT_Z)

    # -- the columns ------------------------------------------------------------------------

    def _build_columns(self, row: int) -> None:
        """Write the chosen entries under each other, with dots for those between."""
        heights = np.linspace(_TOP_Y, _BOTTOM_Y, len(self.chosen))
        self.names, self.values, self.changes = VGroup(), VGroup(), VGroup()
        self.numbers: list[tuple[DecimalNumber, DecimalNumber]] = []
        muted = self.theme.muted
        places = ((_NAME_X, LEFT, self.names), (_VALUE_X, RIGHT, self.values),
                  (_CHANGE_X, RIGHT, self.changes))  # fmt: skip
        for title, (x, edge, group) in zip(GRADIENT_COLUMNS, places, strict=True):
            text = words(title, color=muted, size=26).move_to(at(x, 0), aligned_edge=edge)
            group.add(stand(text, _TOP_Y + 0.6))
        for parameter, y in zip(self.chosen, heights, strict=True):
            name = formula(parameter_formula(parameter), color=self.theme.foreground, size=32)
            self.names.add(name.move_to(at(_NAME_X, y), aligned_edge=LEFT))
            value = number(0.0, decimals=4, color=self.theme.foreground, size=32)
            change = number(0.0, decimals=5, color=muted, size=32)
            self.numbers.append((value, change))
            self._set_numbers(len(self.numbers) - 1, row, y)
            self.values.add(value)
            self.changes.add(change)
        for upper, lower in pairwise(heights):
            for x, group in ((_VALUE_X, self.values), (_CHANGE_X, self.changes)):
                dots = words("⋮", color=muted, size=26)
                group.add(dots.move_to(at(x - 0.5, (upper + lower) / 2)))

    def _set_numbers(self, i: int, row: int, y: float) -> None:
        parameter = self.chosen[i]
        value, change = self.numbers[i]
        nudge = -float(self.recording.gradients[row, parameter.index])
        value.set_value(float(self.recording.parameters[row, parameter.index]))
        change.set_value(nudge)
        change.set_color(self._hue(nudge))
        value.move_to(at(_VALUE_X, y), aligned_edge=RIGHT)
        change.move_to(at(_CHANGE_X, y), aligned_edge=RIGHT)

    def _hue(self, nudge: float) -> str:
        if nudge == 0:
            return self.theme.muted
        return self.theme.positive if nudge > 0 else self.theme.negative

    def _tie(self, gradient: FloatArray) -> None:
        """Tie each entry to its edge, and say what its sign and size mean."""
        self.said, self.ties = VGroup(), VGroup()
        largest = float(np.abs(gradient).max())
        order = sorted(range(len(self.chosen)), key=lambda i: -abs(gradient[self.chosen[i].index]))
        for i in order:
            parameter = self.chosen[i]
            nudge = -float(gradient[parameter.index])
            text = words(weighing_text(nudge, largest), color=self._hue(nudge), size=28)
            y = self.numbers[i][1].get_y()
            text.move_to(at(_WORDS_X, y), aligned_edge=LEFT)
            edge = self._edge(parameter)
            thread = Line(text.get_right() + at(0.12, 0), edge.get_center(), stroke_width=1.5)
            thread.set_stroke(self.theme.accent, opacity=0.55).set_z_index(TEXT_Z)
            self.play(FadeIn(text, thread, edge), run_time=0.5)
            self.wait(0.5)
            self.play(FadeOut(thread), run_time=0.15)
            self.said.add(text)
            self.ties.add(edge)
        finding = spread_text(gradient)
        said = words(finding, color=self.theme.foreground, size=26, max_width=8.6)
        said.move_to(at(_NAME_X, _BOTTOM_Y - 0.75), aligned_edge=LEFT)
        self.play(FadeIn(said), run_time=0.4)
        self.said.add(said)

    # -- steps ------------------------------------------------------------------------------

    def _descend(self) -> None:
        """Show every recorded moment that follows: weights moved, gradient computed anew."""
        recording = self.recording
        columns = (recording.steps, recording.batch_costs)
        readouts = Readouts(
            [(STEP, 0), (COST_OF_BATCH, 3)],
            [column[self.rows[0]] for column in columns],
            self.theme,
            buff=0.5,
        )
        readouts.move_to(at(_WORDS_X + 0.35, 0.3), aligned_edge=LEFT)
        self.play(FadeIn(readouts), run_time=0.4)
        heights = [value.get_y() for value, _ in self.numbers]
        captions = {row: self._caption(row) for row in self.rows}

        def advance(_moving: Mobject, alpha: float) -> None:
            # From one moment to the next at once: nothing between them was recorded.
            row = self.rows[row_at(alpha, len(self.rows))]
            for i, y in enumerate(heights):
                self._set_numbers(i, row, y)
            readouts.set_values(*(column[row] for column in columns))
            self.caption[0].become(captions[row][0])
            nudges = self._by_layer(-recording.gradients[row])
            for layer, (glow, each) in enumerate(zip(self.glow, nudges, strict=True), start=1):
                self.network.set_pulse(glow, layer, each)

        moving = Group(self.values, self.changes, readouts, self.caption, *self.glow)
        self.play(
            UpdateFromAlphaFunc(moving, advance, rate_func=linear),
            run_time=0.8 * (len(self.rows) - 1),
        )

    # -- words ------------------------------------------------------------------------------

    def _replace(self, title: Typst, text: str) -> Typst:
        following = heading(text, self.theme)
        self.play(FadeOut(title), run_time=0.25)
        self.play(FadeIn(following), run_time=0.35)
        return following

    def _caption(self, row: int) -> VGroup:
        text = gradient_caption(self.recording, row)
        caption = lines_of_words([text], self.theme, max_width=13.4)
        return caption.move_to(at(-6.8, -3.7), aligned_edge=LEFT)

    def _legend(self) -> VGroup:
        """Say what the hue of an edge is, once it shows the gradient."""
        entries = VGroup()
        for name, text in gradient_legend():
            line = Line(at(0, 0), at(0.5, 0), color=getattr(self.theme, name), stroke_width=5)
            entries.add(line, words(text, color=self.theme.muted, size=24))
        entries.arrange(RIGHT, buff=0.18)
        return entries.move_to(at(6.85, 2.8), aligned_edge=RIGHT)
