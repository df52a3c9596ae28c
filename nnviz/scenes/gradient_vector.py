"""The gradient without geometry: one number for each weight, its sign and its size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    Circle,
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
from nnviz.mobjects.text import heading, lines_of_words, words
from nnviz.scenes._layer_columns import layer_columns
from nnviz.scenes._parameter_columns import (
    BOTTOM_Y,
    NAME_X,
    ParameterColumns,
    ParameterRow,
    change_hue,
)
from nnviz.scenes._recorded_numbers import Quantity, RecordedNumbers
from nnviz.stage.scene import RecordingScene
from nnviz.view.layout import grid
from nnviz.view.sentences.gradients import (
    COST_OF_BATCH,
    gradient_caption,
    gradient_headings,
    gradient_legend,
    spread_text,
    steps_heading,
    weighing_text,
)
from nnviz.view.sentences.scales import STEP
from nnviz.view.timeline import row_at

# Left end of the words on what each number means, right of the columns, frame units.
_WORDS_X = -2.1
# The network, frame units: it stands right of the words, and below the headings.
_INPUT_X, _FIRST_X, _OUTPUT_X = 2.35, 4.5, 6.6
_NETWORK_HEIGHT, _NETWORK_Y, _GRID_SIDE, _MAX_SPACING = 4.9, -0.55, 2.9, 0.5
# Seconds that each recorded step stands: time to read that numbers have changed.
_STEP_SECONDS = 0.8


class GradientVector(RecordingScene):
    """All weights as one column, the negative gradient beside it, and what training made of both.

    Attributes
    ----------
    step
        Recorded training step whose gradient is shown; negative numbers count recorded steps
        from the end, so that -1 is the last.
    n_steps
        Number of recorded steps shown after it, 0 or more; fewer if fewer were recorded, or
        if the training diverged.
    """

    step: int = 0
    n_steps: int = 8

    def construct(self) -> None:
        """Play the scene."""
        recording = self.recording
        self.rows = gradient_rows(recording, self.step, self.n_steps + 1)
        first = self.rows[0]
        gradient = np.asarray(recording.gradients[first])
        self._build_network(first)
        shown = outstanding(recording.sizes, gradient)
        columns = self.columns = ParameterColumns(recording, shown, self.theme, first)
        column_title, change_title, size_title = gradient_headings(len(gradient))
        title = heading(column_title, self.theme)
        self.caption = self._caption(first)
        parts = (title, self.network, self.caption, columns.names, columns.values)
        self.play(FadeIn(*parts), run_time=1.2)
        self.wait(1.0)
        title = self._replace(title, change_title)
        self.play(FadeIn(columns.changes, self._legend()), run_time=0.6)
        self._flow_back(gradient)
        self.wait(0.8)
        title = self._replace(title, size_title)
        self._explain(gradient)
        self.wait(1.5)
        if len(self.rows) > 1:
            self.play(FadeOut(self.meanings, self.ties), run_time=0.4)
            self._replace(title, steps_heading(recording, self.rows))
            self._descend()
        self.wait(2)

    # -- the network ------------------------------------------------------------------------

    def _build_network(self, row: int) -> None:
        sizes, shape = self.recording.sizes, self.recording.image_shape
        first = grid(shape, (_INPUT_X, _NETWORK_Y), height=_GRID_SIDE, width=_GRID_SIDE)
        columns = layer_columns(
            sizes, _FIRST_X, _OUTPUT_X, height=_NETWORK_HEIGHT, max_spacing=_MAX_SPACING
        )
        lower = np.array([0, _NETWORK_Y])
        self.layouts = [
            first,
            *(replace(layout, positions=layout.positions + lower) for layout in columns),
        ]
        weights = self._by_layer(self.recording.parameters[row])
        self.network = NetworkMobject(self.layouts, weights, self.theme)

    def _by_layer(self, vector: FloatArray) -> list[FloatArray]:
        """Return the weights' part of a parameter-shaped vector, layer 1 first."""
        split = self.recording.blank_network().split(np.asarray(vector))
        return [weights for weights, _ in split]

    def _flow_back(self, gradient: FloatArray) -> None:
        """Let the gradient appear as it is computed: the last layer first."""
        changes = self._by_layer(-gradient)
        self.glow = [self.network.pulse(layer, each) for layer, each in enumerate(changes, start=1)]
        for layer in range(len(self.glow), 0, -1):
            self._flow_back_through(layer)

    def _flow_back_through(self, layer: int) -> None:
        glow, network = self.glow[layer - 1], self.network
        network.lead(glow, layer, 0, forward=False)
        self.add(glow)

        def recede(_moving: Mobject, alpha: float) -> None:
            network.lead(glow, layer, alpha, forward=False)

        moving = Group(glow, network.edges[layer - 1])
        self.play(UpdateFromAlphaFunc(moving, recede, rate_func=linear), run_time=0.6)

    def _tie(self, parameter: Parameter) -> VMobject:
        """Return what marks a parameter in the network: an edge, or a ring for a bias."""
        target = self.layouts[parameter.layer]
        end = at(*target.positions[parameter.neuron])
        if parameter.source is None:
            ring = Circle(1.7 * target.radius, color=self.theme.accent, stroke_width=4)
            return ring.move_to(end).set_z_index(TEXT_Z)
        start = at(*self.layouts[parameter.layer - 1].positions[parameter.source])
        return Line(start, end, color=self.theme.accent, stroke_width=4).set_z_index(TEXT_Z)

    # -- what the numbers mean --------------------------------------------------------------

    def _explain(self, gradient: FloatArray) -> None:
        """Tie each number to its edge, the largest first, and say what sign and size mean."""
        self.meanings, self.ties = VGroup(), VGroup()
        largest = float(np.abs(gradient).max())
        by_size = sorted(self.columns.rows, key=lambda row: -abs(gradient[row.parameter.index]))
        for row in by_size:
            self._explain_one(row, -float(gradient[row.parameter.index]), largest)
        text = spread_text(gradient)
        finding = words(text, color=self.theme.foreground, size=26, max_width=8.6)
        finding.move_to(at(NAME_X, BOTTOM_Y - 0.75), aligned_edge=LEFT)
        self.play(FadeIn(finding), run_time=0.4)
        self.meanings.add(finding)

    def _explain_one(self, shown: ParameterRow, change: float, largest: float) -> None:
        hue = change_hue(change, self.theme)
        meaning = words(weighing_text(change, largest), color=hue, size=28)
        meaning.move_to(at(_WORDS_X, shown.y), aligned_edge=LEFT)
        tie = self._tie(shown.parameter)
        thread = Line(meaning.get_right() + at(0.12, 0), tie.get_center(), stroke_width=1.5)
        thread.set_stroke(self.theme.accent, opacity=0.55).set_z_index(TEXT_Z)
        self.play(FadeIn(meaning, thread, tie), run_time=0.5)
        self.wait(0.5)
        self.play(FadeOut(thread), run_time=0.15)
        self.meanings.add(meaning)
        self.ties.add(tie)

    # -- steps ------------------------------------------------------------------------------

    def _descend(self) -> None:
        """Show every recorded step that follows: weights moved, gradient computed anew."""
        recording = self.recording
        numbers = RecordedNumbers.of(
            [
                Quantity(STEP, 0, recording.steps),
                Quantity(COST_OF_BATCH, 3, recording.batch_costs),
            ],
            self.theme,
            buff=0.5,
            row=self.rows[0],
        )
        numbers.readouts.move_to(at(_WORDS_X + 0.35, 0.3), aligned_edge=LEFT)
        self.play(FadeIn(numbers.readouts), run_time=0.4)
        captions = {row: self._caption(row) for row in self.rows}

        def advance(_moving: Mobject, alpha: float) -> None:
            # From one recorded step to the next at once: nothing between them was recorded.
            row = self.rows[row_at(alpha, len(self.rows))]
            self.columns.show_step(row)
            numbers.show_row(row)
            self.caption[0].become(captions[row][0])
            self._show_gradient(row)

        moving = Group(
            self.columns.values, self.columns.changes, numbers.readouts, self.caption, *self.glow
        )
        self.play(
            UpdateFromAlphaFunc(moving, advance, rate_func=linear),
            run_time=_STEP_SECONDS * (len(self.rows) - 1),
        )

    def _show_gradient(self, row: int) -> None:
        """Let the edges glow by the negative gradient of a recorded step."""
        changes = self._by_layer(-self.recording.gradients[row])
        for layer, (glow, each) in enumerate(zip(self.glow, changes, strict=True), start=1):
            self.network.set_pulse(glow, layer, each)

    # -- words ------------------------------------------------------------------------------

    def _replace(self, title: Typst, text: str) -> Typst:
        """Show another heading instead of one, and return it."""
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
