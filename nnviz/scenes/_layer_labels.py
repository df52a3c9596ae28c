"""What stands around a network: the sizes of its layers, their scales, and a legend."""

from __future__ import annotations

from collections.abc import Sequence

from manim import LEFT, UP, Circle, Line, VGroup

from nnviz.mobjects.frame import at
from nnviz.mobjects.text import formula, words
from nnviz.view.brightness import Brightness
from nnviz.view.layout import LayerLayout
from nnviz.view.sentences.network import (
    brightness_text,
    flow_legend,
    gap_legend,
    light_legend,
    neurons_text,
)
from nnviz.view.themes import Theme

# Heights of the two lines under the layers, frame units: below the tallest column.
_SIZES_Y, _SCALES_Y = -3.05, -3.34
# Widest that the input's scale may be, and how much of the distance between two layers another
# scale may take: neighbours do not touch.
_INPUT_SCALE_WIDTH, _SCALE_SHARE = 2.4, 0.92
# Scales say that they are activations where there is so much room, frame units.
_NAMED_WIDTH = 1.5
# Top left corner of the legend, and from one of its lines to the next, frame units.
_LEGEND_X, _LEGEND_TOP, _LEGEND_SPACING = -6.8, 3.68, 0.27


def layer_sizes(layouts: Sequence[LayerLayout], theme: Theme) -> VGroup:
    """Return the number of neurons under each layer, with how many of them are shown.

    Parameters
    ----------
    layouts
        Where the neurons of each layer stand, input first.
    theme
        Theme that gives the colours.
    """
    sizes = VGroup()
    for layout in layouts:
        text = neurons_text(layout.n_neurons, len(layout.shown))
        line = words(text, color=theme.muted, size=26)
        sizes.add(line.move_to(at(layout.positions[:, 0].mean(), _SIZES_Y)))
    return sizes


def brightness_scales(
    layouts: Sequence[LayerLayout], lights: Sequence[Brightness], theme: Theme
) -> VGroup:
    """Return words under each layer on the activation that a neuron at full light has.

    Parameters
    ----------
    layouts
        Where the neurons of each layer stand, input first.
    lights
        The scale of each layer's light.
    theme
        Theme that gives the colours.
    """
    scales = VGroup()
    room = _SCALE_SHARE * (layouts[-1].positions[0, 0] - layouts[-2].positions[:, 0].mean())
    for layer, (layout, light) in enumerate(zip(layouts, lights, strict=True)):
        is_named = layer == 0 or room > _NAMED_WIDTH
        text = brightness_text(light.scale, is_signed=light.is_signed, is_named=is_named)
        width = room if layer else _INPUT_SCALE_WIDTH
        line = words(text, color=theme.muted, size=22, max_width=width)
        scales.add(line.move_to(at(layout.positions[:, 0].mean(), _SCALES_Y)))
    return scales


def network_legend(theme: Theme, *, has_gaps: bool) -> VGroup:
    """Return what the hue of an edge and the light of a neuron mean, in the top left corner.

    Parameters
    ----------
    theme
        Theme that gives the colours.
    has_gaps
        Whether any activation is not finite, so that neurons in the colour of gaps appear.
    """
    entries, muted = VGroup(), theme.muted
    for name, text in flow_legend():
        line = Line(at(0, 0), at(0.4, 0), color=getattr(theme, name), stroke_width=5)
        entries.add(VGroup(line, formula(text, color=muted, size=22)))
    lights = [(theme.foreground, light_legend())] + [(theme.gap, gap_legend())] * has_gaps
    for color, text in lights:
        neuron = Circle(0.1, color=muted, stroke_width=1.5).set_fill(color, 1)
        entries.add(VGroup(neuron, words(text, color=muted, size=22)))
    for row, (sign, label) in enumerate(entries):
        sign.move_to(at(0.2, -_LEGEND_SPACING * row))
        label.move_to(at(0.55, -_LEGEND_SPACING * row), aligned_edge=LEFT)
    return entries.move_to(at(_LEGEND_X, _LEGEND_TOP), aligned_edge=UP + LEFT)
