"""A whole network: neurons, edges, and the pulse that runs along them."""

from __future__ import annotations

import numpy as np
from manim import Group

from nnviz.core.arrays import FloatArray
from nnviz.mobjects.edges import EdgeLayer
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
        ``edges[L - 1]`` are the idle edges into layer L.
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
        self.edges = [
            self._edge_layer(layer, values, strongest=_IDLE_OPACITY, power=_IDLE_POWER)
            for layer, values in enumerate(weights, start=1)
        ]
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
        hues = np.where((shown >= 0)[:, None], light, shade)
        self.neurons[layer].set_fills(hues, np.abs(np.nan_to_num(shown)))

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
        pulse = self._edge_layer(layer, contributions, strongest=_PULSE_OPACITY, power=_PULSE_POWER)
        return pulse.set_z_index(PULSE_Z)

    def set_weights(self, layer: int, weights: FloatArray) -> None:
        """Show other weights ``(n_L, n_{L-1})`` by the idle edges into a layer."""
        edges = self.edges[layer - 1]
        self._set_look(edges, layer, weights, strongest=_IDLE_OPACITY, power=_IDLE_POWER)

    def set_pulse(self, pulse: EdgeLayer, layer: int, contributions: FloatArray) -> None:
        """Let a pulse show what flows along its edges now, ``(n_L, n_{L-1})``."""
        self._set_look(pulse, layer, contributions, strongest=_PULSE_OPACITY, power=_PULSE_POWER)

    def _edge_layer(
        self, layer: int, values: FloatArray, *, strongest: float, power: float
    ) -> EdgeLayer:
        source, target = self.layouts[layer - 1], self.layouts[layer]
        starts, ends = connections(source, target)
        # Neurons of an image are too small to hide the end of an edge.
        starts, ends = _trim(starts, ends, 0 if source.is_image else source.radius, target.radius)
        edges = EdgeLayer(
            starts,
            ends,
            np.zeros((len(starts), 3)),
            np.zeros(len(starts)),
            line_width=_FINE_LINE if len(starts) > _MANY_EDGES else _LINE,
        )
        self._set_look(edges, layer, values, strongest=strongest, power=power)
        return edges

    def _set_look(
        self, edges: EdgeLayer, layer: int, values: FloatArray, *, strongest: float, power: float
    ) -> None:
        source, target = self.layouts[layer - 1], self.layouts[layer]
        shown = values[np.ix_(target.shown, source.shown)].ravel()
        opacities = edge_opacities(shown, strongest=strongest, power=power)
        edges.set_edges(sign_hues(shown, self.theme), opacities)


def _trim(
    starts: FloatArray, ends: FloatArray, start_radius: float, end_radius: float
) -> tuple[FloatArray, FloatArray]:
    way = ends - starts
    way = way / np.linalg.norm(way, axis=1, keepdims=True)
    return starts + start_radius * way, ends - end_radius * way


def _ring_opacity(layout: LayerLayout) -> float:
    return 0.28 if layout.is_image else 0.85
