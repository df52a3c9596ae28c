"""What the artists of each figure hold is what was recorded."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import EllipseCollection, LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.markers import CARETDOWNBASE

from nnviz.analysis.descent import measure_descent
from nnviz.analysis.functions.function import Function
from nnviz.analysis.functions.named import FUNCTIONS_1D, FUNCTIONS_2D
from nnviz.analysis.planes import plane_through, random_plane
from nnviz.analysis.race import race_optimizers
from nnviz.analysis.trajectory import recorded_costs
from nnviz.core.evaluation import evaluate
from nnviz.core.network import Network
from nnviz.errors import RecordingError, SettingError, ShapeError, UnknownNameError
from nnviz.figures import (
    activations,
    descent_1d,
    descent_path,
    descent_residuals,
    gradient_sizes,
    gradient_vector,
    landscape,
    landscape_surface,
    learning_curves,
    optimizer_race,
    race_costs,
    slice_costs,
    weight_images,
)
from nnviz.figures.registry import FIGURES
from nnviz.recording.run import train
from nnviz.view.colors import rgb, symmetric_limit
from nnviz.view.images import ink_image, weight_image
from nnviz.view.themes import DARK, PRINT, THEMES

MAIN = (
    weight_images,
    learning_curves,
    descent_path,
    activations,
    landscape,
    optimizer_race,
    slice_costs,
    gradient_vector,
)
ALL = (*MAIN, descent_residuals, race_costs, gradient_sizes)


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


# The race takes seconds.
LOOKS = [
    pytest.param(
        name,
        theme,
        id=f"{name}-{theme.name}",
        marks=pytest.mark.slow if name == "optimizer-race" and theme is not DARK else (),
    )
    for name in FIGURES
    for theme in THEMES.values()
]


@pytest.mark.parametrize(("name", "theme"), LOOKS)
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
    for draw in MAIN:
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
    names = [text for text in texts(ax) if text.startswith("neuron ")]
    assert names == [f"neuron {i}" for i in range(16)]


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


def lines_of(ax):
    return {line.get_label(): line.get_xydata() for line in ax.lines}


def test_path_is_the_recorded_one_on_its_plane(tiny_recording):
    ax = descent_path(tiny_recording)
    found = measure_descent(tiny_recording)
    lines, path = lines_of(ax), found.trajectory
    np.testing.assert_allclose(lines["path"], path.coordinates)
    np.testing.assert_allclose(lines["recorded steps"], path.coordinates)
    share = 100 * found.variance_explained.sum()
    assert any(f"the plane holds {share:.0f} %" in text for text in texts(ax))
    assert any(f"cost {path.costs[-1]:.3g}" in text for text in texts(ax))
    assert ax.get_aspect() == 1


def test_residuals_are_the_costs_and_the_distances(tiny_recording):
    ax = descent_residuals(tiny_recording)
    path, lines = measure_descent(tiny_recording).trajectory, lines_of(ax)
    columns = {
        "true cost of the path": path.costs,
        "cost of the surface under it": path.surface_costs,
    }
    for name, costs in columns.items():
        np.testing.assert_allclose(lines[name], np.column_stack([path.steps, costs]))
    (right,) = (other for other in ax.figure.axes if other is not ax)
    far = lines_of(right)["distance from the plane"]
    np.testing.assert_allclose(far, np.column_stack([path.steps, path.distances]))
    worst = np.abs(path.costs - path.surface_costs).argmax()
    assert any(f"at step {path.steps[worst]:,}: {path.costs[worst]:.3g}" in t for t in texts(ax))


def test_figures_tell_of_a_divergence(diverged):
    left_out = f"diverged: {measure_descent(diverged, n=3).n_diverged} later moments are left out"
    for draw in (descent_path, descent_residuals, slice_costs):
        assert any(left_out in text for text in texts(draw(diverged)))
    with pytest.raises(SettingError, match="must have finite parameters; after 24 steps"):
        landscape(diverged)
    assert landscape(diverged, step=0).has_data()
    with pytest.raises(RecordingError, match="gradient at step 24 must be finite"):
        gradient_vector(diverged, step=-1)


def test_path_of_two_moments_has_no_plane(tiny_data, tmp_path):
    short = train(tiny_data, tmp_path / "run", epochs=1, record="log:2")
    with pytest.raises(RecordingError, match="moments"):
        descent_path(short)


# -- landscape, slice, race -----------------------------------------------------------------


def test_landscape_is_the_cost_around_the_network(tiny_recording):
    ax = landscape(tiny_recording, step=0, reach=0.5)
    examples, _ = recorded_costs(tiny_recording, "train")
    plane = random_plane(tiny_recording.network_at(0))
    # The picture's corner, as the plain network measures it.
    corner = Network(tiny_recording.sizes, plane.at(np.array([0.5, 0.5])).astype(np.float32))
    expected = evaluate(corner, examples, tiny_recording.cost).cost
    bands = next(c for c in ax.collections if hasattr(c, "levels"))
    assert bands.levels[0] <= expected <= bands.levels[-1] * 1.0001
    assert bands.zmin <= expected <= bands.zmax
    assert ax.get_xlim() == ax.get_ylim() == (-0.5, 0.5)


def test_landscape_takes_a_plane(tiny_recording):
    rows = [0, 10, tiny_recording.n_rows - 1]
    plane = plane_through(*np.asarray(tiny_recording.parameters[rows]))
    told = []
    ax = landscape(tiny_recording, plane=plane, reach=60, on_progress=lambda *at: told.append(at))
    assert told[-1] == (51 * 51, 51 * 51)
    # The last network lies in the plane, but not in the middle of the picture.
    (dot,) = (line for line in ax.lines if line.get_label() == "the network")
    end = plane.project(np.asarray(tiny_recording.parameters[-1], np.float64))
    np.testing.assert_allclose(dot.get_xydata()[0], end)
    assert np.linalg.norm(end) > 1
    assert ax.get_title(loc="left") == "The cost over a plane"
    beyond = landscape(tiny_recording, plane=plane, reach=0.1)
    assert not [line for line in beyond.lines if line.get_label() == "the network"]


def test_curve_of_a_function_with_gaps():
    root = Function.of(lambda x: x**0.5 if x >= 0 else float("nan"), [(-1, 4)])
    low, high = descent_1d(root, learning_rate=0.1).get_ylim()
    assert low < 0 < 2 < high


@pytest.mark.parametrize("reach", [0, -1, np.inf])
def test_reach_that_cannot_be_is_refused(tiny_recording, reach):
    with pytest.raises(SettingError, match="reach must be above 0"):
        landscape(tiny_recording, reach=reach)


def test_surface_stands_in_axes_of_three_dimensions(tiny_recording):
    figure = plt.figure()
    ax = landscape_surface(tiny_recording, ax=figure.add_subplot(projection="3d"))
    assert ax.has_data()
    low, high = ax.get_zlim()
    end = float(tiny_recording.train_costs[-1])
    assert low <= end <= high
    with pytest.raises(SettingError, match="must have projection='3d'"):
        landscape_surface(tiny_recording, ax=figure.add_subplot())


def test_slice_ends_at_the_recorded_costs(tiny_recording):
    lines = lines_of(slice_costs(tiny_recording))
    for name, recorded in (
        ("training examples", tiny_recording.train_costs),
        ("held-out examples", tiny_recording.test_costs),
    ):
        np.testing.assert_allclose(lines[f"{name}, recorded"][:, 1], recorded[[0, -1]])
        at, costs = lines[name].T
        found = costs[[np.abs(at).argmin(), np.abs(at - 1).argmin()]]
        np.testing.assert_allclose(found, recorded[[0, -1]], rtol=0.05)


def test_race_draws_every_contender_on_both_sides(tiny_recording):
    found = race_optimizers(tiny_recording, epochs=3)
    ways, costs = (
        lines_of(draw(tiny_recording, epochs=3)) for draw in (optimizer_race, race_costs)
    )
    for result in found.results:
        name = next(label for label in ways if label.startswith(f"{result.contender.name}, "))
        np.testing.assert_allclose(ways[name], result.trajectory.coordinates, atol=1e-9)
        expected = np.column_stack([result.epochs, result.trajectory.costs])
        np.testing.assert_allclose(costs[name], expected)


def test_contenders_are_told_apart_without_colour(tiny_recording):
    lines = [
        line for line in race_costs(tiny_recording, epochs=2).lines if line.get_label()[0] != "_"
    ]
    assert len({str(line._unscaled_dash_pattern) for line in lines}) == 4


# -- gradients ------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [0, -1])
def test_gradient_is_drawn_entry_by_entry(tiny_recording, step):
    ax = gradient_vector(tiny_recording, step=step)
    (lines,) = (c for c in ax.collections if isinstance(c, LineCollection))
    nudges = -tiny_recording.gradients[tiny_recording.row(step)]
    ends = np.array([segment[1] for segment in lines.get_segments()])
    np.testing.assert_allclose(ends, np.column_stack([np.arange(13002), nudges]), rtol=1e-6)
    drawn = np.array([to_hex(color).upper() for color in lines.get_colors()])
    assert (drawn[nudges > 0] == DARK.positive).all()
    assert (drawn[nudges < 0] == DARK.negative).all()


def test_sizes_of_a_gradient_are_sorted_by_layer(tiny_recording):
    ax = gradient_sizes(tiny_recording)
    split = tiny_recording.network_at(0).split(np.asarray(tiny_recording.gradients[0]))
    lines = {name: drawn for name, drawn in lines_of(ax).items() if name.startswith("layer")}
    floor, n_marked = ax.get_ylim()[0], 0
    for (label, drawn), (weights, biases) in zip(lines.items(), split, strict=True):
        magnitudes = np.abs(np.concatenate([weights.ravel(), biases]))
        assert f"{len(magnitudes):,} entries" in label
        # What the picture does not reach down to is counted, and marked where the line leaves.
        n_below = int(((magnitudes > 0) & (magnitudes < floor)).sum())
        assert (f"{n_below:,} of them below the picture" in label) == (n_below > 0)
        n_marked += n_below > 0
        some = np.sort(magnitudes[magnitudes > 0])[::-1]
        np.testing.assert_allclose(drawn[:, 1], some)
    marks = [line for line in ax.lines if line.get_marker() == CARETDOWNBASE]
    assert len(marks) == n_marked > 0
    assert all(mark.get_ydata()[0] == pytest.approx(floor) for mark in marks)


# -- a curve --------------------------------------------------------------------------------


def test_steps_lie_on_the_curve():
    lines = lines_of(descent_1d("bowl", learning_rate=0.5, start=1.0, n_steps=4))
    np.testing.assert_allclose(lines["steps"][:, 0], 3 * 0.5 ** np.arange(5))
    for x, y in lines["steps"]:
        assert y == pytest.approx(FUNCTIONS_1D["bowl"].value(np.array([x])))


def test_steps_out_of_the_picture_are_told_of():
    ax = descent_1d("bowl", learning_rate=3.0)
    assert any("out of the picture" in text for text in texts(ax))
    assert ax.get_xlim() == (-3, 3)


def test_function_of_two_variables_is_no_curve():
    with pytest.raises(SettingError, match=r"must have 1 variable"):
        descent_1d(FUNCTIONS_2D["bowl"])


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


def test_no_scatter_stands_for_a_layer(tiny_recording):
    """Circles keep to the frame's units: a scatter's would not grow with the axes."""
    ax = activations(tiny_recording)
    assert not [c for c in ax.collections if isinstance(c, PathCollection)]
