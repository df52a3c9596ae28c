"""The scenes of descent: what stands where is what was recorded or computed."""

from __future__ import annotations

import re

import numpy as np
import pytest

from nnviz.analysis.descent import measure_descent
from nnviz.analysis.functions.cost_slices import cost_slice
from nnviz.analysis.functions.function import Function
from nnviz.analysis.functions.named import FUNCTIONS_1D, FUNCTIONS_2D
from nnviz.analysis.functions.optimizer_runs import run_optimizer
from nnviz.analysis.gradients import outstanding
from nnviz.analysis.minima import find_minima
from nnviz.analysis.race import race_optimizers
from nnviz.errors import RecordingError, SettingError, UnknownNameError
from nnviz.raster.viewpoint import Viewpoint
from nnviz.rendering.job import QUALITIES, Quality, render
from nnviz.rendering.scene_registry import scene_class
from nnviz.stage.scene import parse_scene_option
from nnviz.view.colors import rgb
from nnviz.view.themes import DARK, LIGHT

pytestmark = pytest.mark.render


def close(color, expected):
    return np.abs(color - rgb(expected)).max() < 0.2


# -- the surface in three dimensions --------------------------------------------------------


@pytest.fixture(scope="module")
def surface(tiny_recording, play):
    return play("descent-surface-3d", tiny_recording, resolution=21, seconds=1.0)


def test_ball_ends_on_the_last_moment_at_its_true_cost(tiny_recording, surface):
    scene, found = surface.scene, measure_descent(tiny_recording, n=21, aspect=5.1 / 7.2).trajectory
    path, end = scene.path, scene.path.ball.get_center()
    assert close(surface.at(end), DARK.accent)
    np.testing.assert_allclose(end, scene.surface.place(path.moments[-1:])[0], atol=1e-9)
    # Heights are costs to one scale: of moments, and of the surface under them.
    costs = (path.moments[:, 2] - 0.25) / scene.per_cost
    np.testing.assert_allclose(costs, found.costs, rtol=1e-6)
    under = (path.feet[:, 2] - 0.25) / scene.per_cost
    np.testing.assert_allclose(under, found.surface_costs, rtol=0.1, atol=0.03)
    # And the map under the moments is the plane.
    ground = path.moments[:, :2] / scene.per_unit + scene.middle
    np.testing.assert_allclose(ground, found.coordinates, atol=1e-9)


def test_threads_join_recorded_steps_and_the_surface(surface):
    scene, path = surface.scene, surface.scene.path
    starts, ends = path.threads.points[::4], path.threads.points[3::4]
    places, feet = (scene.surface.place(points) for points in (path.moments, path.feet))
    assert len(starts) > 5
    for start, end in zip(starts, ends, strict=True):
        row = np.linalg.norm(places - start, axis=1).argmin()
        np.testing.assert_allclose(start, places[row], atol=1e-9)
        np.testing.assert_allclose(end, feet[row], atol=1e-9)
        assert start[0] == pytest.approx(end[0])  # straight up: what differs is the height


def test_trail_leads_through_all_recorded_steps(surface):
    scene, path = surface.scene, surface.scene.path
    drawn = np.concatenate([path.trail.points, path.hidden.points])
    assert len(drawn) == 4 * (len(path.moments) - 1)
    for place in scene.surface.place(path.moments):
        assert np.linalg.norm(drawn - place, axis=1).min() < 1e-9


def test_surface_turns_and_shows_its_colours(surface):
    first, last = surface.frames[0].astype(int), surface.frames[-1].astype(int)
    assert (np.abs(first - last).max(axis=2) > 40).mean() > 0.05
    purple = (last[..., 2] > last[..., 1] + 15) & (last[..., 2] > 40)
    assert purple.mean() > 0.1


def test_camera_looks_from_where_the_path_is_seen(surface):
    scene, field = surface.scene, surface.scene.surface.field
    hidden = [  # on average, while the camera turns
        np.mean(
            [
                field.hides(scene.path.moments, Viewpoint(scene.first_azimuth + side + turn, 0.52))
                for turn in np.linspace(0, 0.8, 5)
            ]
        )
        for side in np.arange(4) * np.pi / 2
    ]
    assert hidden[0] < min(hidden) + 0.2
    assert scene.surface.place(scene.path.moments)[:, 1].max() < 2.7  # under the title


# -- one variable ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def curve(tiny_recording, play):
    return play("descent-1d", tiny_recording)


def chart_place(x, y, scene, center, size):
    """Return where a point stands on a chart of the function's whole domain."""
    low, high = scene.curve.heights.min(), scene.curve.heights.max()
    room = 0.06 * (high - low)
    share = np.array([x / 9.2, (y - low + room) / (high - low + 2 * room) - 0.5])
    return np.array(center) + share * size


def test_balls_end_in_the_valleys(curve):
    """In one of the animations a ball of another colour lies in each valley."""
    function = FUNCTIONS_1D["valleys"]
    colors = (DARK.series[1], DARK.series[2], DARK.series[3])
    for x, color in zip((-3.69, -0.75, 2.22), colors, strict=True):
        assert abs(function.gradient(np.array([x]))[0]) < 0.1
        foot = chart_place(
            x, function.value(np.array([x])), curve.scene, (-1.45, -0.35), (9.3, 5.6)
        )
        place = foot + np.array([0, 0.12])
        assert any(close(curve.at(place, frame), color) for frame in range(len(curve.frames)))


def test_three_rates_end_where_their_runs_do(curve):
    function, scene = FUNCTIONS_1D["valleys"], curve.scene
    assert scene.rate == 0.2
    for i, rate in enumerate((0.02, 0.2, 0.8)):
        run = run_optimizer(function, [scene.start_x], learning_rate=rate, n_steps=14)
        center = (4.55 * (i - 1) + 0.3, 0.2)
        place = chart_place(run.points[-1, 0], run.values[-1], scene, center, (3.65, 4.2))
        assert close(curve.at(place), DARK.accent), rate


def test_first_ball_starts_where_it_is_steepest_or_told(curve, tiny_recording):
    function, scene = FUNCTIONS_1D["valleys"], curve.scene
    slope = abs(function.gradient(np.array([scene.start_x]))[0])
    slopes = np.abs(function.gradient(np.linspace(-3.6, 3.6, 200)[:, None]))
    assert slope == pytest.approx(slopes.max(), rel=1e-3)
    told = scene_class("descent-1d")(recording=tiny_recording, start=0.25)
    assert told._find_start(function) == pytest.approx(-2.3)


@pytest.mark.slow
def test_cost_of_the_network_is_a_curve_too(tiny_recording, play):
    scene = play("descent-1d", tiny_recording, function="cost").scene
    expected = cost_slice(tiny_recording)
    assert scene.curve.function.domain == expected.domain
    np.testing.assert_array_equal(scene.curve.heights, expected.value(scene.curve.x[:, None]))


def test_ones_own_function_is_shown(tiny_recording, play):
    own = Function.of(lambda x: abs(x) + 1, [(-2, 2)], formula="abs(x) + 1")
    scene = play("descent-1d", tiny_recording, function=own).scene
    assert scene.curve.heights.min() == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("function", [lambda _: 2.0, lambda x: (x - 1) ** 2 if x > -1 else np.nan])
def test_function_without_valleys_or_values_is_shown(function, tiny_recording, play):
    seen = play("descent-1d", tiny_recording, function=Function.of(function, [(-2, 3)]))
    for frame in seen.frames:
        assert np.abs(frame[0] / 255 - rgb(DARK.background)).max() < 0.15
    is_level = seen.scene.curve.heights.std() == 0
    assert ("Which way is down? It is level here" in seen.said) == is_level
    if is_level:
        assert "The learning rate: each of these is good" in seen.said
    else:  # from every start on the right it finds the one valley, and nothing on the left
        assert any(text.startswith("Wherever it starts, it finds one") for text in seen.said)
        line = seen.scene.curve.x[np.isfinite(seen.scene.curve.heights)]
        assert line.min() > -1.02


def test_slope_that_ends_nowhere_has_no_valleys(tiny_recording, play):
    falling = Function.of(lambda x: np.exp(-x), [(0, 10)])
    seen = play("descent-1d", tiny_recording, function=falling)
    assert not any("valley" in text for text in seen.said)
    assert any("place" in text for text in seen.said)


def test_ball_that_comes_back_is_said_to_in_every_part(tiny_recording, play):
    bowl = Function.of(lambda x: x**2, [(-0.5, 3)])
    seen = play("descent-1d", tiny_recording, function=bowl, start=2.5 / 3.5, learning_rate=0.8)
    assert "it leaves, and comes back" in seen.said
    assert any(text.startswith("height 0.00 after") for text in seen.said)


def test_ball_that_leaves_the_picture_is_not_drawn_on_its_edge(tiny_recording, play):
    seen = play("descent-1d", tiny_recording, function="bowl", learning_rate=0.9)
    assert "it leaves" not in seen.said
    assert any("too large" in text for text in seen.said)
    assert any(text == "out of the picture at step 1" for text in seen.said)
    # Of the third chart only the mark at its border has the ball's colour after the end.
    scene = seen.scene
    assert scene.rate == 0.9
    last = seen.frames[-1].astype(int)
    is_yellow = (last[..., 0] - last[..., 2] > 80) & (last[..., 1] - last[..., 2] > 60)
    _, left = seen.pixel(np.array([4.85 - 3.65 / 2, 0]))
    _, right = seen.pixel(np.array([4.85 + 3.65 / 2, 0]))
    top, bottom = (seen.pixel(np.array([0, y]))[0] for y in (0.2 + 2.1, 0.2 - 2.1))
    outside = is_yellow.copy()
    outside[top:bottom, left:right] = False
    assert outside[top - 20 : bottom + 20, left - 20 : right + 20].sum() >= 5


def test_function_that_is_not_there_is_refused(tiny_recording, play):
    with pytest.raises(UnknownNameError, match="function of 1 variable must be one of bowl"):
        play("descent-1d", tiny_recording, function="narrow")
    with pytest.raises(SettingError, match="option function must be text or a Function; got 3"):
        play("descent-1d", tiny_recording, function=3)
    assert parse_scene_option(scene_class("descent-2d"), "function=saddle") == (
        "function",
        "saddle",
    )


@pytest.mark.parametrize(
    ("scene", "options", "message"),
    [
        ("descent-1d", {"start": 1.5}, "option start must lie in 0 to 1, or be -1; got 1.5"),
        ("descent-2d", {"start_y": -0.1}, "options start_x and start_y must lie in 0 to 1"),
        ("descent-2d", {"method": "bgfs"}, "Did you mean 'bfgs'"),
        ("local-minima", {"n_seeds": 6}, "option n_seeds must lie in 2 to 5"),
        ("descent-surface-3d", {"resolution": 1}, "must have 2 points or more"),
    ],
)
def test_options_that_cannot_be_are_refused(scene, options, message, tiny_recording, play):
    with pytest.raises(SettingError, match=message):
        play(scene, tiny_recording, **options)


# -- two variables, and the race ------------------------------------------------------------


@pytest.mark.slow
def test_race_ends_where_the_contenders_do(tiny_recording, play):
    seen = play("descent-2d", tiny_recording, epochs=3, resolution=21, seconds=1.0)
    found = race_optimizers(tiny_recording, epochs=3, n=21, aspect=0.72)
    land = found.landscape
    span = land.x[-1] - land.x[0]
    places = []
    for result in found.results:
        end = result.trajectory.coordinates[-1]
        share = (end - [land.x[0], land.y[0]]) / [span, land.y[-1] - land.y[0]] - 0.5
        places.append(np.array([-2.35, -0.1]) + share * [5.9 / 0.72 * 20 / 20, 5.9])
    # The last drawn lies on top where two end in one place.
    for i, place in enumerate(places):
        if min((np.linalg.norm(place - other) for other in places[i + 1 :]), default=1) > 0.3:
            width = 5.9 * span / (land.y[-1] - land.y[0])
            place[0] = -2.35 + (place[0] + 2.35) * width / (5.9 / 0.72)
            assert close(seen.at(place), DARK.series[i]), i


@pytest.mark.slow
@pytest.mark.parametrize("function", ["saddle", "narrow", "four-valleys"])
def test_every_function_is_descended(function, tiny_recording, play):
    seen = play("descent-2d", tiny_recording, function=function, epochs=1, resolution=5,
                seconds=0.2, learning_rate=0.02)  # fmt: skip
    subject = FUNCTIONS_2D[function]
    lows, highs = np.array(subject.domain).T
    run = run_optimizer(subject, lows + np.array([0.8, 0.85]) * (highs - lows), learning_rate=0.02,
               n_steps=14)  # fmt: skip
    read = [float(text) for text in seen.said if re.fullmatch(r"-?\d+\.\d\d", text)]
    inside = ((run.points >= lows) & (run.points <= highs)).all(axis=1)
    for height in run.values[: 3 if inside[:3].all() else 1]:
        assert any(abs(each - height) < 0.006 for each in read)
    assert run.values[-1] < run.values[0]


# -- the gradient ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def vector(tiny_recording, play):
    return play("gradient-vector", tiny_recording, n_steps=3).scene


def test_columns_are_recorded_numbers(tiny_recording, vector):
    gradient = np.asarray(tiny_recording.gradients[0])
    shown = vector.columns.rows
    assert [each.parameter for each in shown] == outstanding(tiny_recording.sizes, gradient)
    row = vector.rows[-1]
    assert row == 3
    for each in shown:
        recorded = float(tiny_recording.parameters[row, each.parameter.index])
        assert each.value.get_value() == pytest.approx(recorded)
        change = -float(tiny_recording.gradients[row, each.parameter.index])
        assert each.change.get_value() == pytest.approx(change)
        hue = DARK.positive if change > 0 else DARK.negative if change < 0 else DARK.muted
        assert each.change.get_color().to_hex().upper() == hue


def test_entries_are_tied_to_their_edges(tiny_recording, vector):
    gradient = np.asarray(tiny_recording.gradients[0])
    shown = [each.parameter for each in vector.columns.rows]
    order = sorted(shown, key=lambda p: -abs(gradient[p.index]))
    for parameter, edge in zip(order, vector.ties, strict=True):
        end = vector.layouts[parameter.layer].positions[parameter.neuron]
        if parameter.source is None:
            np.testing.assert_allclose(edge.get_center()[:2], end, atol=1e-9)
            continue
        start = vector.layouts[parameter.layer - 1].positions[parameter.source]
        np.testing.assert_allclose(edge.get_start()[:2], start)
        np.testing.assert_allclose(edge.get_end()[:2], end)


def test_edges_glow_by_the_negative_gradient(tiny_recording, vector):
    split = tiny_recording.network_at(3).split(-np.asarray(tiny_recording.gradients[3]))
    for glow, (weights, _) in zip(vector.glow, split, strict=True):
        changes = np.asarray(weights).ravel()
        blue = glow.colors[:, 2] > glow.colors[:, 0]
        np.testing.assert_array_equal(blue[changes != 0], (changes > 0)[changes != 0])
        assert glow.opacities.argmax() == np.abs(changes).argmax()


@pytest.mark.slow
def test_caption_of_a_step_stands_by_itself(tiny_recording, play):
    """Nothing of the first step's caption shines through the last one's."""
    moved = play("gradient-vector", tiny_recording, n_steps=3)
    last = int(tiny_recording.steps[3])
    still = play("gradient-vector", tiny_recording, step=last, n_steps=0)
    area = np.s_[450:478, 10:640]
    assert any(f"recorded at step {last}" in text for text in moved.texts[-1])
    np.testing.assert_allclose(moved.frames[-1][area].astype(int), still.frames[-1][area], atol=3)
    assert np.ptp(still.frames[-1][area]) > 100


def test_gradient_that_is_not_finite_is_refused(diverged, play):
    with pytest.raises(RecordingError, match="must be finite; the training had diverged"):
        play("gradient-vector", diverged, step=-1)


# -- minima ---------------------------------------------------------------------------------


def test_minima_say_what_was_measured(tiny_recording, play):
    seen = play("local-minima", tiny_recording, n_seeds=3, epochs=5, seconds=1.0)
    found = find_minima(tiny_recording, seeds=range(3), epochs=5)
    np.testing.assert_array_equal(seen.scene.minima.lines, found.lines)
    # The curves start and end on their dots: the first seed's on the left.
    top = 1.1 * found.lines.max()
    y = -0.15 + 5.2 * (found.lines[0, 0] / top - 0.5)
    colors = [seen.at(np.array([-2.65 - 3.5, y])), seen.at(np.array([-2.65 - 3.5, y + 0.05]))]
    assert any(close(color, c) for color in colors for c in DARK.series[:3])


# -- any recording --------------------------------------------------------------------------

SHORT = {
    "descent-path": {"resolution": 11, "seconds": 0.4},
    "descent-surface-3d": {"resolution": 11, "seconds": 0.4},
    "descent-2d": {"resolution": 11, "seconds": 0.4, "epochs": 2},
    "gradient-vector": {"n_steps": 2},
    "local-minima": {"n_seeds": 2, "epochs": 2, "seconds": 0.4},
    "descent-1d": {},
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["odd", "three_steps", "diverged"])
@pytest.mark.parametrize("scene", SHORT)
def test_scenes_of_any_recording(scene, kind, request, play):
    theme = LIGHT if kind == "odd" else DARK
    seen = play(scene, request.getfixturevalue(kind), theme=theme.name, **SHORT[scene])
    assert close(seen.frames[-1][1, 1] / 255, theme.background)
    for frame in seen.frames:
        # Nothing runs over the frame's border.
        for edge in (frame[0], frame[-1], frame[:, 0], frame[:, -1]):
            assert np.abs(edge / 255 - rgb(theme.background)).max() < 0.15
    if kind == "diverged" and hasattr(seen.scene, "descent"):
        assert seen.scene.descent.n_diverged > 0


@pytest.mark.slow
def test_function_of_ones_own_makes_a_film(tiny_recording, tmp_path, monkeypatch, frames):
    """Another process cannot be told of it: one draws it all."""
    monkeypatch.setitem(QUALITIES, "draft", Quality(160, 90, 5))
    own = Function.of(lambda x: abs(x) + 1, [(-2, 2)])
    path = render("descent-1d", tiny_recording, tmp_path / "a.mp4", quality="draft", workers=2,
                  function=own)  # fmt: skip
    assert len(frames(path)) > 50
