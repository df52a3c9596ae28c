"""A whole network: neurons, edges, and the pulse that runs along them."""

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

# Idle edges are a texture behind the story.
_IDLE_OPACITY, _IDLE_POWER = 0.35, 1.0
_PULSE_OPACITY = 1.0
# Contributions spread over orders of magnitude: a gentle power keeps the weaker visible.
_PULSE_POWER = 0.8

# Frame units. Thousands of edges are told apart better, and drawn faster, when they are fine.
_LINE, _FINE_LINE, _MANY_EDGES = 0.012, 0.006, 2_000

EDGES_Z, PULSE_Z, NEURONS_Z, TEXT_Z = 0, 1, 2, 3


class NetworkMobject(Group):
    """Neurons of every layer and the edges between them.

    Parameters
    ----------
    layouts
        Where each layer's neurons stand, input first.
    weights
        Of layers 1 to L, ``(n_L, n_{L-1})`` each, all neurons and not only those shown.
    theme
        Gives the colours.

    Attributes
    ----------
    neurons
        A ``NeuronLayer`` for each layer, input first.
    edges
        ``edges[L - 1]`` are the idle edges into layer L: without a hue, as strong as their weight.
    """

    def __init__(
        self,
        layouts: list[LayerLayout],
        weights: list[FloatArray],
        theme: Theme,
    ) -> None:
        self.layouts, self.theme = layouts, theme
        self.neurons = [
            NeuronLayer(
                layout.positions,
                layout.radius,
                rgb(theme.foreground),
                ground=rgb(theme.background),
                cell=layout.cell,
                ring=_ring_opacity(layout),
            )
            for layout in layouts
        ]
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

        What is not finite takes the colour of a gap.

        Parameters
        ----------
        layer
            0 is the input.
        activations
            Of all its neurons, ``(n_L,)``.
        scale
            Activation of a full neuron.
        """
        shown = activations[self.layouts[layer].shown] / scale
        light, shade = rgb(self.theme.foreground), rgb(self.theme.negative)
        is_finite = np.isfinite(shown)
        hues = np.where((shown >= 0)[:, None], light, shade)
        hues[~is_finite] = rgb(self.theme.gap)
        self.neurons[layer].set_fills(hues, np.where(is_finite, np.abs(shown), 1.0))

    def pulse(self, layer: int, contributions: FloatArray) -> EdgeLayer:
        """Return edges that glow with what flows along them into a layer.

        Parameters
        ----------
        layer
            1 to L.
        contributions
            w a of every edge, ``(n_L, n_{L-1})``.

        Returns
        -------
        EdgeLayer
            Not part of the network; add it to the scene, with its ``reach`` animated.
        """
        pulse = self._edge_layer(layer)
        self.set_pulse(pulse, layer, contributions)
        return pulse.set_z_index(PULSE_Z)

    def set_pulse(self, pulse: EdgeLayer, layer: int, contributions: FloatArray) -> None:
        """Let a pulse show what flows along its edges now, ``(n_L, n_{L-1})``."""
        shown = self._shown(layer, contributions)
        opacities = edge_opacities(shown, strongest=_PULSE_OPACITY, power=_PULSE_POWER)
        pulse.set_edges(sign_hues(shown, self.theme), opacities)

    def lead(self, pulse: EdgeLayer, layer: int, share: float, *, forward: bool = True) -> None:
        """Lead a pulse a share of its way, in [0, 1]; behind its front, idle edges are hidden.

        What flows is seen by itself: nothing of an edge's weight shines through.
        """
        # The front's soft end must leave on the other side.
        way = (1 + SOFT) * share
        front = way if forward else 1 - way
        if forward:
            pulse.reach, rest = (-np.inf, front), (front - SOFT, np.inf)
        else:
            pulse.reach, rest = (front, np.inf), (-np.inf, front + SOFT)
        self.edges[layer - 1].reach = rest

    def rest(self, opacity: float = 1.0) -> None:
        """Show all idle edges again, with an opacity in [0, 1]."""
        for edges in self.edges:
            edges.reach = (-np.inf, np.inf)
            edges.set_opacity(opacity)

    def _idle_edges(self, layer: int, weights: FloatArray) -> EdgeLayer:
        """Return edges without a hue, as nothing flows along them: the stronger the weight."""
        edges = self._edge_layer(layer)
        shown = self._shown(layer, weights)
        opacities = edge_opacities(shown, strongest=_IDLE_OPACITY, power=_IDLE_POWER)
        edges.set_edges(np.broadcast_to(rgb(self.theme.muted), (edges.n_edges, 3)), opacities)
        return edges

    def _edge_layer(self, layer: int) -> EdgeLayer:
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
        """Return the values of the edges that are shown, ``(n,)``."""
        source, target = self.layouts[layer - 1], self.layouts[layer]
        shown: FloatArray = values[np.ix_(target.shown, source.shown)].ravel()
        return shown


def _trim(
    starts: FloatArray, ends: FloatArray, start_radius: float, end_radius: float
) -> tuple[FloatArray, FloatArray]:
    way = ends - starts
    way = way / np.linalg.norm(way, axis=1, keepdims=True)
    return starts + start_radius * way, ends - end_radius * way


def _ring_opacity(layout: LayerLayout) -> float:
    return 0.28 if layout.is_image else 0.85
