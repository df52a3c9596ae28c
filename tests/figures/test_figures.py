"""What the artists of each figure hold is what was recorded."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import EllipseCollection, LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from nnviz.analysis.landscape import descent
from nnviz.errors import RecordingError, SettingError, ShapeError, UnknownNameError
from nnviz.figures import activations, descent_path, learning_curves, weight_images
from nnviz.figures.catalog import FIGURES
from nnviz.recording.run import train
from nnviz.view.colors import rgb, symmetric_limit
from nnviz.view.images import ink_image, weight_image
from nnviz.view.themes import DARK, PRINT, THEMES

ALL = (weight_images, learning_curves, descent_path, activations)


def texts(ax):
    return [text.get_text() for text in ax.texts]


@pytest.mark.parametrize("draw", ALL)
def test_figure_goes_into_ones_own_axes(draw, tiny_recording):
    figure, (left, right) = plt.subplots(1, 2)
    assert draw(tiny_recording, ax=right) is right
    assert not left.has_data()
    assert plt.get_fignums() == [figure.number]


@pytest.mark.parametrize("draw", ALL)
def test_figure_opens_axes_of_its_own(draw, tiny_recording):
    ax = draw(tiny_recording)
    assert plt.get_fignums() == [ax.figure.number]


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", FIGURES)
def test_every_text_lies_within_the_figure_and_apart(name, theme, tiny_recording):
    figure = FIGURES[name].draw(tiny_recording, theme=theme)
    FigureCanvasAgg(figure).draw()
    assert to_hex(figure.get_facecolor()).upper() == theme.background
    width, height = figure.canvas.get_width_height()
    boxes = []
    for text in figure.findobj(plt.Text):
        if text.get_visible() and text.get_text().strip():
            box = text.get_window_extent()
            if box.width and text.axes is not None and text not in _tick_labels(figure):
                boxes.append((text.get_text(), box))
                assert -1 <= box.x0 < box.x1 <= width + 1, text
                assert -1 <= box.y0 < box.y1 <= height + 1, text
    for i, (_, one) in enumerate(boxes):
        for said, other in boxes[i + 1 :]:
            overlap = one.intersection(one, other)
            assert overlap is None or min(overlap.width, overlap.height) < 3, (boxes[i][0], said)


def _tick_labels(figure):
    return {
        label
        for ax in figure.findobj(plt.Axes)
        for axis in (ax.xaxis, ax.yaxis)
        for minor in (False, True)
        for label in axis.get_ticklabels(minor=minor)
    }


def test_titles_say_that_the_data_are_synthetic(tiny_recording):
    for draw in ALL:
        assert any("blobs (synthetic)" in text for text in texts(draw(tiny_recording)))


# -- weight images ------------------------------------------------------------------------


@pytest.mark.parametrize("step", [0, -1])
def test_weight_images_are_the_recorded_weights(tiny_recording, step):
    ax = weight_images(tiny_recording, step=step, theme=PRINT)
    mosaic = ax.images[0].get_array()
    limit = symmetric_limit(tiny_recording.weight_history(1))
    (frames,) = (c for c in ax.collections if len(c.get_paths()) == 16)
    for neuron, frame in enumerate(frames.get_paths()):
        left, top = np.round(frame.vertices[0] + 0.5).astype(int)
        expected = weight_image(tiny_recording.weights(1, step)[neuron], (28, 28), limit, PRINT)
        np.testing.assert_allclose(mosaic[top : top + 28, left : left + 28], expected, atol=1e-6)
    assert [text for text in texts(ax) if text.isdigit()] == [str(i) for i in range(16)]


def test_scale_of_weights_is_centred_and_the_same_at_every_step(tiny_recording):
    ranges = {
        tuple(weight_images(tiny_recording, step=step).child_axes[0].get_ylim()) for step in (0, -1)
    }
    ((low, high),) = ranges
    assert low == -high


def test_only_the_first_layer_looks_at_pixels(tiny_recording):
    with pytest.raises(ShapeError, match="Only layer 1 looks at pixels"):
        weight_images(tiny_recording, layer=2)


# -- learning curves ----------------------------------------------------------------------


@pytest.mark.parametrize("quantity", ["accuracies", "costs"])
def test_learning_curves_are_the_recorded_numbers(tiny_recording, quantity):
    ax = learning_curves(tiny_recording, quantity)
    lines = {line.get_label(): line.get_xydata() for line in ax.lines}
    for name, part in (("training", "train"), ("held-out", "test")):
        sampled = getattr(tiny_recording, f"{part}_{quantity}")
        np.testing.assert_array_equal(lines[name], np.column_stack([tiny_recording.steps, sampled]))
        measured = tiny_recording.epoch_curve(part, quantity)
        np.testing.assert_array_equal(
            lines[f"{name}, all examples"],
            np.column_stack([tiny_recording.epoch_steps, measured]),
        )


def test_curves_are_told_apart_without_colour(tiny_recording):
    training, _, held_out, _ = learning_curves(tiny_recording, theme="print").lines
    assert training.get_linestyle() == "-"
    assert held_out.get_linestyle() == "--"


def test_unknown_quantity_is_refused(tiny_recording):
    with pytest.raises(UnknownNameError, match="quantity must be one of accuracies, costs"):
        learning_curves(tiny_recording, "losses")


# -- descent path -------------------------------------------------------------------------


def test_path_is_the_recorded_one_on_its_plane(tiny_recording):
    ax = descent_path(tiny_recording)
    found = descent(tiny_recording)
    lines = {line.get_label(): line.get_xydata() for line in ax.lines}
    np.testing.assert_allclose(lines["path"], found.path)
    np.testing.assert_allclose(lines["recorded steps"], found.path)
    share = 100 * found.plane.variance_explained.sum()
    assert any(f"the plane holds {share:.0f} %" in text for text in texts(ax))
    assert any(f"cost {found.costs[-1]:.3g}" in text for text in texts(ax))
    assert ax.get_aspect() == 1


def test_path_of_two_moments_has_no_plane(tiny_data, tmp_path):
    short = train(tiny_data, tmp_path / "run", epochs=1, record="log:2")
    with pytest.raises(RecordingError, match="moments"):
        descent_path(short)


# -- activations --------------------------------------------------------------------------


@pytest.mark.parametrize(("example", "step"), [(0, 0), (3, -1), (99, -1)])
def test_neurons_are_filled_to_their_activation(tiny_recording, example, step):
    ax = activations(tiny_recording, example, step, theme=DARK)
    shown = ink_image(tiny_recording.probes.images[example], DARK)
    np.testing.assert_array_equal(ax.images[0].get_array(), shown)
    layers = [c for c in ax.collections if isinstance(c, EllipseCollection)]
    for layer, drawn in enumerate(layers, start=1):
        activation = np.asarray(tiny_recording.activations(layer, step)[example])
        background, foreground = rgb(DARK.background), rgb(DARK.foreground)
        expected = background + activation[:, None] * (foreground - background)
        np.testing.assert_allclose(drawn.get_facecolors()[:, :3], expected, atol=1e-3)
    output = np.asarray(tiny_recording.activations(3, step)[example])
    for neuron, value in enumerate(output):
        assert any(text.startswith(f"{neuron}   {value:.2f}") for text in texts(ax))


def test_edges_are_the_strongest_contributions(tiny_recording):
    ax = activations(tiny_recording, 3)
    edges = [c for c in ax.collections if isinstance(c, LineCollection)]
    assert [len(c.get_segments()) for c in edges] == [200, 200, 160]
    a = np.asarray(tiny_recording.activations(2)[3])
    signs = np.sign((tiny_recording.weights(3) * a).ravel())
    drawn = [to_hex(color[:3]).upper() for color in edges[-1].get_colors()]
    assert drawn.count(DARK.positive) == (signs > 0).sum()


@pytest.mark.parametrize("example", [-1, 100])
def test_example_that_was_not_recorded_is_refused(tiny_recording, example):
    with pytest.raises(SettingError, match=f"0 to 99, the recorded ones; got {example}"):
        activations(tiny_recording, example)


@pytest.mark.parametrize("draw", [weight_images, activations])
def test_step_that_was_not_recorded_is_refused(tiny_recording, draw):
    with pytest.raises(RecordingError, match="step"):
        draw(tiny_recording, step=123456)


# -- odd networks -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "choices",
    [
        {"layers": (64, 10)},
        {"layers": (64, 100, 3, 10), "activation": "relu"},
        {"layers": (64, 5, 10), "activation": "tanh", "cost": "cross-entropy"},
        {"layers": (64, 8, 10), "activation": "identity", "learning_rate": 1e6},  # diverges
    ],
)
def test_figures_of_any_network(small_data, tmp_path, choices):
    recording = train(small_data, tmp_path / "run", epochs=2, record="log:9", **choices)
    for entry in FIGURES.values():
        figure = entry.draw(recording)
        assert isinstance(figure, Figure)
        FigureCanvasAgg(figure).draw()


def test_no_scatter_stands_for_a_layer(tiny_recording):
    """Circles keep to the frame's units: a scatter's would not grow with the axes."""
    ax = activations(tiny_recording)
    assert not [c for c in ax.collections if isinstance(c, PathCollection)]
