"""The film of a forward pass, pixel by pixel, against a forward pass in plain NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.view.themes import DARK
from tests.faithfulness.pixels import FAINT, NEUTRAL, NOTHING, OTHER, isolated_pixels, sign_of
from tests.faithfulness.reference import Run, cases, rgb
from tests.watching import SIZE

pytestmark = pytest.mark.render

GROUND, LIGHT, SHADE, GAP = (
    rgb(color) for color in (DARK.background, DARK.foreground, DARK.negative, DARK.gap)
)
FAST = ("relu-cross-entropy", "tanh", "nan-at-once", "one-output")
CASES = cases(*FAST)


@pytest.fixture(scope="module")
def film(zoo, play):
    """Return a function that plays an animal's film of one image, once."""
    played = {}

    def played_once(animal):
        if animal not in played:
            seen = play("feed-forward", zoo(animal), n_images=1)
            seen.probe = shown_probe(seen, Run(zoo(animal).path))
            played[animal] = seen
        return played[animal]

    return played_once


def shown_probe(seen, run):
    """Return the probe example whose image is in the first frame, read from its pixels."""
    pixels = seen.scene.network.neurons[0]
    places = [seen.pixel(center) for center in pixels.centers]
    brightness = np.array([seen.frames[1][place].mean() for place in places])
    images = run.array("probe_images").reshape(-1, len(places)) / 255.0
    far = np.abs(images - (brightness - 255 * GROUND.mean()) / (255 * (1 - GROUND.mean())))
    assert far.max(axis=1).min() < 0.02
    return int(far.max(axis=1).argmin())


def passed(run, probe, row=-1):
    """Return the activations of every layer for a probe example."""
    x, _ = run.examples("probe")
    return [
        values[0] for values in run.forward(run.array("parameters")[row], x[probe : probe + 1])[1]
    ]


@pytest.mark.parametrize("animal", CASES)
def test_first_frame_is_the_image(animal, film):
    film(animal)  # found by its pixels, all of them within two percent


@pytest.mark.parametrize("animal", CASES)
def test_neurons_are_filled_to_their_activations(animal, film, zoo):
    run, seen = Run(zoo(animal).path), film(animal)
    kinds = [run.manifest["network"]["activation"]] * (len(run.sizes) - 2)
    kinds.append(run.manifest["network"]["output"])
    x, _ = run.examples("probe")
    everything = run.forward(run.array("parameters")[-1], x)[1]
    for layer, neurons in enumerate(seen.scene.network.neurons[1:], start=1):
        if neurons.radius * SIZE[1] / 8 < 3:
            continue  # too small for a pixel in their middle
        values = passed(run, seen.probe)[layer]
        scale = 1.0
        if kinds[layer - 1] in ("relu", "identity"):
            finite = everything[layer][np.isfinite(everything[layer])]
            scale = np.abs(finite).max(initial=0) or 1.0
        drawn = np.array([seen.at(center, -2) for center in neurons.centers])
        lit = np.abs(np.nan_to_num(values, posinf=0, neginf=0))[:, None] / scale
        hue = np.where((values < 0)[:, None], SHADE, LIGHT)
        expected = np.where(
            np.isfinite(values)[:, None], GROUND + np.clip(lit, 0, 1) * (hue - GROUND), GAP
        )
        np.testing.assert_allclose(drawn, expected, atol=0.02)


@pytest.mark.parametrize("animal", CASES)
def test_hue_of_an_edge_is_the_sign_of_what_flows_along_it(animal, film, zoo):
    """The legend says: w a above zero, and below; an edge along which nothing flows has none."""
    run, seen = Run(zoo(animal).path), film(animal)
    layers = run.layers(run.array("parameters")[-1])
    activations = passed(run, seen.probe)
    n_told = 0
    for layer, edges in enumerate(seen.scene.network.edges):
        with np.errstate(all="ignore"):
            flow = (layers[layer].weights * activations[layer]).ravel()
        owners, places = isolated_pixels(edges, seen.scene.network.neurons, SIZE)
        pixels = seen.frames[-2][places[:, 0], places[:, 1]] / 255
        signs = sign_of(pixels, DARK)
        assert not np.isin(signs, (NEUTRAL, OTHER)).any()  # no weight shines through
        is_told = np.abs(signs) == 1
        np.testing.assert_array_equal(signs[is_told], np.sign(flow[owners[is_told]]))
        nothing = ~np.isfinite(flow[owners]) | (flow[owners] == 0)
        assert (signs[nothing] == NOTHING).all()
        n_told += int(is_told.sum()) + int(nothing.sum())
    assert n_told > 20 or animal == "wide"  # whose edges are everywhere


@pytest.mark.parametrize("animal", CASES)
def test_idle_edges_have_no_hue(animal, film, zoo):
    seen, run = film(animal), Run(zoo(animal).path)
    layers = run.layers(run.array("parameters")[-1])
    for layer, edges in enumerate(seen.scene.network.edges):
        owners, places = isolated_pixels(edges, seen.scene.network.neurons, SIZE)
        signs = sign_of(seen.frames[0][places[:, 0], places[:, 1]] / 255, DARK)
        assert np.isin(signs, (NOTHING, FAINT, NEUTRAL)).all()
        strength = np.abs(np.nan_to_num(layers[layer].weights.ravel()))
        assert (strength[owners[signs == NEUTRAL]] > 0).all()


@pytest.mark.parametrize("animal", CASES)
def test_what_is_said_is_what_was_computed(animal, film, zoo):
    run, seen = Run(zoo(animal).path), film(animal)
    output, truth = passed(run, seen.probe)[-1], int(run.array("probe_labels")[seen.probe])
    single = len(output) == 1
    if np.isnan(output).any():
        assert f"no prediction; it is {truth}".split("; ")[0] in seen.said
        assert "none" in seen.texts[-2]
        return
    prediction = int(output[0] > 0.5) if single else int(output.argmax())
    said = next(text for text in seen.said if text.startswith("it reads"))
    assert said == (
        f"it reads {prediction}"
        if prediction == truth
        else f"it reads {prediction}, but it is {truth}"
    )
    for value in output:
        assert any(
            text == f"{value + shift:.2f}" for text in seen.texts[-2] for shift in (0, 1e-6, -1e-6)
        )


@pytest.mark.parametrize("animal", CASES)
def test_scales_of_light_are_stated(animal, film, zoo):
    """What white means stands under every layer."""
    run, seen = Run(zoo(animal).path), film(animal)
    named = [text for text in seen.said if text.startswith("white = ")]
    x, _ = run.examples("probe")
    everything = run.forward(run.array("parameters")[-1], x)[1]
    kind = run.manifest["network"]["activation"]
    if kind == "relu" and len(run.sizes) > 2 and np.isfinite(everything[1]).all():
        largest = np.abs(everything[1]).max()
        if largest > 0:
            assert any(abs(float(text[8:]) - largest) < 0.006 * largest for text in named)
    assert "white = 1" in named
