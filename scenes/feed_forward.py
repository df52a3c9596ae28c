"""A digit goes in, brightness flows through, the brightest output is the answer."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Circle,
    FadeIn,
    FadeOut,
    Line,
    Mobject,
    Succession,
    SurroundingRectangle,
    Typst,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
)

from nnviz.analysis.probes import answers, choose_probes
from nnviz.mobjects.edges import EdgeLayer
from nnviz.mobjects.frame import at
from nnviz.mobjects.image import ImageRaster
from nnviz.mobjects.network import TEXT_Z, NetworkMobject
from nnviz.mobjects.neurons import NeuronLayer
from nnviz.mobjects.text import formula, words
from nnviz.rendering.scene import RecordingScene
from nnviz.view.edges import contributions
from nnviz.view.images import ink_image
from nnviz.view.layout import LayerLayout, column, grid
from nnviz.view.notation import layer_formula, run_text

_INPUT_X, _FIRST_X, _OUTPUT_X = -4.5, -0.3, 4.5
_COMPACT_X, _COMPACT_INPUTS = -2.9, 16
_COLUMN_HEIGHT = 5.8
_TOP_Y, _SIZES_Y, _CAPTION_Y = 3.5, -3.2, -3.68


class FeedForward(RecordingScene):
    """Several images pass through the network, one after the other.

    Attributes
    ----------
    n_images
        How many images pass; the last is one that the network gets wrong, if it does.
    compact
        Show only 16 of the inputs, those most often lit, as a column with an ellipsis.
    step
        Training step whose network is shown; -1 is the last recorded.
    """

    n_images: int = 4
    compact: bool = False
    step: int = -1

    def construct(self) -> None:
        """Play the scene."""
        recording = self.recording
        layers = range(len(recording.sizes))
        self.activations = [recording.activations(layer, self.step) for layer in layers]
        # A sigmoid's activation is its brightness; a ReLU's has no upper end but its largest.
        self.scales = [max(1.0, float(np.nanmax(np.abs(a)))) for a in self.activations]
        self.weights = [recording.weights(layer, self.step) for layer in layers[1:]]
        self.network = NetworkMobject(self._layouts(), self.weights, self.colors)
        self.network.neurons[0].set_opacity(0)
        self.labels = self._output_labels()
        # In the compact layout the image stands beside the column of its pixels.
        self.image = ImageRaster(np.zeros((*recording.image_shape, 3)), height=2.6)
        self.image.move_to(at(_INPUT_X - 0.9, 0)).set_opacity(0)
        if self.compact:
            self.add(self.image)
        # What stands before the first that moves is drawn once an animation.
        self.add(self.labels, self._sizes(), self._caption(), self._legend())
        self.add(*self.network.submobjects)
        for probe in choose_probes(recording, self.n_images, self.step):
            self._pass_image(probe)

    def _pass_image(self, probe: int) -> None:
        heading = self._show_image(probe)
        pulses = []
        for layer in range(1, len(self.activations)):
            following = self._heading(layer)
            pulses.append(self._flow(layer, probe, heading, following))
            heading = following
        verdict = self._show_answer(probe)
        self.wait(1.4)
        neurons = self.network.neurons
        fading = VGroup(heading, verdict)
        self.play(
            FadeOut(fading),
            *(FadeOut(pulse) for pulse in pulses),
            *(self._fill(layer, 0) for layer in neurons[1:]),
            *(mob.animate.set_opacity(0) for mob in (neurons[0], self.image)),
            run_time=0.6,
        )

    def _show_image(self, probe: int) -> Typst:
        """Show the image as pixels and turn them into neurons."""
        pixels = self.network.neurons[0]
        self.network.set_activations(0, self.activations[0][probe])
        pixels.roundness = 1.0 if self.compact else 0.0
        self.image.set_colors(ink_image(self.recording.probes.images[probe], self.colors))
        height, width = self.recording.image_shape
        heading = words(
            f"{height} × {width} = {height * width} pixels", color=self.colors.foreground, size=34
        ).set_y(_TOP_Y)
        shown = [pixels, self.image] if self.compact else [pixels]
        self.play(*(mob.animate.set_opacity(1) for mob in shown), FadeIn(heading), run_time=0.5)
        self.wait(0.5)
        if not self.compact:
            self.play(
                UpdateFromAlphaFunc(pixels, lambda mob, alpha: setattr(mob, "roundness", alpha)),
                run_time=0.8,
            )
        return heading

    def _flow(self, layer: int, probe: int, heading: Typst, following: Typst) -> EdgeLayer:
        """Let activity run along the edges into a layer and fill its neurons."""
        source, target = self.activations[layer - 1][probe], self.activations[layer][probe]
        pulse = self.network.pulse(layer, contributions(self.weights[layer - 1], source))
        pulse.reach = (-np.inf, 0.0)
        self.add(pulse)
        self.network.set_activations(layer, target, scale=self.scales[layer])
        self.play(
            UpdateFromAlphaFunc(pulse, _advance, rate_func=linear),
            self._fill(self.network.neurons[layer], 1),
            Succession(FadeOut(heading, run_time=0.25), FadeIn(following, run_time=0.25)),
            run_time=1.2 if layer == 1 else 0.9,
        )
        self.bring_to_back(pulse)  # among those that are drawn once
        return pulse

    def _fill(self, neurons: NeuronLayer, level: int) -> UpdateFromAlphaFunc:
        """Fill or empty neurons; they fill when the pulse's front has reached them."""
        colors, full = neurons.fill_colors, neurons.fill_opacities

        def update(_mobject: Mobject, alpha: float) -> None:
            share = np.clip(2 * alpha - 1, 0, 1) if level else 1 - alpha
            neurons.set_fills(colors, full * share)

        neurons.set_fills(colors, full * (1 - level))
        return UpdateFromAlphaFunc(neurons, update)

    def _show_answer(self, probe: int) -> VGroup:
        """Write the outputs' activations, box the brightest and say whether it is right."""
        output = self.activations[-1][probe]
        answer = int(answers(self.recording, self.step)[probe])
        truth = int(self.recording.probes.labels[probe])
        color = self.colors.accent if answer == truth else self.colors.wrong
        size = self._label_size()
        values = VGroup(
            *(
                words(f"{value:.2f}", color=self.colors.muted, size=0.72 * size)
                .next_to(label, RIGHT, buff=0.3)
                .set_y(label.get_y())
                for value, label in zip(output, self.labels, strict=True)
            )
        )
        values[answer].set_color(color)
        layout = self.network.layouts[-1]
        neuron = Circle(layout.radius).move_to(at(*layout.positions[answer]))
        row = VGroup(neuron, self.labels[answer], values[answer])
        box = SurroundingRectangle(row, color=color, buff=0.1, stroke_width=3, corner_radius=0.08)
        text = f"it reads {answer}" if answer == truth else f"it reads {answer}, but it is {truth}"
        verdict = words(text, color=color, size=34).set_y(_TOP_Y)
        verdict.set_x(min(_OUTPUT_X + 0.6, 6.9 - verdict.width / 2))
        shown = VGroup(values, box, verdict).set_z_index(TEXT_Z)
        self.play(FadeIn(shown), run_time=0.5)
        return shown

    def _layouts(self) -> list[LayerLayout]:
        sizes = self.recording.sizes
        if self.compact:
            lit = np.argsort(-self.activations[0].mean(axis=0), kind="stable")[:_COMPACT_INPUTS]
            first = column(sizes[0], _COMPACT_X, height=_COLUMN_HEIGHT, shown=np.sort(lit))
        else:
            shape = self.recording.image_shape
            first = grid(shape, (_INPUT_X, 0.0), height=4.7, width=4.7)
        places = np.linspace(_FIRST_X, _OUTPUT_X, len(sizes) - 1) if len(sizes) > 2 else [_OUTPUT_X]
        columns = [
            column(size, float(x), height=_COLUMN_HEIGHT, max_spacing=0.56)
            for size, x in zip(sizes[1:], places, strict=True)
        ]
        return [first, *columns]

    def _label_size(self) -> float:
        return min(34.0, 34 * self.network.layouts[-1].radius / 0.19)

    def _output_labels(self) -> VGroup:
        layout = self.network.layouts[-1]
        labels = VGroup(
            *(
                words(str(i), color=self.colors.foreground, size=self._label_size()).move_to(
                    at(x + layout.radius + 0.3, y)
                )
                for i, (x, y) in zip(layout.shown, layout.positions, strict=True)
            )
        )
        return labels.set_z_index(-1)

    def _heading(self, layer: int) -> Typst:
        code = layer_formula(self.recording, layer)
        return formula(code, color=self.colors.foreground, size=36).set_y(_TOP_Y)

    def _sizes(self) -> VGroup:
        sizes = VGroup()
        for layout in self.network.layouts:
            shown = "" if layout.is_complete else f", {len(layout.shown)} of them shown"
            text = words(f"{layout.n_neurons:,}{shown}", color=self.colors.muted, size=26)
            sizes.add(text.move_to(at(layout.positions[:, 0].mean(), _SIZES_Y)))
        return sizes.set_z_index(-1)

    def _caption(self) -> Typst:
        recording = self.recording
        row = recording.row(self.step)
        text = (
            f"{run_text(recording)}, step {recording.steps[row]:,}, "
            f"{recording.test_accuracies[row]:.1%} of {len(recording.test_sample):,} "
            "held-out images right"
        )
        caption = words(text, color=self.colors.muted, size=24, max_width=10.4)
        return caption.to_edge(DOWN, buff=0.2).align_to(at(-6.85, 0), LEFT).set_z_index(-1)

    def _legend(self) -> VGroup:
        entries = VGroup()
        for color, text in ((self.colors.positive, "w a > 0"), (self.colors.negative, "w a < 0")):
            line = Line(at(0, 0), at(0.5, 0), color=color, stroke_width=5)
            entries.add(line, formula(text, color=self.colors.muted, size=24))
        entries.arrange(RIGHT, buff=0.2).to_edge(DOWN, buff=0.2)
        return entries.align_to(at(6.85, 0), RIGHT).set_z_index(-1)


def _advance(pulse: Mobject, alpha: float) -> None:
    # The front's soft end is a quarter of the way long and must leave on the other side.
    assert isinstance(pulse, EdgeLayer)
    pulse.reach = (-np.inf, 1.25 * alpha)
