"""Each neuron of the first layer gives every pixel a weight: an image, and how it is learned."""

from __future__ import annotations

from dataclasses import dataclass

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
from nnviz.mobjects.frame import Points, at
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
from nnviz.view.sentences.gaps import gap_name
from nnviz.view.sentences.numbers import number_text
from nnviz.view.sentences.scales import scale_ends
from nnviz.view.sentences.weights import (
    WEIGHT,
    changes_text,
    neuron_name,
    progress_names,
    progress_values,
    start_text,
    weight_images_caption,
    weight_images_heading,
)
from nnviz.view.timeline import row_at

# The input, as an image, and the column of neurons, frame units: left of the wall.
_GRID_CENTER, _GRID_SIDE, _COLUMN_X, _COLUMN_HEIGHT = (-4.75, -0.2), 4.0, -1.75, 5.8
# The wall of images, frame units: up to the colour bar, between the heading and the caption.
_WALL_LEFT, _WALL_RIGHT, _WALL_TOP, _WALL_BOTTOM = -0.95, 5.35, 3.0, -3.5
# Shares of a place on the wall that an image may take: under it stands the neuron's number.
_IMAGE_WIDTH, _IMAGE_HEIGHT = 0.86, 0.8
# Height of the headings, frame units.
_TOP_Y = 3.55
# Colours of the bar: as many as one can tell apart.
_N_BAR_COLORS = 129
# Each neuron is linked to its image, but a thousand would take all day.
_LINKED_ONE_BY_ONE = 16
# Seconds in which edges become an image: the first slowly, to be understood.
_FIRST_LINK_SECONDS, _LINK_SECONDS = 1.6, 0.4


@dataclass(frozen=True, slots=True, eq=False)
class _WallImage:
    """What the wall has of one neuron.

    Parameters
    ----------
    image
        Its weights as an image.
    frame
        The border around it.
    tag
        The neuron's number, under it.
    """

    image: ImageRaster
    frame: Rectangle
    tag: Typst


class WeightImages(RecordingScene):
    """What the first layer has learned, as images, and how: from the first step to the last.

    Attributes
    ----------
    seconds
        Seconds that the training takes on screen, above 0.
    """

    seconds: float = 10.0

    def construct(self) -> None:
        """Play the scene."""
        self.history = self.recording.weight_history(1)
        self.n_neurons = self.history.shape[1]
        self.limit = symmetric_limit(self.history)
        self.wall = self._build_wall()
        self._build_network()
        self.add(self._caption())
        heading = self._heading(weight_images_heading())
        self.play(FadeIn(self.pixels, self.neurons, self._color_bar(), heading), run_time=0.8)
        self._link()
        self.wait(0.5)
        self.play(FadeOut(heading, self.pixels, self.neurons), run_time=0.6)
        self._train()
        self.wait(2)

    # -- what is built ----------------------------------------------------------------------

    def _build_network(self) -> None:
        """Place the input as an image and the first layer as a column."""
        shape = self.recording.image_shape
        self.input = grid(shape, _GRID_CENTER, height=_GRID_SIDE, width=_GRID_SIDE)
        self.column = column(self.n_neurons, _COLUMN_X, height=_COLUMN_HEIGHT)
        light = rgb(self.theme.foreground)
        self.pixels = NeuronLayer(
            self.input.positions, self.input.radius, light, cell=self.input.cell, ring=0.28
        )
        self.pixels.roundness = 0.0
        self.neurons = NeuronLayer(self.column.positions, self.column.radius, light)
        self.neurons.set_z_index(NEURONS_Z)
        self.pixels.set_z_index(NEURONS_Z)

    def _color_bar(self) -> ColorBar:
        """Return the scale of the images' colours, symmetric about a weight of 0."""
        below, above = clips(self.history, -self.limit, self.limit)
        low, high = scale_ends(self.limit, below=below, above=above)
        bar = ColorBar(
            diverging(np.linspace(-1, 1, _N_BAR_COLORS), 1.0, self.theme),
            [(0.0, low), (0.5, number_text(0, 0)), (1.0, high)],
            WEIGHT,
            self.theme,
            height=4.0,
            extends=(below, above),
            gap=gap_name(np.isnan(self.history)),
        )
        return bar.move_to(at(6.95, -0.2), aligned_edge=RIGHT)

    def _build_wall(self) -> list[_WallImage]:
        """Return an image for each neuron, with the neuron's number, on a grid that fits."""
        n, (height, width) = self.n_neurons, self.recording.image_shape
        n_columns = int(np.ceil(np.sqrt(n * height / width)))
        n_rows = -(-n // n_columns)
        cell = np.array([_WALL_RIGHT - _WALL_LEFT, _WALL_TOP - _WALL_BOTTOM]) / (n_columns, n_rows)
        wall = []
        for neuron in range(n):
            row, place = divmod(neuron, n_columns)
            center = at(_WALL_LEFT + (place + 0.5) * cell[0], _WALL_TOP - (row + 0.5) * cell[1])
            wall.append(self._wall_image(neuron, center, cell))
        return wall

    def _wall_image(self, neuron: int, center: Points, cell: FloatArray) -> _WallImage:
        """Return a neuron's image and its number in a place of the wall.

        The place's ``center`` is ``(3,)`` and ``cell``, its width and height, ``(2,)``, in
        frame units.
        """
        height, width = self.recording.image_shape
        fitting = min(_IMAGE_HEIGHT * cell[1], _IMAGE_WIDTH * cell[0] * height / width)
        image = ImageRaster(self._colors_of(neuron, -1), height=fitting)
        image.move_to(center).shift(0.08 * cell[1] * UP)
        frame = Rectangle(height=image.height, width=image.width)
        frame.set_stroke(self.theme.muted, 1, 0.5).move_to(image)
        size = min(22, 16 * cell[1])
        name = neuron_name(neuron)
        tag = words(name, color=self.theme.muted, size=size, max_width=image.width)
        return _WallImage(image, frame, tag.next_to(image, DOWN, buff=0.05 * cell[1]))

    # -- from edges to images ---------------------------------------------------------------

    def _link(self) -> None:
        """Turn each neuron's edges into its image, the first slowly."""
        one_by_one = min(self.n_neurons, _LINKED_ONE_BY_ONE)
        for neuron in range(one_by_one):
            self._link_one(neuron, is_first=neuron == 0)
        rest = self.wall[one_by_one:]
        if rest:
            images, frames = [each.image for each in rest], [each.frame for each in rest]
            self.play(FadeIn(*images, *frames, *(each.tag for each in rest)), run_time=1.0)

    def _link_one(self, neuron: int, *, is_first: bool) -> None:
        """Show a neuron's edges, give the pixels their weights' colours, and move these away."""
        weights, shown = self.history[-1, neuron], self.wall[neuron]
        edges = self._edges(neuron)
        ring = Circle(1.6 * self.column.radius, color=self.theme.accent, stroke_width=4)
        ring.move_to(at(*self.column.positions[neuron])).set_z_index(TEXT_Z)
        self.pixels.set_fills(diverging(weights, self.limit, self.theme), np.ones(len(weights)))
        if is_first:
            self.play(FadeIn(edges, ring), run_time=0.7)
            self.wait(0.6)
        else:
            self.add(edges, ring)
        image = shown.image.set_z_index(TEXT_Z)
        image.generate_target()
        image.scale_to_fit_height(_GRID_SIDE).move_to(at(*_GRID_CENTER))
        seconds = _FIRST_LINK_SECONDS if is_first else _LINK_SECONDS
        named = VGroup(shown.frame, shown.tag)
        self.play(MoveToTarget(image), FadeIn(named), run_time=seconds)
        self.remove(edges, ring)

    def _edges(self, neuron: int) -> EdgeLayer:
        """Return the edges into a neuron, in the hues of their weights after training."""
        weights = self.history[-1, neuron]
        hues = sign_hues(weights, self.theme)
        target = np.broadcast_to(self.column.positions[neuron], (len(weights), 2))
        return EdgeLayer(self.input.positions, target, hues, edge_opacities(weights))

    # -- the training -----------------------------------------------------------------------

    def _train(self) -> None:
        """Show every recorded step, and what the network can do by then."""
        recording = self.recording
        readouts = self._readouts()
        panel = VGroup(*readouts).arrange(DOWN, aligned_edge=LEFT, buff=0.5)
        panel.move_to(at(-6.6, -0.2), aligned_edge=LEFT)
        self._show_step(0, readouts)
        rewound = self._heading(start_text(recording))
        self.play(FadeIn(panel, rewound), run_time=0.5)
        self.wait(1.5)
        self.play(FadeOut(rewound), run_time=0.3)
        self.play(FadeIn(self._heading(changes_text(self.history))), run_time=0.3)

        def advance(_moving: Mobject, alpha: float) -> None:
            self._show_step(row_at(alpha, recording.n_rows), readouts)

        moving = Group(*(each.image for each in self.wall), *readouts)
        self.play(UpdateFromAlphaFunc(moving, advance, rate_func=linear), run_time=self.seconds)

    def _readouts(self) -> list[Readout]:
        """Return live numbers of how far the training has come, at its start."""
        names, values = progress_names(self.recording), progress_values(self.recording, 0)
        return [
            Readout(name, value, self.theme, size=40, max_width=5.2)
            for name, value in zip(names, values, strict=True)
        ]

    def _show_step(self, row: int, readouts: list[Readout]) -> None:
        """Give the images and the live numbers the look of a recorded step."""
        for neuron, shown in enumerate(self.wall):
            shown.image.set_colors(self._colors_of(neuron, row))
        for readout, value in zip(readouts, progress_values(self.recording, row), strict=True):
            readout.set_value(value)

    def _colors_of(self, neuron: int, row: int) -> FloatArray:
        """Return the colours of a neuron's weights at a recorded step."""
        shape = self.recording.image_shape
        return weight_image(self.history[row, neuron], shape, self.limit, self.theme)

    # -- words ------------------------------------------------------------------------------

    def _heading(self, text: str) -> Typst:
        heading = words(text, color=self.theme.foreground, size=34)
        return heading.move_to(at(-6.7, _TOP_Y), aligned_edge=LEFT)

    def _caption(self) -> Typst:
        text = weight_images_caption(self.recording, self.n_neurons)
        caption = words(text, color=self.theme.muted, size=24, max_width=13.4)
        return caption.move_to(at(-6.7, -3.68), aligned_edge=LEFT)
