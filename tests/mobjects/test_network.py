from __future__ import annotations

import numpy as np
import pytest

from nnviz.mobjects.network import NetworkMobject
from nnviz.view.colors import rgb
from nnviz.view.edges import contributions
from nnviz.view.layout import column, grid
from nnviz.view.themes import DARK


@pytest.fixture
def network() -> NetworkMobject:
    rng = np.random.default_rng(0)
    layouts = [
        grid((3, 4), (-4, 0), height=3, width=4),
        column(5, 0.0),
        column(20, 3.0, shown=np.array([0, 1, 18, 19])),
    ]
    weights = [rng.standard_normal((5, 12)), rng.standard_normal((20, 5))]
    return NetworkMobject(layouts, weights, DARK)


def test_network_draws_every_edge_between_shown_neurons(network):
    assert [edges.n_edges for edges in network.edges] == [12 * 5, 5 * 4]


def test_network_marks_what_it_leaves_out(network):
    assert len(network.ellipses) == 1
    assert network.ellipses[0].get_center()[:2] == pytest.approx([3.0, 0.0], abs=1e-6)


def test_edges_end_at_the_rim_of_neurons(network):
    edges, target = network.edges[1], network.layouts[2]
    ends = edges.points[edges.n_edges :, :2].reshape(4, 5, 2)
    distance = np.linalg.norm(ends - target.positions[:, None], axis=2)
    assert distance == pytest.approx(target.radius)


def test_pulse_shows_contributions_by_sign_and_size(network):
    weights = np.zeros((5, 12))
    weights[2, 7], weights[3, 1] = 2.0, -1.0
    pulse = network.pulse(1, contributions(weights, np.ones(12)))
    strengths = pulse.opacities.reshape(5, 12)
    assert np.count_nonzero(strengths) == 2
    assert strengths[2, 7] > strengths[3, 1] > 0
    colors = pulse.colors.reshape(5, 12, 3)
    assert colors[2, 7] == pytest.approx(rgb(DARK.positive), abs=1e-6)
    assert colors[3, 1] == pytest.approx(rgb(DARK.negative), abs=1e-6)


def test_pulse_runs_along_the_edges_it_belongs_to(network):
    weights = np.arange(100.0).reshape(20, 5)
    pulse = network.pulse(2, weights)
    strongest = int(pulse.opacities.argmax())
    start = pulse.points[strongest, :2]
    end = pulse.points[pulse.n_edges + strongest, :2]
    source, target = network.layouts[1], network.layouts[2]
    assert np.linalg.norm(start - source.positions[4]) == pytest.approx(source.radius)
    assert np.linalg.norm(end - target.positions[-1]) == pytest.approx(target.radius)


def test_activations_fill_the_shown_neurons(network):
    values = np.linspace(0, 1, 20)
    network.set_activations(2, values)
    assert network.neurons[2].fill_opacities == pytest.approx(values[[0, 1, 18, 19]])


def test_negative_activations_take_the_negative_hue(network):
    network.set_activations(1, np.array([-0.5, 0.5, 0, 0, 0]))
    neurons = network.neurons[1]
    assert neurons.fill_opacities[:2] == pytest.approx([0.5, 0.5])
    assert neurons.fill_colors[0] == pytest.approx(rgb(DARK.negative), abs=1e-6)
    assert neurons.fill_colors[1] == pytest.approx(rgb(DARK.foreground), abs=1e-6)
