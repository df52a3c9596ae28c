"""One picture, drawn twice: by nnviz, and by plain Manim with one mobject for every part.

Every frame gives each edge, or each pixel of each image, the look of the next recorded step of
a training.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import manim
import numpy as np
import PIL
from manim import Line, Square, UpdateFromAlphaFunc, VGroup, linear

from nnviz.core.arrays import FloatArray
from nnviz.mobjects.edges import EdgeLayer
from nnviz.mobjects.image import ImageRaster
from nnviz.recording.recording import Recording
from nnviz.stage.scene import RecordingScene
from nnviz.view.colors import sign_hues
from nnviz.view.images import weight_image
from nnviz.view.layout import column, connections, grid
from nnviz.view.themes import DARK
from nnviz.view.timeline import row_at

# What plain Manim's own ImageMobject needs.
IMAGES_WORK = int(PIL.__version__.partition(".")[0]) < 13


class Edges:
    """All edges of a recorded network, and their colours and opacities at every recorded step.

    Parameters
    ----------
    recording
        The recorded training to draw.

    Attributes
    ----------
    ends
        Where the edges into each layer start and end, two arrays ``(n, 2)`` each.
    weights
        Weights of each layer at every recorded step, ``(n_rows, n_L, n_{L-1})`` each.
    """

    def __init__(self, recording: Recording) -> None:
        sizes = recording.sizes
        first = (
            grid(recording.image_shape, (-4.5, 0.0), height=4.7, width=4.7)
            if sizes[0] > 100
            else column(sizes[0], -4.5, height=5.8)
        )
        places = np.linspace(-0.3, 4.5, len(sizes) - 1)
        layouts = [first] + [
            column(size, float(x), height=5.8) for size, x in zip(sizes[1:], places, strict=True)
        ]
        self.ends = [connections(source, target) for source, target in pairwise(layouts)]
        self.weights = [recording.weight_history(layer) for layer in range(1, len(sizes))]

    def look(self, layer: int, row: int) -> tuple[FloatArray, FloatArray]:
        """Return the colours ``(n, 3)`` and opacities ``(n,)`` of a layer's edges.

        Every edge is seen, however weak.

        Parameters
        ----------
        layer
            Number of the layer that the edges lead into, 0 for the first hidden one.
        row
            Row of a recorded step.
        """
        weights = self.weights[layer][row].ravel()
        share = np.abs(weights) / np.abs(weights).max()
        return sign_hues(weights, DARK), (0.01 + 0.3 * share).astype(np.float32)


class Glowing(RecordingScene):
    """A scene whose parts all change from one recorded step to the next.

    Attributes
    ----------
    seconds
        Seconds that the training takes on screen, above 0.
    """

    seconds: float = 4.0

    def glow(self, mobjects: manim.Mobject, show: Callable[[int], None]) -> None:
        """Play the training.

        Parameters
        ----------
        mobjects
            What changes.
        show
            Gives it the look of the recorded step of a row.
        """
        n_rows = self.recording.n_rows

        def change(_moving: Any, alpha: float) -> None:
            show(row_at(alpha, n_rows))

        self.add(mobjects)
        moving = UpdateFromAlphaFunc(mobjects, change, rate_func=linear)
        self.play(moving, run_time=self.seconds)


class GlowingEdges(Glowing):
    """Edges drawn by nnviz."""

    def construct(self) -> None:
        """Play the scene."""
        edges = Edges(self.recording)
        layers = [
            EdgeLayer(starts, ends, *edges.look(layer, 0), line_width=0.006)
            for layer, (starts, ends) in enumerate(edges.ends)
        ]

        def show(row: int) -> None:
            for layer, mobject in enumerate(layers):
                mobject.set_edges(*edges.look(layer, row))

        self.glow(manim.Group(*layers), show)


class PlainGlowingEdges(Glowing):
    """The same by plain Manim: a ``Line`` for each edge."""

    def construct(self) -> None:
        """Play the scene."""
        edges = Edges(self.recording)
        layers = [
            VGroup(
                *(
                    Line([*start, 0], [*end, 0], stroke_width=0.6)
                    for start, end in zip(starts, ends, strict=True)
                )
            )
            for starts, ends in edges.ends
        ]

        def show(row: int) -> None:
            for layer, lines in enumerate(layers):
                for line, color, opacity in zip(lines, *edges.look(layer, row), strict=True):
                    line.set_stroke(manim.ManimColor(color), opacity=float(opacity))

        show(0)
        self.glow(VGroup(*layers), show)


class Wall:
    """Sixteen weight images at every recorded step.

    Parameters
    ----------
    recording
        The recorded training to draw, with at least 16 neurons in the first layer.
    """

    def __init__(self, recording: Recording) -> None:
        self.history = recording.weight_history(1)
        self.shape = recording.image_shape
        self.limit = float(np.abs(self.history).max())
        self.centers = [(-2.7 + 1.8 * (i % 4), 2.7 - 1.8 * (i // 4)) for i in range(16)]

    def image(self, neuron: int, row: int) -> FloatArray:
        """Return the colours of a neuron's weights at a recorded step, ``(28, 28, 3)``."""
        return weight_image(self.history[row, neuron], self.shape, self.limit, DARK)


class GlowingImages(Glowing):
    """Images drawn by nnviz."""

    def construct(self) -> None:
        """Play the scene."""
        wall = Wall(self.recording)
        images = [
            ImageRaster(wall.image(i, 0), height=1.7).move_to([*center, 0])
            for i, center in enumerate(wall.centers)
        ]

        def show(row: int) -> None:
            for neuron, image in enumerate(images):
                image.set_colors(wall.image(neuron, row))

        self.glow(manim.Group(*images), show)


class PlainGlowingImages(Glowing):
    """The same by plain Manim: its ``ImageMobject``, or where that fails a ``Square`` a pixel."""

    def construct(self) -> None:
        """Play the scene."""
        wall = Wall(self.recording)
        make = self._image if IMAGES_WORK else self._squares
        made = [make(wall.image(i, 0), center) for i, center in enumerate(wall.centers)]

        def show(row: int) -> None:
            for neuron, (_, set_colors) in enumerate(made):
                set_colors(wall.image(neuron, row))

        self.glow(manim.Group(*(mobject for mobject, _ in made)), show)

    @staticmethod
    def _image(colors: FloatArray, center: tuple[float, float]) -> tuple[Any, Any]:
        def pixels(colors: FloatArray) -> np.ndarray:
            opaque = np.ones((*colors.shape[:2], 1))
            return (255 * np.concatenate([colors, opaque], axis=2)).astype(np.uint8)

        image = manim.ImageMobject(pixels(colors)).set(height=1.7).move_to([*center, 0])
        image.set_resampling_algorithm(manim.RESAMPLING_ALGORITHMS["nearest"])
        return image, lambda colors: setattr(image, "pixel_array", pixels(colors))

    @staticmethod
    def _squares(colors: FloatArray, center: tuple[float, float]) -> tuple[Any, Any]:
        rows, columns = colors.shape[:2]
        side = 1.7 / rows
        squares = VGroup(
            *(
                Square(side, stroke_width=0, fill_opacity=1).move_to(
                    [center[0] + (j + 0.5 - columns / 2) * side,
                     center[1] + (rows / 2 - i - 0.5) * side, 0]
                )
                for i in range(rows)
                for j in range(columns)
            )
        )  # fmt: skip

        def set_colors(colors: FloatArray) -> None:
            for square, color in zip(squares, colors.reshape(-1, 3), strict=True):
                square.set_fill(manim.ManimColor(color), opacity=1)

        set_colors(colors)
        return squares, set_colors
