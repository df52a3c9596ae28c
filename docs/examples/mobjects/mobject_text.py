"""
words, number, formula
======================

Words, numbers and formulas, set by Typst in its own fonts: no LaTeX, and the same pixels on every
machine.
"""

from manim import DOWN, VGroup

import nnviz
from nnviz.mobjects import formula, heading, number, words
from nnviz.stage import RecordingScene


class Example(RecordingScene):
    """One building block by itself."""

    def construct(self) -> None:
        """Show it."""
        color = self.theme.foreground
        shown = VGroup(
            words("plain words, of which no character is markup", color=color, size=40),
            formula("a^((1)) = sigma (W^((1)) a^((0)) + b^((1)))", color=color, size=48),
            number(float(self.recording.test_accuracies[-1]), decimals=3, color=color, size=48),
        ).arrange(DOWN, buff=0.8)
        self.add(heading("A heading", self.theme), shown)
        self.wait(1)


picture = nnviz.still(Example, nnviz.default_run(), "text.png", second=0, quality="draft")
