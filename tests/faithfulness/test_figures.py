"""What the artists of every figure hold, against plain NumPy over the zoo."""

from __future__ import annotations

import re

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import EllipseCollection, LineCollection
from matplotlib.colors import to_hex, to_rgb

from nnviz import figures
from nnviz.analysis.trajectory import converging_rows
from nnviz.errors import NnvizError
from nnviz.figures.registry import FIGURES
from nnviz.verification.reference_network import predicted_classes
from nnviz.view.themes import DARK
from tests.faithfulness.reference import Run, cases, inputs, principal_directions, rgb
from tests.faithfulness.test_numbers import WITHOUT_PLANE, close
from tests.zoo import ANIMALS, data_of

GROUND, GAP = rgb(DARK.background), rgb(DARK.gap)
SIGNS = rgb(DARK.positive), rgb(DARK.negative)

#: What each figure cannot show of some animals, and says so.
REFUSED = {
    "descent-path": WITHOUT_PLANE,
    "landscape": {"to-infinity", "nan-at-once"},
    "slice": WITHOUT_PLANE,
}


@pytest.fixture(autouse=True)
def _off_screen():
    plt.switch_backend("agg")


def drawn(draw, recording, **choices):
    return draw(recording, ax=plt.figure().add_subplot(), theme=DARK, **choices)


def lines_of(ax):
    return {line.get_label(): line.get_xydata() for line in ax.lines}


def texts(ax):
    return [text.get_text() for text in ax.texts]


@pytest.mark.parametrize("animal", cases("nan-at-once"))
@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_drawn_or_refused_in_one_line(name, animal, zoo):
    if animal in REFUSED.get(name, ()):
        with pytest.raises(NnvizError, match=r"(must|needs)") as refusal:
            FIGURES[name].draw(zoo(animal))
        assert "\n" not in str(refusal.value)
        assert len(str(refusal.value)) < 300
        return
    figure = FIGURES[name].draw(zoo(animal))
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    assert np.ptp(np.asarray(canvas.buffer_rgba())[..., :3]) > 50
    boxes = [
        (text.get_text(), text.get_window_extent())
        for text in figure.findobj(plt.Text)
        if text.get_visible() and text.get_text().strip() and text.axes is not None
        and "nan" not in text.get_text()
    ]  # fmt: skip
    width, height = canvas.get_width_height()
    for said, box in boxes:
        if box.width:
            assert -2 <= box.x0 <= box.x1 <= width + 2, said
            assert -2 <= box.y0 <= box.y1 <= height + 2, said
    assert not [text.get_text() for text in figure.findobj(plt.Text) if "nan" in text.get_text()]


@pytest.mark.parametrize("animal", ANIMALS)
def test_weights_are_coloured_by_what_they_are(animal, zoo):
    run = Run(zoo(animal).path)
    ax = drawn(figures.weight_images, zoo(animal))
    mosaic = np.asarray(ax.images[0].get_array())
    n_in, n_out = run.sizes[:2]
    history = run.array("parameters")[:, : n_in * n_out]
    limit = np.quantile(np.abs(history[np.isfinite(history)]), 0.995)
    weights = history[-1].reshape(n_out, *run.shape)
    strength = np.clip(np.abs(weights) / limit, 0, 1)[..., None]
    hue = np.where((weights < 0)[..., None], SIGNS[1], SIGNS[0])
    expected = np.where(np.isnan(weights)[..., None], GAP, GROUND + strength * (hue - GROUND))
    (frames,) = (c for c in ax.collections if len(c.get_paths()) == n_out)
    height, width = run.shape
    for image, frame in zip(expected, frames.get_paths(), strict=True):
        left, top = np.round(frame.vertices[0] + 0.5).astype(int)
        np.testing.assert_allclose(
            mosaic[top : top + height, left : left + width], image, atol=2e-3
        )
    n = int((~np.isfinite(weights)).sum())
    assert any(f"{n:,} of {weights.size:,} weights" in text for text in texts(ax)) == (n > 0)


@pytest.mark.parametrize("animal", ANIMALS)
def test_curves_are_costs_and_shares_measured_anew(animal, zoo):
    recording, run = zoo(animal), Run(zoo(animal).path)
    steps, vectors = run.array("steps"), run.array("parameters")
    rows = np.unique(np.linspace(0, len(steps) - 1, 6).round().astype(int))
    for quantity in ("costs", "accuracies"):
        lines = lines_of(drawn(figures.learning_curves, recording, quantity=quantity))
        for name, sample in (("training", "train_sample"), ("held-out", "test_sample")):
            np.testing.assert_array_equal(lines[name][:, 0], steps)
            x, _ = run.examples(sample)
            for row in rows:
                if quantity == "costs":
                    expected = run.cost_at(vectors[row], sample)
                    if np.isnan(vectors[row]).any():
                        expected = np.nan
                    seen = lines[name][row, 1]
                    np.testing.assert_allclose(seen, expected, rtol=2e-3)
                    continue
                output = run.forward(vectors[row], x)[1][-1]
                right = (predicted_classes(output) == run.array(f"{sample}_labels")).mean()
                if np.isnan(output).all():
                    right = np.nan  # nothing is predicted
                assert lines[name][row, 1] == pytest.approx(right, abs=0.011, nan_ok=True)
            dots = lines[f"{name}, all examples"]
            np.testing.assert_array_equal(dots[:, 0], run.array("epoch_steps"))


@pytest.mark.parametrize("animal", cases("tanh", "to-infinity", "diverged-and-back"))
def test_path_and_residuals_are_projected_anew(animal, zoo):
    if animal in WITHOUT_PLANE:
        return
    recording, run = zoo(animal), Run(zoo(animal).path)
    n = converging_rows(recording)
    path = run.finite_path(n)
    mean, directions, _ = principal_directions(path)
    coordinates = (path - mean) @ directions.T
    extent = np.abs(path - mean).max()
    ax = drawn(figures.descent_path, recording)
    lines = lines_of(ax)
    signs = np.sign((lines["path"] * coordinates).sum(axis=0))
    np.testing.assert_allclose(lines["path"], signs * coordinates, atol=3e-5 * extent)
    lines = lines_of(drawn(figures.descent_residuals, recording))
    costs = np.array([run.cost_at(moment) for moment in path])
    close(lines["true cost of the path"][:, 1], costs, rtol=2e-3)
    far = np.linalg.norm(path - mean - coordinates @ directions, axis=1)
    (right,) = (
        other for other in plt.gcf().axes if other.lines and other.get_ylabel()[:4] == "dist"
    )
    np.testing.assert_allclose(
        lines_of(right)["distance from the plane"][:, 1], far, atol=3e-5 * extent
    )
    # What the title claims, the costs say.
    title = ax.get_title(loc="left")
    assert ("Descent" in title or "down" in title) == (costs[-1] < 0.99 * costs[0])
    note = " ".join(texts(ax))
    held = re.search(r"holds ([\d.]+) %", note)
    if held:
        assert float(held.group(1)) < 100
    assert ("later moment" in note) == (n < len(run.array("steps")))


@pytest.mark.parametrize("animal", cases("one-output", "relu-cross-entropy"))
def test_line_from_start_to_end_is_measured_anew(animal, zoo):
    if animal in REFUSED["slice"]:
        return
    recording, run = zoo(animal), Run(zoo(animal).path)
    last = converging_rows(recording) - 1
    start, end = run.array("parameters")[[0, last]].astype(np.float64)
    lines = lines_of(drawn(figures.slice_costs, recording))
    for name, sample in (("training", "train_sample"), ("held-out", "test_sample")):
        line = lines[f"{name} examples"]
        for at, cost in line[::17]:
            expected = run.cost_at(start + at * (end - start), sample)
            close(np.array([cost]), np.array([expected]), rtol=5e-3, atol=1e-4)


@pytest.mark.parametrize("animal", ANIMALS)
def test_gradient_is_that_of_the_recorded_batch(animal, zoo):
    recording, run, data = zoo(animal), Run(zoo(animal).path), data_of(animal).train
    ax = drawn(figures.gradient_vector, recording)
    (lines,) = (c for c in ax.collections if isinstance(c, LineCollection))
    ends = np.array([segment[1] for segment in lines.get_segments()])
    rows = run.array("batch_indices")[0]
    rows = rows[rows >= 0]
    n_out = run.sizes[-1]
    labels = data.labels[rows]
    y = labels[:, None] * 1.0 if n_out == 1 else np.eye(n_out)[labels]
    expected = -run.gradient_at(run.array("parameters")[0], inputs(data.images[rows]), y)
    np.testing.assert_array_equal(ends[:, 0], np.arange(len(expected)))
    np.testing.assert_allclose(ends[:, 1], expected, atol=2e-5 * np.abs(expected).max())
    hues = np.array([to_hex(color).upper() for color in lines.get_colors()])
    sure = np.abs(expected) > 1e-5 * np.abs(expected).max()
    assert (hues[sure & (expected > 0)] == DARK.positive).all()
    assert (hues[sure & (expected < 0)] == DARK.negative).all()
    whole = len(rows) == len(data)
    said = (
        f"all {len(rows):,} training images" if whole else f"a mini-batch of {len(rows):,} images"
    )
    assert any(said in text for text in texts(ax))
    # The sizes: what is left out is counted.
    ax = drawn(figures.gradient_sizes, recording)
    n_zero = int((run.array("gradients")[0] == 0).sum())
    note = " ".join(texts(ax))
    assert (f"{n_zero:,} of {len(expected):,} entr" in note) == (n_zero > 0)


@pytest.mark.parametrize("animal", ANIMALS)
def test_neurons_and_edges_of_one_example(animal, zoo):
    recording, run = zoo(animal), Run(zoo(animal).path)
    example = 4
    ax = drawn(figures.activations, recording, example=example)
    x, _ = run.examples("probe")
    vector = run.array("parameters")[-1]
    everything = run.forward(vector, x)[1]
    drawn_layers = [c for c in ax.collections if isinstance(c, EllipseCollection)]
    kinds = [run.manifest["network"]["activation"]] * (len(run.sizes) - 2)
    kinds.append(run.manifest["network"]["output"])
    light, shade = rgb(DARK.foreground), rgb(DARK.negative)
    for layer, (neurons, kind) in enumerate(zip(drawn_layers, kinds, strict=True), start=1):
        values = everything[layer][example]
        faces = neurons.get_facecolors()[:, :3]
        if len(faces) < len(values):
            continue  # only the strongest are shown
        scale = 1.0
        if kind in ("relu", "identity"):
            finite = everything[layer][np.isfinite(everything[layer])]
            scale = np.abs(finite).max(initial=0) or 1.0
        share = np.abs(np.nan_to_num(values, posinf=0, neginf=0))[:, None] / scale
        hue = np.where((values < 0)[:, None], shade, light)
        expected = np.where(
            np.isfinite(values)[:, None], GROUND + np.clip(share, 0, 1) * (hue - GROUND), GAP
        )
        np.testing.assert_allclose(faces, expected, atol=0.01)
        assert any(re.match(rf"layer {layer}\nwhite = ", text) for text in texts(ax))
    # The hue and the dashes of an edge are the sign of what flows along it.
    for layer, edges in enumerate(
        (c for c in ax.collections if isinstance(c, LineCollection)), start=1
    ):
        with np.errstate(all="ignore"):
            flow = run.layers(vector)[layer - 1].weights * everything[layer - 1][example]
        n_negative = sum(np.allclose(to_rgb(c), shade, atol=0.01) and c[3] > 0.02
                         for c in edges.get_colors())  # fmt: skip
        assert n_negative <= (np.nan_to_num(flow) < 0).sum()
        if not np.isfinite(flow).any():
            assert (edges.get_colors()[:, 3] == 0).all()
    title = ax.get_title(loc="left")
    truth, output = int(run.array("probe_labels")[example]), everything[-1][example]
    if np.isnan(output).any():
        assert title == f"Class {truth}, no prediction: outputs are not numbers"
    else:
        prediction = predicted_classes(output[None])[0]
        verdict = "right" if prediction == truth else "wrong"
        assert title == f"Class {truth}, predicted {prediction}: {verdict}"


def test_landscape_without_a_finite_cost_is_a_gap_and_says_so(zoo):
    """Infinite costs of finite parameters: of that there are no contours, and no scale."""
    recording = zoo("to-infinity")
    step = int(np.isfinite(recording.parameters).all(axis=1).nonzero()[0][-1])
    assert not np.isfinite(recording.train_costs[step])
    flat = drawn(figures.landscape, recording, step=step)
    assert flat.get_facecolor()[:3] == pytest.approx(GAP)
    assert len(flat.figure.axes) == 1
    assert "no finite cost at 2,601 of 2,601 points" in flat.get_title(loc="left") + "".join(
        text.get_text() for text in flat.texts
    )
    ax = plt.figure().add_subplot(projection="3d")
    surface = figures.landscape_surface(recording, step=step, ax=ax)
    assert not surface.collections
    assert not len(surface.get_zticks())


@pytest.mark.parametrize("animal", cases("tanh", "given", "nan-at-once"))
def test_landscape_is_the_cost_of_its_points(animal, zoo):
    recording, run = zoo(animal), Run(zoo(animal).path)
    step = 0 if animal in REFUSED["landscape"] else -1
    ax = drawn(figures.landscape, recording, step=step)
    bands = next(c for c in ax.collections if hasattr(c, "levels"))
    network = run.array("parameters")[step].astype(np.float64)
    cost = run.cost_at(network)
    assert bands.zmin <= cost * 1.001
    assert bands.zmax >= cost * 0.999
    # The corner of the picture, along directions of the network's own length.
    rng = np.random.default_rng(0)
    corner, start = network.copy(), 0
    for n_in, n_out in zip(run.sizes, run.sizes[1:], strict=False):
        own = network[start : start + n_in * n_out].reshape(n_out, n_in)
        random = rng.normal(size=(2, n_out, n_in))[0]
        lengths = np.linalg.norm(own, axis=1, keepdims=True)
        along = random * lengths / np.linalg.norm(random, axis=1, keepdims=True)
        corner[start : start + own.size] += along.ravel()
        start += n_in * n_out + n_out
    edge = run.cost_at(corner)  # x = 1, y = 0: within the picture's costs
    assert bands.zmin * 0.999 <= edge <= bands.zmax * 1.001
    n = len(run.array("train_sample_labels"))
    assert any(f"{n:,}" in text and "training images" in text for text in texts(ax))
