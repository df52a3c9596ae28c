"""All parameters descend at once; this is the plane that shows it best."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    PI,
    RIGHT,
    UP,
    Dot,
    FadeIn,
    Group,
    Mobject,
    Typst,
    UpdateFromAlphaFunc,
    VGroup,
    VMobject,
    linear,
)

from nnviz.analysis.landscape import Descent, descent
from nnviz.core.arrays import FloatArray
from nnviz.mobjects.color_bar import ColorBar
from nnviz.mobjects.frame import at
from nnviz.mobjects.image import ImageRaster
from nnviz.mobjects.readout import Readout
from nnviz.mobjects.text import words
from nnviz.rendering.scene import RecordingScene
from nnviz.view.colors import sequential
from nnviz.view.contours import contour_levels, filled_contours
from nnviz.view.notation import data_text, sizes_text
from nnviz.view.timeline import row_at

_MAP_WIDTH, _MAP_HEIGHT = 8.4, 6.0
_MAP_CENTER = at(-2.25, 0.05)
_PANEL_X = 3.9


class DescentPath(RecordingScene):
    """The recorded path on the real cost surface of its principal plane.

    Attributes
    ----------
    resolution
        Points of the surface along x.
    seconds
        That the descent takes.
    """

    resolution: int = 61
    seconds: float = 9.0

    def construct(self) -> None:
        """Play the scene."""
        self.descent: Descent = descent(
            self.recording, n=self.resolution, aspect=_MAP_HEIGHT / _MAP_WIDTH
        )
        self.places = self._on_map(self.descent.path)
        surface, bar = self._surface()
        self.play(FadeIn(surface, bar, self._title(), self._axis_labels()), run_time=1.2)

        path = VMobject(color=self.colors.accent, stroke_width=4)
        path.set_points_as_corners([self.places[0], self.places[0]])
        start = Dot(self.places[0], radius=0.07, color=self.colors.foreground)
        head = Dot(self.places[0], radius=0.1, color=self.colors.accent)
        step = Readout("step", self.descent.steps[0], self.colors)
        cost = Readout("cost", self.descent.costs[0], self.colors, decimals=4)
        panel = VGroup(step, cost, self._faithfulness(), self._subject()).arrange(
            DOWN, aligned_edge=LEFT, buff=0.5
        )
        panel.move_to(at(_PANEL_X, 0), aligned_edge=LEFT).align_to(surface, UP)
        self.play(FadeIn(start, head, panel), run_time=0.8)
        self.wait(0.3)

        def advance(_moving: Mobject, alpha: float) -> None:
            row = row_at(alpha, len(self.places))
            path.set_points_as_corners(list(self.places[: row + 1].repeat(2, axis=0)[1:]))
            head.move_to(self.places[row])
            step.set_value(self.descent.steps[row])
            cost.set_value(self.descent.costs[row])

        moving = Group(path, start, head, step, cost)
        self.play(UpdateFromAlphaFunc(moving, advance, rate_func=linear), run_time=self.seconds)
        self.wait(2)

    def _surface(self) -> tuple[ImageRaster, ColorBar]:
        """Return the map of the cost and its scale."""
        landscape = self.descent.landscape
        levels = contour_levels(landscape.costs)
        surface = ImageRaster(
            filled_contours(landscape.costs, levels, self.colors), height=_MAP_HEIGHT, smooth=True
        ).move_to(_MAP_CENTER)
        bands = len(levels) - 1
        ticks = [(i / bands, f"{levels[i]:.2g}") for i in range(0, bands + 1, bands // 4)]
        colors = sequential(np.linspace(0, 1, bands).repeat(16), self.colors)
        bar = ColorBar(colors, ticks, "cost", self.colors, height=_MAP_HEIGHT - 0.6)
        return surface, bar.next_to(surface, RIGHT, buff=0.3).align_to(surface, DOWN)

    def _on_map(self, path: FloatArray) -> FloatArray:
        """Return frame coordinates of points of the plane, ``(n, 3)``."""
        x, y = self.descent.landscape.x, self.descent.landscape.y
        low, size = np.array([x[0], y[0]]), np.array([x[-1] - x[0], y[-1] - y[0]])
        share = (path - low) / size - 0.5
        return _MAP_CENTER + np.column_stack(
            [share * (_MAP_WIDTH, _MAP_HEIGHT), np.zeros(len(path))]
        )

    def _title(self) -> Typst:
        n = self.recording.parameters.shape[1]
        text = f"{n:,} weights and biases going downhill"
        title = words(text, color=self.colors.foreground, size=34)
        return title.move_to(at(_MAP_CENTER[0], 3.55))

    def _axis_labels(self) -> VGroup:
        shares = self.descent.plane.variance_explained
        texts = [
            words(f"principal direction {i} ({share:.1%})", color=self.colors.muted, size=24)
            for i, share in enumerate(shares, start=1)
        ]
        low = _MAP_CENTER - (_MAP_WIDTH / 2, _MAP_HEIGHT / 2, 0)
        texts[0].move_to(at(_MAP_CENTER[0], low[1] - 0.25))
        texts[1].rotate(PI / 2).move_to(at(low[0] - 0.25, _MAP_CENTER[1]))
        return VGroup(*texts)

    def _faithfulness(self) -> VGroup:
        """Say what the plane shows and what it leaves out."""
        share = self.descent.plane.variance_explained.sum()
        lines = [
            f"This plane holds {share:.1%}",
            "of the path's variance;",
            "the cost above is the true",
            "one, of the network itself.",
        ]
        texts = [words(line, color=self.colors.muted, size=24) for line in lines]
        return VGroup(*texts).arrange(DOWN, aligned_edge=LEFT, buff=0.14)

    def _subject(self) -> VGroup:
        lines = [sizes_text(self.recording), f"on {data_text(self.recording)}"]
        texts = [words(line, color=self.colors.muted, size=24, max_width=3) for line in lines]
        return VGroup(*texts).arrange(DOWN, aligned_edge=LEFT, buff=0.14)
