"""What the other films show, read back from their frames, against plain NumPy over the zoo."""

from __future__ import annotations

import re

import numpy as np
import pytest
from scipy.interpolate import RegularGridInterpolator

from nnviz.errors import NnvizError
from nnviz.view.themes import DARK
from tests.faithfulness.pixels import FAINT, NOTHING, OTHER, isolated_pixels, sign_of
from tests.faithfulness.reference import Run, cases, inputs, principal_directions, rgb
from tests.faithfulness.test_numbers import GIVEN, WITHOUT_PLANE
from tests.watching import SIZE
from tests.zoo import data_of

pytestmark = pytest.mark.render

GROUND, GAP, ACCENT = (rgb(color) for color in (DARK.background, DARK.gap, DARK.accent))
SIGNS = rgb(DARK.positive), rgb(DARK.negative)
BANDS = np.array([rgb(color) for color in DARK.sequential])


def number(text):
    """Read a number from what is on screen."""
    text = text.replace("−", "-").replace(",", "")
    return {"none": np.nan, "∞": np.inf}.get(text) if text in ("none", "∞") else float(text)


# -- weight images ----------------------------------------------------------------------------


@pytest.mark.parametrize("animal", cases("two-classes", "nan-at-once"))
def test_wall_of_weights_is_the_last_moments(animal, zoo, play):
    run, seen = Run(zoo(animal).path), play("weight-images", zoo(animal), seconds=1.0)
    n_in, n_out = run.sizes[:2]
    history = run.array("parameters")[:, : n_in * n_out].reshape(-1, n_out, *run.shape)
    magnitudes = np.abs(history[np.isfinite(history)])
    limit = np.quantile(magnitudes, 0.995)
    images = [shown.image for shown in seen.scene.wall]
    for weights, image in zip(history[-1], images, strict=True):
        left, top = image.get_left()[0], image.get_top()[1]
        height, width = run.shape
        if image.height / height * SIZE[1] / 8 < 2.5:
            continue  # cells too small for a pixel in their middle
        for row in range(0, height, max(height // 6, 1)):
            for column in range(0, width, max(width // 6, 1)):
                x = left + image.width * (column + 0.5) / width
                y = top - image.height * (row + 0.5) / height
                value = weights[row, column]
                share = min(abs(value) / limit, 1)
                expected = (
                    GAP if np.isnan(value) else GROUND + share * (SIGNS[int(value < 0)] - GROUND)
                )
                assert np.abs(seen.at(np.array([x, y])) - expected).max() < 0.02
    # The bar says how far it goes, and that some go beyond.
    said = seen.texts[-1]
    beyond = (history > limit).any(), (history < -limit).any()
    for is_beyond, sign, mark in zip(beyond, "+-", "≥≤", strict=True):
        (end,) = (
            text for text in said
            if re.fullmatch(rf"({mark} )?{'−' if sign == '-' else ''}[\d.e−,]+", text)
            and abs(abs(number(text.removeprefix(f"{mark} "))) / limit - 1) < 0.06
            and text.removeprefix(f"{mark} ").startswith("−") == (sign == "-")
        )  # fmt: skip
        assert end.startswith(mark) == is_beyond
    assert ("none" in said) >= bool(np.isnan(history).any())


@pytest.mark.parametrize("animal", cases("classic", "given"))
def test_progress_is_what_was_recorded(animal, zoo, play):
    run, seen = Run(zoo(animal).path), play("weight-images", zoo(animal), seconds=1.0)
    said, data = seen.texts[-1], data_of(animal).test
    steps = run.array("steps")
    assert f"{steps[-1]:,}" in said
    # How many weights ever change is counted, and where they come from is told.
    n_in, n_out = run.sizes[:2]
    history = run.array("parameters")[:, : n_in * n_out]
    n_changed = int((history != history[0]).any(axis=0).sum())
    if len(history) == 1:
        assert "Only this moment was recorded" in seen.said
    elif np.isfinite(history).all():
        assert any(f"{n_changed or 'none'} of these" in text.replace(",", "") for text in seen.said)
    random = run.manifest["network"]["initializer"] is not None
    assert ("Before training they are random" in seen.said) == random
    # The sample's share right, with the error of a sample, and all images where they were measured.
    n = len(run.array("test_sample_labels"))
    share = 100 * run.array("test_accuracies")[-1]
    if np.isnan(run.array("test_costs")[-1]):  # nothing is predicted
        assert not any(text.endswith("%") for text in said)
    elif n == len(data):
        assert f"{share:.1f} %" in said
        assert not any("±" in text for text in said)
    else:
        assert any(re.fullmatch(rf"{share:.1f} ± 0\.\d+ %", text) for text in said)
        whole = 100 * run.array("epoch_test_accuracies")[-1]
        step = run.array("epoch_steps")[-1]
        assert f"{whole:.1f} % at step {step:,}" in said


# -- paths over the cost ----------------------------------------------------------------------


def bands_of(costs, levels):
    """Return the colours of costs in bands between levels, and of those a band up and down."""
    n = len(levels) - 1
    band = np.clip(np.searchsorted(levels, costs, side="right") - 1, 0, n - 1)
    shades = np.stack(
        [np.interp(np.linspace(0, 1, n), np.linspace(0, 1, len(BANDS)), c) for c in BANDS.T], axis=1
    )
    return [shades[np.clip(band + aside, 0, n - 1)] for aside in (-1, 0, 1)]


def check_map(seen, run, land, surface, frame, n=60):
    """Compare pixels of a map in bands with the true cost of their places."""
    costs = land.costs[np.isfinite(land.costs)]
    # The scale begins with the lowest cost, or above the fiftieth of all that is far below.
    low = max(costs.min(), min(np.quantile(costs, 0.02), 1e-4 * costs.max()))
    levels = np.geomspace(low, costs.max(), 17)
    rng = np.random.default_rng(1)
    n_right = n_told = 0
    for x, y in zip(rng.uniform(land.x[0], land.x[-1], n), rng.uniform(land.y[0], land.y[-1], n),
                    strict=True):  # fmt: skip
        vector = land.plane.origin + x * land.plane.directions[0] + y * land.plane.directions[1]
        cost = run.cost_at(vector)
        pixel = seen.at(surface.place(np.array([[x, y]]))[0], frame)
        if not np.isfinite(cost):
            continue
        # Within a band of it: a grid of few points bends where the cost does.
        near = [np.abs(pixel - shade).max() < 0.03 for shade in bands_of(cost, levels)]
        on_line = min(np.abs(pixel - shade).max() for shade in BANDS) > 0.03 and not any(near)
        n_told += not on_line
        n_right += any(near)
    assert n_told > 0.5 * n
    assert n_right >= 0.9 * n_told


PATHS = cases("tanh", "to-infinity", "nan-at-once")


@pytest.mark.parametrize("animal", PATHS)
def test_path_runs_over_the_true_costs(animal, zoo, play):
    run = Run(zoo(animal).path)
    if animal in WITHOUT_PLANE:
        with pytest.raises(NnvizError, match="needs at least 3 recorded moments"):
            play("descent-path", zoo(animal), resolution=9)
        return
    seen = play("descent-path", zoo(animal), resolution=31, seconds=1.0)
    found, surface = seen.scene.descent, seen.scene.surface
    check_map(seen, run, found.landscape, surface, 0)
    # The path ends where plain NumPy projects the last moment to.
    n = len(found.trajectory.steps)
    path = run.finite_path(n)
    mean, directions, shares = principal_directions(path)
    coordinates = (path - mean) @ directions.T
    signs = np.sign((found.trajectory.coordinates * coordinates).sum(axis=0))
    end = surface.place((signs * coordinates)[-1:])[0]
    assert np.abs(seen.at(end) - ACCENT).max() < 0.1
    # What stands beside it.
    said = seen.texts[-1]
    costs = [run.cost_at(moment) for moment in path]
    assert f"{run.array('steps')[n - 1]:,}" in said
    plane = found.landscape.plane
    under = run.cost_at(plane.origin + found.trajectory.coordinates[-1] @ plane.directions)
    read = [number(text) for text in said if re.fullmatch(r"[-−]?[\d.,]+(e−?\d+)?", text)]
    for value in (costs[-1], under):
        assert any(abs(each - value) <= 2e-3 * abs(value) + 6e-5 for each in read)
    held = next((text for text in said if text.startswith("This plane holds")), None)
    if held:
        shown = float(held.split()[3])
        assert shown == pytest.approx(100 * shares.sum(), abs=0.06)
        far = np.linalg.norm(path - mean - coordinates @ directions, axis=1).max()
        away = next(text for text in said if text.startswith("the path is up to"))
        assert number(away.split()[5]) == pytest.approx(far, rel=6e-3)
        assert shown < 100
    # Where it leads is told from the costs.
    heading = seen.said[[f"{run.n_parameters:,} weights" in t for t in seen.said].index(True)]
    downhill = costs[-1] < 0.99 * costs[0]
    assert ("down" in heading) == downhill
    assert ("uphill" in heading) == (max(costs) > 1.2 * max(costs[0], costs[-1]) or
                                     costs[-1] > 1.01 * costs[0])  # fmt: skip


@pytest.mark.parametrize("animal", cases("diverged-and-back", "given"))
def test_silhouette_is_that_of_the_costs(animal, zoo, play):
    """No column of pixels reaches higher than the highest cost behind it, nor less high."""
    if animal in WITHOUT_PLANE:
        with pytest.raises(NnvizError, match="needs at least 3 recorded moments"):
            play("descent-surface-3d", zoo(animal), resolution=9)
        return
    run, seen = (
        Run(zoo(animal).path),
        play("descent-surface-3d", zoo(animal), resolution=25, seconds=0.4),
    )
    scene, land = seen.scene, seen.scene.descent.landscape
    # True costs at some points of the grid.
    x, y = np.meshgrid(land.x, land.y)
    points = np.column_stack([x.ravel(), y.ravel()])
    for k in np.random.default_rng(0).choice(len(points), 40, replace=False):
        cost = run.cost_at(land.plane.origin + points[k] @ land.plane.directions)
        measured = land.costs.ravel()[k]
        assert np.isfinite(cost) == np.isfinite(measured)
        if np.isfinite(cost):
            assert measured == pytest.approx(cost, rel=2e-3, abs=1e-5)
    # All of them as heights, straight lines between, and where each is seen by the camera that
    # has turned for the first time: the path is not there yet.
    highest = np.max(land.costs, where=np.isfinite(land.costs), initial=0)
    costs = np.clip(np.nan_to_num(land.costs, posinf=highest), 1e-4 * highest, highest)
    fine = [np.linspace(axis[0], axis[-1], 700) for axis in (land.y, land.x)]
    logarithms = RegularGridInterpolator((land.y, land.x), np.log(costs))
    grid = np.stack(np.meshgrid(*fine, indexing="ij"), axis=-1).reshape(-1, 2)
    heights = 0.25 + scene.per_cost * np.exp(logarithms(grid))
    ground = (grid[:, ::-1] - scene.middle) * scene.per_unit
    azimuth, elevation = scene.first_azimuth + 0.45 * 0.8, 0.52
    right = ground[:, 0] * np.cos(azimuth) + ground[:, 1] * np.sin(azimuth)
    back = ground[:, 1] * np.cos(azimuth) - ground[:, 0] * np.sin(azimuth)
    up = heights * np.cos(elevation) + back * np.sin(elevation)
    center, scale = scene.surface.points.mean(axis=0), SIZE[1] / 8
    columns = np.floor((center[0] + right) * scale + SIZE[0] / 2).astype(int)
    tops = np.full(SIZE[0], -np.inf)
    np.maximum.at(tops, columns, up)
    is_surface = np.abs(seen.frames[1] / 255 - GROUND).max(axis=2) > 0.02
    is_surface[: seen.pixel(np.array([0, 2.55]))[0]] = False  # the words above it
    inside = np.flatnonzero(np.isfinite(tops))[4:-4:5]
    expected = SIZE[1] / 2 - (center[1] + tops[inside]) * scale
    found = is_surface[:, inside].argmax(axis=0)
    assert np.mean(np.abs(found - expected) < 3.5) > 0.9


# -- gradients --------------------------------------------------------------------------------


@pytest.mark.parametrize("animal", cases("full-batch", "nan-at-once"))
def test_gradient_is_that_of_its_batch(animal, zoo, play):
    """Hues of edges, read-outs and words follow from a gradient computed anew."""
    run, data = Run(zoo(animal).path), data_of(animal).train
    seen = play("gradient-vector", zoo(animal), n_steps=3)
    scene = seen.scene
    last = scene.rows[-1]
    rows = run.array("batch_indices")[last]
    rows = rows[rows >= 0]
    x = inputs(data.images[rows])
    n_out = run.sizes[-1]
    y = data.labels[rows][:, None] * 1.0 if n_out == 1 else np.eye(n_out)[data.labels[rows]]
    vector = run.array("parameters")[last]
    gradient = run.gradient_at(vector, x, y)
    start = n_told = 0
    for layer, edges in enumerate(scene.glow, start=1):
        n = run.sizes[layer] * run.sizes[layer - 1]
        nudges = -gradient[start : start + n]
        recorded = -run.array("gradients")[last][start : start + n]
        start += n + run.sizes[layer]
        owners, places = isolated_pixels(edges, scene.network.neurons, SIZE)
        signs = sign_of(seen.frames[-1][places[:, 0], places[:, 1]] / 255, DARK)
        is_told = np.abs(signs) == 1
        # What is only rounding has the recording's sign.
        sure = np.abs(nudges) > 1e-6 * np.abs(nudges).max(initial=0)
        expected = np.where(sure, np.sign(nudges), np.sign(recorded))
        np.testing.assert_array_equal(signs[is_told], expected[owners[is_told]])
        assert (signs[recorded[owners] == 0] == NOTHING).all()
        assert np.isin(signs, (1, -1, NOTHING, FAINT, OTHER)).all()
        n_told += int(is_told.sum())
    # The chosen entries stand there with their values.
    said = seen.texts[-1]
    for parameter in (row.parameter for row in scene.columns.rows):
        for value, places_ in ((vector[parameter.index], 4), (-gradient[parameter.index], 5)):
            texts = {f"{value + shift:,.{places_}f}" for shift in (0, 2e-6, -2e-6)}
            texts |= {text.lstrip("-") for text in texts if float(text.replace(",", "")) == 0}
            if abs(value) < 100:
                assert texts & set(said), (parameter, value)
    # The caption and the cost are of the moment shown, and of its batch.
    step = run.array("steps")[last]
    caption = next(text for text in said if "recorded at step" in text)
    whole = len(rows) == len(data)
    batch = (
        f"all {len(rows):,} training images" if whole else f"a mini-batch of {len(rows):,} images"
    )
    assert f"at step {step:,}, on {batch}" in caption
    if len(scene.rows) > 1:
        cost = run.array("batch_costs")[last]
        assert any(text == f"{cost:,.3f}" for text in said) or cost > 100


# -- minima -----------------------------------------------------------------------------------


@pytest.mark.parametrize("animal", cases("no-hidden-layer", "nan-at-once", "given"))
def test_ends_of_trainings_are_their_costs(animal, zoo, play):
    if animal in GIVEN:
        with pytest.raises(NnvizError, match="another start needs an initializer"):
            play("local-minima", zoo(animal), n_seeds=2, epochs=1)
        return
    run = Run(zoo(animal).path)
    seen = play("local-minima", zoo(animal), n_seeds=2, epochs=3, seconds=0.4)
    ends = [training.parameters[-1] for training in seen.scene.minima.trainings]
    said = seen.texts[-1]
    for end in ends:
        for sample in ("train_sample", "test_sample"):
            cost = run.cost_at(end, sample)
            if np.isnan(end).any():
                assert "none" in said
            elif cost < 1e4:
                assert any(
                    abs(number(text) - cost) < 6e-3 * cost + 6e-4
                    for text in said
                    if re.fullmatch(r"[\d.,]+(e−?\d+)?", text)
                )
    # Nothing is said to be right by a network that predicts nothing.
    if all(np.isnan(end).any() for end in ends):
        assert not [text for text in said if re.fullmatch(r"[\d.]+ %", text)]
        assert "2 of 2 trainings have no finite cost at the end" in said
    # No line runs along the top of the chart: what is beyond leaves it.
    for frame in (seen.frames[1], seen.frames[-1]):
        top = seen.pixel(np.array([0, -0.15 + 2.6]))[0]
        strip = frame[top - 1 : top + 2, 150:460].astype(int)
        colored = (strip.max(axis=2) - strip.min(axis=2) > 60) | (strip.min(axis=2) > 200)
        assert colored.any(axis=0).mean() < 0.3


# -- functions, and the race ------------------------------------------------------------------


@pytest.mark.parametrize("animal", cases("no-hidden-layer"))
def test_cost_as_a_curve_is_drawn_where_it_is(animal, zoo, play):
    run = Run(zoo(animal).path)
    try:
        seen = play("descent-1d", zoo(animal), function="cost")
    except NnvizError as error:
        assert animal in GIVEN or "must" in str(error)  # noqa: PT017
        return
    scene = seen.scene
    low, high = scene.curve.function.domain[0]
    start = run.array("parameters")[-1]
    if not np.isfinite(start).all():
        return
    assert (
        scene.curve.function.value(np.zeros((1, 1)))[0]
        == pytest.approx(
            run.cost_at(run.array("parameters")[len(run.array("steps")) - 1]), rel=2e-3
        )
        or animal == "diverged-and-back"
    )
    heights = scene.curve.function.value(scene.curve.x[:, None])
    room = 0.06 * np.ptp(heights)
    bottom, top = heights.min() - room, heights.max() + room
    frame = seen.frames[1]
    for k in range(20, 380, 40):
        share = (scene.curve.x[k] - low) / (high - low), (heights[k] - bottom) / (top - bottom)
        place = np.array([-1.45 + 9.3 * (share[0] - 0.5), -0.35 + 5.6 * (share[1] - 0.5)])
        row, column = seen.pixel(place)
        window = frame[row - 2 : row + 3, column - 2 : column + 3]
        assert window.min(axis=2).max() > 150


@pytest.mark.parametrize("animal", cases("one-output"))
def test_race_runs_over_the_true_costs(animal, zoo, play):
    run = Run(zoo(animal).path)
    seen = play("descent-2d", zoo(animal), epochs=2, resolution=25, seconds=0.4)
    found = seen.scene.race_found
    said = seen.texts[-1]
    for result in found.results:
        if result.n_diverged:
            continue
        cost = float(result.trajectory.costs[-1])
        assert f"{cost:,.3f}" in said or cost > 100
        assert f"rate {result.learning_rate:g}, {result.trajectory.steps[-1]:,} steps" in said
    check_map(seen, run, found.landscape, seen.scene.race_map, -2, n=50)
