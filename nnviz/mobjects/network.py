"""A whole network: neurons, edges, and pulses that run along the edges."""

from __future__ import annotations

import numpy as np
from manim import Group

from nnviz.core.arrays import FloatArray
from nnviz.mobjects.edges import SOFT, EdgeLayer
from nnviz.mobjects.frame import at
from nnviz.mobjects.neurons import NeuronLayer
from nnviz.mobjects.text import words
from nnviz.view.colors import rgb, sign_hues
from nnviz.view.edges import edge_opacities
from nnviz.view.layout import LayerLayout, connections
from nnviz.view.themes import Theme

#: What lies over what: pulses over idle edges, neurons over both, and text over everything.
EDGES_Z, PULSE_Z, NEURONS_Z, TEXT_Z = 0, 1, 2, 3

# Opacity of the edge of the largest weight, and power of the weights' shares of that weight.
# Idle edges are a texture behind the story: faint, and in proportion to their weights.
_IDLE_OPACITY, _IDLE_POWER = 0.35, 1.0
# The same for contributions. They spread over orders of magnitude: a power below 1 keeps the
# weaker visible.
_PULSE_OPACITY, _PULSE_POWER = 1.0, 0.8
# Opacity of rings: neurons of an image are so many that theirs must only be a hint.
_RING_OPACITY, _IMAGE_RING_OPACITY = 0.85, 0.28
# Widths of lines, frame units, and the number of edges above which lines are fine: thousands
# are told apart better, and drawn faster, when they are fine.
_LINE, _FINE_LINE, _MANY_EDGES = 0.012, 0.006, 2_000


class NetworkMobject(Group):
    """Neurons of every layer and the edges between them.

    Parameters
    ----------
    layouts
        Where the neurons of each layer stand, the input layer first.
    weights
        Weights of the layers 1 to L, ``(n_L, n_{L-1})`` each: those of all neurons, not only of
        those that are shown.
    theme
        Colours of the network.

    Attributes
    ----------
    neurons
        The neurons of each layer, the input layer first.
    edges
        The idle edges between layers: ``edges[L - 1]`` lead into layer L. They have no hue, and
        the larger the magnitude of an edge's weight, the more opaque it is.
    ellipses
        The signs that stand for neurons left out, one for each layer that leaves some out.
    """

    def __init__(
        self,
        layouts: list[LayerLayout],
        weights: list[FloatArray],
        theme: Theme,
    ) -> None:
        self.layouts, self.theme = layouts, theme
        self.neurons = [_neurons(layout, theme) for layout in layouts]
        self.edges = [self._idle_edges(layer, each) for layer, each in enumerate(weights, start=1)]
        self.ellipses = [
            words("⋮", color=theme.muted, size=40).move_to(at(*layout.ellipsis))
            for layout in layouts
            if layout.ellipsis is not None
        ]
        for z, mobjects in (
            (EDGES_Z, self.edges),
            (NEURONS_Z, self.neurons),
            (TEXT_Z, self.ellipses),
        ):
            for mobject in mobjects:
                mobject.set_z_index(z)
        super().__init__(*self.edges, *self.neurons, *self.ellipses)

    def set_activations(self, layer: int, activations: FloatArray, *, scale: float = 1.0) -> None:
        """Fill a layer's neurons with light; a negative activation takes the negative hue.

        A neuron whose activation is not finite takes the colour of a gap.

        Parameters
        ----------
        layer
            Number of the layer; 0 is the input.
        activations
            Activations of all neurons of the layer, ``(n_L,)``.
        scale
            Magnitude of the activation that fills a neuron completely, above 0.
        """
        shown = activations[self.layouts[layer].shown] / scale
        above, below = rgb(self.theme.foreground), rgb(self.theme.negative)
        is_finite = np.isfinite(shown)
        hues = np.where((shown >= 0)[:, None], above, below)
        hues[~is_finite] = rgb(self.theme.gap)
        self.neurons[layer].set_fills(hues, np.where(is_finite, np.abs(shown), 1.0))

    def pulse(self, layer: int, contributions: FloatArray) -> EdgeLayer:
        """Return edges into a layer that glow with the contributions that flow along them.

        Parameters
        ----------
        layer
            Number of the layer that the edges lead into, from 1 to L.
        contributions
            Weight times activation, w a, of every edge, ``(n_L, n_{L-1})``.

        Returns
        -------
        EdgeLayer
            Edges in the hue of their contribution's sign, which are not part of the network: add
            them to the scene, and lead them by :meth:`lead`.
        """
        pulse = self._edge_layer(layer)
        self.set_pulse(pulse, layer, contributions)
        return pulse.set_z_index(PULSE_Z)

    def set_pulse(self, pulse: EdgeLayer, layer: int, contributions: FloatArray) -> None:
        """Let a pulse show other contributions.

        Parameters
        ----------
        pulse
            The pulse, made by :meth:`pulse` for the same layer.
        layer
            Number of the layer that its edges lead into, from 1 to L.
        contributions
            Weight times activation, w a, of every edge, ``(n_L, n_{L-1})``.
        """
        shown = self._shown(layer, contributions)
        opacities = edge_opacities(shown, strongest=_PULSE_OPACITY, power=_PULSE_POWER)
        pulse.set_edges(sign_hues(shown, self.theme), opacities)

    def lead(self, pulse: EdgeLayer, layer: int, share: float, *, forward: bool = True) -> None:
        """Lead the front of a pulse along its edges; behind it, the idle edges are hidden.

        So contributions are seen by themselves: nothing of the weights shines through.

        Parameters
        ----------
        pulse
            The pulse, made by :meth:`pulse` for the same layer.
        layer
            Number of the layer that its edges lead into, from 1 to L.
        share
            How far along the edges the front has come, from 0, not begun, to 1, all of it.
        forward
            Whether the pulse runs from layer L - 1 to layer L, and not back.
        """
        # Farther than the edges are long: the soft end of the front must leave them, too.
        distance = (1 + SOFT) * share
        if forward:
            front = distance
            pulse.reach, idle_reach = (-np.inf, front), (front - SOFT, np.inf)
        else:
            front = 1 - distance
            pulse.reach, idle_reach = (front, np.inf), (-np.inf, front + SOFT)
        self.edges[layer - 1].reach = idle_reach

    def rest(self, opacity: float = 1.0) -> None:
        """Show all idle edges in their whole length, with an opacity in [0, 1]."""
        for edges in self.edges:
            edges.reach = (-np.inf, np.inf)
            edges.set_opacity(opacity)

    def _idle_edges(self, layer: int, weights: FloatArray) -> EdgeLayer:
        """Return edges into a layer without a hue, as nothing flows along them."""
        edges = self._edge_layer(layer)
        shown = self._shown(layer, weights)
        opacities = edge_opacities(shown, strongest=_IDLE_OPACITY, power=_IDLE_POWER)
        edges.set_edges(np.broadcast_to(rgb(self.theme.muted), (edges.n_edges, 3)), opacities)
        return edges

    def _edge_layer(self, layer: int) -> EdgeLayer:
        """Return invisible edges between the neurons of a layer and the one before it."""
        source, target = self.layouts[layer - 1], self.layouts[layer]
        starts, ends = connections(source, target)
        # Neurons of an image are too small to hide the end of an edge.
        starts, ends = _trim(starts, ends, 0 if source.is_image else source.radius, target.radius)
        return EdgeLayer(
            starts,
            ends,
            np.zeros((len(starts), 3)),
            np.zeros(len(starts)),
            line_width=_FINE_LINE if len(starts) > _MANY_EDGES else _LINE,
        )

    def _shown(self, layer: int, values: FloatArray) -> FloatArray:
        """Return the values, ``(n,)``, of the edges that are shown, of all ``(n_L, n_{L-1})``."""
        source, target = self.layouts[layer - 1], self.layouts[layer]
        shown: FloatArray = values[np.ix_(target.shown, source.shown)].ravel()
        return shown


def _neurons(layout: LayerLayout, theme: Theme) -> NeuronLayer:
    """Return the neurons of a layer, empty."""
    return NeuronLayer(
        layout.positions,
        layout.radius,
        rgb(theme.foreground),
        ground=rgb(theme.background),
        cell=layout.cell,
        ring=_IMAGE_RING_OPACITY if layout.is_image else _RING_OPACITY,
    )


def _trim(
    starts: FloatArray, ends: FloatArray, start_radius: float, end_radius: float
) -> tuple[FloatArray, FloatArray]:
    """Return lines that end at the rims of neurons instead of at their centres."""
    directions = ends - starts
    directions = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    return starts + start_radius * directions, ends - end_radius * directions
