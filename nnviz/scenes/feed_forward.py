"""A digit goes in, brightness flows through, the brightest output is the prediction."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    Circle,
    FadeIn,
    FadeOut,
    Group,
    Mobject,
    Succession,
    SurroundingRectangle,
    Typst,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
)

from nnviz.analysis.probes import choose_probes
from nnviz.core.arrays import FloatArray
from nnviz.errors import SettingError
from nnviz.mobjects.edges import EdgeLayer
from nnviz.mobjects.frame import at
from nnviz.mobjects.image import ImageRaster
from nnviz.mobjects.network import TEXT_Z, NetworkMobject
from nnviz.mobjects.neurons import NeuronLayer
from nnviz.mobjects.text import formula, words
from nnviz.scenes._layer_columns import layer_columns
from nnviz.scenes._layer_labels import brightness_scales, layer_sizes, network_legend
from nnviz.stage.scene import RecordingScene
from nnviz.view.brightness import layer_brightness
from nnviz.view.edges import contributions
from nnviz.view.images import ink_image
from nnviz.view.layout import LayerLayout, column, grid
from nnviz.view.sentences.formulas import layer_formula
from nnviz.view.sentences.network import (
    feed_forward_caption,
    output_classes,
    pixels_text,
    verdict,
)
from nnviz.view.sentences.numbers import number_text

# Where the input, the first hidden layer and the output stand, frame units: the image takes the
# left third, and right of the output there is room for its labels and activations.
_INPUT_X, _FIRST_X, _OUTPUT_X = -4.5, -0.3, 4.5
# Right end of the words above the output, frame units.
_RIGHT_X = 6.9
# In the compact layout the column of inputs stands here; it shows so many, that a column of 784
# can be told from them.
_COMPACT_X, _COMPACT_INPUTS = -2.9, 16
# Tallest that a column may be, the side of the input image, and the most between two neurons,
# frame units: between the headings and the sizes of the layers.
_COLUMN_HEIGHT, _GRID_SIDE, _MAX_SPACING = 5.8, 4.7, 0.56
# Height of the headings, and the widest that the verdict may be, frame units.
_TOP_Y, _VERDICT_WIDTH = 3.5, 3.9
# Size of the outputs' activations, as a share of their labels': secondary to these.
_VALUE_SIZE = 0.72


class FeedForward(RecordingScene):
    """Several images pass through the network, one after the other.

    Attributes
    ----------
    n_images
        Number of images shown, from 1 to the number of examples whose activations are
        recorded; of two or more, the last is one that the network gets wrong, if it does.
    compact
        Whether to show only 16 of the inputs, those that are brightest on average, as a
        column with an ellipsis, instead of all as an image.
    step
        Recorded training step whose network is shown; negative numbers count recorded steps
        from the end, so that -1 is the last.
    """

    n_images: int = 4
    compact: bool = False
    step: int = -1

    def construct(self) -> None:
        """Play the scene."""
        recording = self.recording
        layers = range(len(recording.sizes))
        self.activations = [recording.activations(layer, self.step) for layer in layers]
        self.lights = layer_brightness(recording, self.step)
        self.weights = [recording.weights(layer, self.step) for layer in layers[1:]]
        self.network = NetworkMobject(self._layouts(), self.weights, self.theme)
        self.network.neurons[0].set_opacity(0)
        self.labels = self._output_labels()
        # In the compact layout the image stands beside the column of its pixels.
        self.image = ImageRaster(np.zeros((*recording.image_shape, 3)), height=2.6)
        self.image.move_to(at(_INPUT_X - 0.9, 0)).set_opacity(0)
        if self.compact:
            self.add(self.image)
        # What stands before the first that moves is drawn once an animation.
        self.add(self.labels, *self._surroundings())
        self.add(*self.network.submobjects)
        self.probes = self._choose_probes()
        for probe in self.probes:
            self._feed_image(probe)

    def _choose_probes(self) -> list[int]:
        """Return the examples to show; fewer than the option's default if fewer are recorded."""
        n_recorded = len(self.recording.probes)
        is_default = self.n_images == type(self).n_images
        if self.n_images < 1 or (self.n_images > n_recorded and not is_default):
            message = (
                f"option n_images must lie in 1 to {n_recorded}, the examples whose activations "
                f"are recorded; got {self.n_images}."
            )
            raise SettingError(message)
        return choose_probes(self.recording, self.n_images, self.step)

    def _feed_image(self, probe: int) -> None:
        """Show an image, let activity flow from layer to layer, and show the prediction."""
        heading = self._show_image(probe)
        pulses = []
        for layer in range(1, len(self.activations)):
            following = self._heading(layer)
            pulses.append(self._flow(layer, probe, heading, following))
            heading = following
        said = self._show_prediction(probe)
        self.wait(1.4)
        neurons = self.network.neurons
        fading = VGroup(heading, said)
        self.play(
            FadeOut(fading),
            *(FadeOut(pulse) for pulse in pulses),
            UpdateFromAlphaFunc(Group(*self.network.edges), self._rest),
            *(self._fill(layer, 0) for layer in neurons[1:]),
            *(mob.animate.set_opacity(0) for mob in (neurons[0], self.image)),
            run_time=0.6,
        )

    def _show_image(self, probe: int) -> Typst:
        """Show the image as pixels and turn them into neurons."""
        pixels = self.network.neurons[0]
        self.network.set_activations(0, self.activations[0][probe])
        pixels.roundness = 1.0 if self.compact else 0.0
        self.image.set_colors(ink_image(self.recording.probes.images[probe], self.theme))
        text = pixels_text(self.recording.image_shape)
        heading = words(text, color=self.theme.foreground, size=34).set_y(_TOP_Y)
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
        self.network.lead(pulse, layer, 0)
        self.add(pulse)
        self.network.set_activations(layer, target, scale=self.lights[layer].scale)

        def advance(_moving: Mobject, alpha: float) -> None:
            self.network.lead(pulse, layer, alpha)

        moving = Group(pulse, self.network.edges[layer - 1])
        self.play(
            UpdateFromAlphaFunc(moving, advance, rate_func=linear),
            self._fill(self.network.neurons[layer], 1),
            Succession(FadeOut(heading, run_time=0.25), FadeIn(following, run_time=0.25)),
            run_time=1.2 if layer == 1 else 0.9,
        )
        self.bring_to_back(pulse)  # among those that are drawn once
        return pulse

    def _rest(self, _moving: Mobject, alpha: float) -> None:
        """Let the idle edges come back."""
        self.network.rest(alpha)

    def _fill(self, neurons: NeuronLayer, level: int) -> UpdateFromAlphaFunc:
        """Fill or empty neurons; they fill when the pulse's front has reached them."""
        colors, full = neurons.fill_colors, neurons.fill_opacities

        def update(_mobject: Mobject, alpha: float) -> None:
            share = np.clip(2 * alpha - 1, 0, 1) if level else 1 - alpha
            neurons.set_fills(colors, full * share)

        neurons.set_fills(colors, full * (1 - level))
        return UpdateFromAlphaFunc(neurons, update)

    # -- the prediction ---------------------------------------------------------------------

    def _show_prediction(self, probe: int) -> VGroup:
        """Write the outputs' activations, box the one that decides and say what it reads."""
        output = self.activations[-1][probe]
        found = verdict(output, int(self.recording.probes.labels[probe]))
        color = self.theme.accent if found.is_right else self.theme.wrong
        values = self._output_values(output)
        shown = VGroup(values, self._verdict_lines(found.text, color))
        classes = output_classes(len(output))
        if found.prediction in classes:
            shown.add(self._box(classes.index(found.prediction), values, color))
        shown.set_z_index(TEXT_Z)
        self.play(FadeIn(shown), run_time=0.5)
        return shown

    def _output_values(self, output: FloatArray) -> VGroup:
        """Return each output's activation, right of its label."""
        size = _VALUE_SIZE * self._label_size()
        return VGroup(
            *(
                words(number_text(value, 2), color=self.theme.muted, size=size)
                .next_to(label, RIGHT, buff=0.3)
                .set_y(label.get_y())
                for value, label in zip(output, self.labels, strict=True)
            )
        )

    def _verdict_lines(self, text: str, color: str) -> VGroup:
        """Return the verdict as a heading above the outputs, and smaller lines under it."""
        first, *rest = text.split("; ")
        lines = VGroup(words(first, color=color, size=34, max_width=_VERDICT_WIDTH))
        lines.set_y(_TOP_Y)
        lines.set_x(min(_OUTPUT_X + 0.6, _RIGHT_X - lines.width / 2))
        for each in rest:
            line = words(each, color=color, size=26, max_width=_VERDICT_WIDTH)
            lines.add(line.next_to(lines, DOWN, aligned_edge=RIGHT, buff=0.12))
        return lines

    def _box(self, place: int, values: VGroup, color: str) -> SurroundingRectangle:
        """Return a box around the output that decides, and give its activation the colour."""
        values[place].set_color(color)
        layout = self.network.layouts[-1]
        neuron = Circle(layout.radius).move_to(at(*layout.positions[place]))
        row = VGroup(neuron, self.labels[place], values[place])
        return SurroundingRectangle(row, color=color, buff=0.1, stroke_width=3, corner_radius=0.08)

    # -- what stands around the network -----------------------------------------------------

    def _layouts(self) -> list[LayerLayout]:
        """Return where the neurons of each layer stand, input first."""
        sizes = self.recording.sizes
        if self.compact:
            brightest = np.argsort(-self.activations[0].mean(axis=0), kind="stable")
            shown = np.sort(brightest[:_COMPACT_INPUTS])
            first = column(sizes[0], _COMPACT_X, height=_COLUMN_HEIGHT, shown=shown)
        else:
            shape = self.recording.image_shape
            first = grid(shape, (_INPUT_X, 0.0), height=_GRID_SIDE, width=_GRID_SIDE)
        columns = layer_columns(
            sizes, _FIRST_X, _OUTPUT_X, height=_COLUMN_HEIGHT, max_spacing=_MAX_SPACING
        )
        return [first, *columns]

    def _label_size(self) -> float:
        return min(34.0, 34 * self.network.layouts[-1].radius / 0.19)

    def _output_labels(self) -> VGroup:
        layout = self.network.layouts[-1]
        labels = VGroup(
            *(
                words(str(name), color=self.theme.foreground, size=self._label_size()).move_to(
                    at(x + layout.radius + 0.3, y)
                )
                for name, (x, y) in zip(
                    output_classes(layout.n_neurons), layout.positions, strict=True
                )
            )
        )
        return labels.set_z_index(-1)

    def _heading(self, layer: int) -> Typst:
        code = layer_formula(self.recording, layer)
        return formula(code, color=self.theme.foreground, size=36).set_y(_TOP_Y)

    def _surroundings(self) -> list[Mobject]:
        """Return what stands behind the network and never changes."""
        layouts, theme = self.network.layouts, self.theme
        has_gaps = not all(np.isfinite(values).all() for values in self.activations)
        parts = [
            layer_sizes(layouts, theme),
            brightness_scales(layouts, self.lights, theme),
            self._caption(),
            network_legend(theme, has_gaps=has_gaps),
        ]
        return [part.set_z_index(-1) for part in parts]

    def _caption(self) -> Typst:
        text = feed_forward_caption(self.recording, self.step)
        caption = words(text, color=self.theme.muted, size=24, max_width=13.6)
        return caption.to_edge(DOWN, buff=0.17).align_to(at(-6.85, 0), LEFT)
