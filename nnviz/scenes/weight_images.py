"""Each neuron of the first layer gives every pixel a weight: an image, and how it is learned."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    FadeIn,
    FadeOut,
    Group,
    Mobject,
    MoveToTarget,
    Rectangle,
    Typst,
    UpdateFromAlphaFunc,
    VGroup,
    linear,
)

from nnviz.core.arrays import FloatArray
from nnviz.mobjects.color_bar import ColorBar
from nnviz.mobjects.edges import EdgeLayer
from nnviz.mobjects.frame import at
from nnviz.mobjects.image import ImageRaster
from nnviz.mobjects.network import NEURONS_Z, TEXT_Z
from nnviz.mobjects.neurons import NeuronLayer
from nnviz.mobjects.readout import Readout
from nnviz.mobjects.text import words
from nnviz.stage.scene import RecordingScene
from nnviz.view.colors import diverging, rgb, sign_hues, symmetric_limit
from nnviz.view.contours import clips
from nnviz.view.edges import edge_opacities
from nnviz.view.images import weight_image
from nnviz.view.layout import column, grid
from nnviz.view.sentences.common import gap_name, scale_ends
from nnviz.view.sentences.network import (
    WEIGHT,
    changes_text,
    neuron_name,
    progress_names,
    progress_values,
    start_text,
    weight_images_caption,
    weight_images_heading,
)
from nnviz.view.sentences.numbers import number_text
from nnviz.view.timeline import row_at

_GRID_CENTER, _GRID_SIDE, _COLUMN_X = (-4.75, -0.2), 4.0, -1.75
_WALL_LEFT, _WALL_RIGHT, _WALL_TOP, _WALL_BOTTOM = -0.95, 5.35, 3.0, -3.5
_TOP_Y = 3.55
# Each neuron is linked to its image, but a thousand would take all day.
_LINKED_ONE_BY_ONE = 16


class WeightImages(RecordingScene):
    """What the first layer has learned, as images, and how: from the first step to the last.

    Attributes
    ----------
    seconds
        That the training takes on screen.
    """

    seconds: float = 10.0

    def construct(self) -> None:
        """Play the scene."""
        self.history = self.recording.weight_history(1)
        self.n_neurons = self.history.shape[1]
        self.limit = symmetric_limit(self.history)
        self._build_wall()
        self._build_network()
        self.add(self._caption())
        heading = self._heading(weight_images_heading())
        self.play(FadeIn(self.pixels, self.neurons, self.bar, heading), run_time=0.8)
        self._link()
        self.wait(0.5)
        self.play(FadeOut(heading, self.pixels, self.neurons), run_time=0.6)
        self._train()
        self.wait(2)

    def _build_network(self) -> None:
        """Place the input as an image and the first layer as a column."""
        colors = self.theme
        shape = self.recording.image_shape
        self.input = grid(shape, _GRID_CENTER, height=_GRID_SIDE, width=_GRID_SIDE)
        self.column = column(self.n_neurons, _COLUMN_X, height=5.8)
        light = rgb(colors.foreground)
        self.pixels = NeuronLayer(
            self.input.positions, self.input.radius, light, cell=self.input.cell, ring=0.28
        )
        self.pixels.roundness = 0.0
        self.neurons = NeuronLayer(self.column.positions, self.column.radius, light)
        self.neurons.set_z_index(NEURONS_Z)
        self.pixels.set_z_index(NEURONS_Z)
        values = np.linspace(-1, 1, 129)
        below, above = clips(self.history, -self.limit, self.limit)
        low, high = scale_ends(self.limit, below=below, above=above)
        self.bar = ColorBar(
            diverging(values, 1.0, colors),
            [(0.0, low), (0.5, number_text(0, 0)), (1.0, high)],
            WEIGHT,
            colors,
            height=4.0,
            extends=(below, above),
            gap=gap_name(np.isnan(self.history)),
        )
        self.bar.move_to(at(6.95, -0.2), aligned_edge=RIGHT)

    def _link(self) -> None:
        """Turn each neuron's edges into its image, the first slowly."""
        one_by_one = min(self.n_neurons, _LINKED_ONE_BY_ONE)
        for neuron in range(one_by_one):
            self._link_one(neuron, seconds=1.6 if neuron == 0 else 0.4)
        rest = self.images[one_by_one:]
        if rest:
            self.play(
                FadeIn(*rest, *self.frames[one_by_one:], *self.tags[one_by_one:]), run_time=1.0
            )

    def _link_one(self, neuron: int, *, seconds: float) -> None:
        weights = self.history[-1, neuron]
        edges = self._edges(neuron)
        ring = Circle(1.6 * self.column.radius, color=self.theme.accent, stroke_width=4)
        ring.move_to(at(*self.column.positions[neuron])).set_z_index(TEXT_Z)
        self.pixels.set_fills(diverging(weights, self.limit, self.theme), np.ones(len(weights)))
        if seconds > 1:
            self.play(FadeIn(edges, ring), run_time=0.7)
            self.wait(0.6)
        else:
            self.add(edges, ring)
        image = self.images[neuron].set_z_index(TEXT_Z)
        image.generate_target()
        image.scale_to_fit_height(_GRID_SIDE).move_to(at(*_GRID_CENTER))
        named = VGroup(self.frames[neuron], self.tags[neuron])
        self.play(MoveToTarget(image), FadeIn(named), run_time=seconds)
        self.remove(edges, ring)

    def _train(self) -> None:
        """Show every recorded moment, and what the network can do by then."""
        recording = self.recording
        readouts = [
            Readout(name, value, self.theme, size=40, max_width=5.2)
            for name, value in zip(
                progress_names(recording), progress_values(recording, 0), strict=True
            )
        ]
        panel = VGroup(*readouts).arrange(DOWN, aligned_edge=LEFT, buff=0.5)
        panel.move_to(at(-6.6, -0.2), aligned_edge=LEFT)

        def advance(_moving: Mobject, alpha: float) -> None:
            row = row_at(alpha, recording.n_rows)
            for neuron, image in enumerate(self.images):
                image.set_colors(self._colors_of(neuron, row))
            for readout, value in zip(readouts, progress_values(recording, row), strict=True):
                readout.set_value(value)

        advance(Mobject(), 0)
        rewound = self._heading(start_text(recording))
        self.play(FadeIn(panel, rewound), run_time=0.5)
        self.wait(1.5)
        self.play(FadeOut(rewound), run_time=0.3)
        self.play(FadeIn(self._heading(changes_text(self.history))), run_time=0.3)
        moving = Group(*self.images, *readouts)
        self.play(UpdateFromAlphaFunc(moving, advance, rate_func=linear), run_time=self.seconds)

    def _colors_of(self, neuron: int, row: int) -> FloatArray:
        shape = self.recording.image_shape
        return weight_image(self.history[row, neuron], shape, self.limit, self.theme)

    def _edges(self, neuron: int) -> EdgeLayer:
        weights = self.history[-1, neuron]
        hues = sign_hues(weights, self.theme)
        target = np.broadcast_to(self.column.positions[neuron], (len(weights), 2))
        return EdgeLayer(self.input.positions, target, hues, edge_opacities(weights))

    def _build_wall(self) -> None:
        """Place an image for each neuron, with the neuron's number, on a grid that fits."""
        n, (height, width) = self.n_neurons, self.recording.image_shape
        n_columns = int(np.ceil(np.sqrt(n * height / width)))
        n_rows = -(-n // n_columns)
        cell = np.array([_WALL_RIGHT - _WALL_LEFT, _WALL_TOP - _WALL_BOTTOM]) / (n_columns, n_rows)
        self.image_height = min(0.8 * cell[1], 0.86 * cell[0] * height / width)
        self.images, self.frames, self.tags = [], [], []
        for neuron in range(n):
            row, place = divmod(neuron, n_columns)
            center = at(_WALL_LEFT + (place + 0.5) * cell[0], _WALL_TOP - (row + 0.5) * cell[1])
            image = ImageRaster(self._colors_of(neuron, -1), height=self.image_height)
            image.move_to(center).shift(0.08 * cell[1] * UP)
            size = min(22, 16 * cell[1])
            name = neuron_name(neuron)
            tag = words(name, color=self.theme.muted, size=size, max_width=image.width)
            frame = Rectangle(height=image.height, width=image.width)
            self.frames.append(frame.set_stroke(self.theme.muted, 1, 0.5).move_to(image))
            self.images.append(image)
            self.tags.append(tag.next_to(image, DOWN, buff=0.05 * cell[1]))

    def _heading(self, text: str) -> Typst:
        heading = words(text, color=self.theme.foreground, size=34)
        return heading.move_to(at(-6.7, _TOP_Y), aligned_edge=LEFT)

    def _caption(self) -> Typst:
        text = weight_images_caption(self.recording, self.n_neurons)
        caption = words(text, color=self.theme.muted, size=24, max_width=13.4)
        return caption.move_to(at(-6.7, -3.68), aligned_edge=LEFT)
