"""Planes, landscapes, races, minima, slices and scores are what plain NumPy finds."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.analysis.descent import measure_descent
from nnviz.analysis.functions.cost_slices import cost_slice
from nnviz.analysis.minima import find_minima
from nnviz.analysis.race import race_optimizers
from nnviz.analysis.scores import last_epoch_score, sample_score, score
from nnviz.analysis.trajectory import converging_rows
from nnviz.errors import NnvizError
from nnviz.verification.reference_network import predicted_classes
from nnviz.verification.reference_training import initial_parameters
from tests.faithfulness.reference import Run, cases, principal_directions
from tests.zoo import data_of

WITHOUT_PLANE = {"nan-at-once", "one-moment", "given"}
GIVEN = {"dead-layer", "to-infinity", "given", "given-and-trained"}


def close(found, expected, *, rtol=1e-4, atol=1e-6):
    """Compare costs, of which those beyond single precision are infinite in both."""
    np.testing.assert_array_equal(np.isfinite(found), np.isfinite(expected))
    finite = np.isfinite(expected)
    np.testing.assert_allclose(found[finite], expected[finite], rtol=rtol, atol=atol)


@pytest.mark.parametrize("animal", cases("classic", "tanh", "to-infinity", "nan-at-once"))
def test_path_is_projected_on_its_principal_plane(animal, zoo):
    recording, run = zoo(animal), Run(zoo(animal).path)
    if animal in WITHOUT_PLANE:
        with pytest.raises(NnvizError, match="a plane needs at least 3 recorded moments"):
            measure_descent(recording)
        return
    found = measure_descent(recording, n=9)
    n = converging_rows(recording)
    path = run.finite_path(n)
    mean, directions, shares = principal_directions(path)
    np.testing.assert_allclose(found.variance_explained, shares, atol=1e-9)
    extent = np.abs(path - mean).max()
    coordinates = (path - mean) @ directions.T
    # A direction's sign is a matter of taste: the first moment is left of the last.
    for axis in range(2):
        seen = found.trajectory.coordinates[:, axis]
        sign = np.sign(seen @ coordinates[:, axis])
        np.testing.assert_allclose(seen, sign * coordinates[:, axis], atol=2e-5 * extent)
        assert seen[-1] >= seen[0] - 2e-5 * extent
    far = np.linalg.norm(path - mean - coordinates @ directions, axis=1)
    np.testing.assert_allclose(found.trajectory.distances, far, atol=2e-5 * extent)
    assert found.n_diverged == recording.n_rows - n
    # Costs: of the path, of the surface under it, and at some points of the grid.
    close(found.trajectory.costs, np.array([run.cost_at(moment) for moment in path]))
    plane = found.landscape.plane
    under = [
        run.cost_at(plane.origin + at @ plane.directions) for at in found.trajectory.coordinates
    ]
    close(found.trajectory.surface_costs, np.array(under), rtol=2e-3, atol=1e-5)
    rng = np.random.default_rng(0)
    land = found.landscape
    for row, column in zip(rng.integers(0, len(land.y), 12), rng.integers(0, 9, 12), strict=True):
        at = plane.origin + land.x[column] * plane.directions[0] + land.y[row] * plane.directions[1]
        close(land.costs[row, column][None], np.array([run.cost_at(at)]), rtol=2e-3, atol=1e-5)


@pytest.mark.parametrize("animal", cases("tanh", "one-output"))
def test_race_is_run_by_plain_optimizers(animal, zoo):
    run = Run(zoo(animal).path)
    found = race_optimizers(zoo(animal), epochs=2, n=5)
    n = len(run.examples("train_sample")[0])
    for result in found.results:
        size = n if result.contender.optimizer == "gradient_descent" else 32
        moments = list(
            run.retrained(
                run.array("parameters")[0],
                optimizer=result.contender.optimizer,
                rate=result.learning_rate,
                batch_size=size,
                seed=0,
                n_steps=int(result.trajectory.steps[-1]),
            )
        )
        expected = [run.cost_at(moments[step]) for step in result.trajectory.steps]
        close(result.trajectory.costs, np.array(expected), rtol=1e-3)
        assert result.trajectory.steps[-1] == 2 * -(-n // size) or result.n_diverged


@pytest.mark.parametrize("animal", cases("no-hidden-layer", "nan-at-once", "given"))
def test_minima_are_trained_from_drawn_starts(animal, zoo):
    recording, run = zoo(animal), Run(zoo(animal).path)
    if animal in GIVEN:
        with pytest.raises(NnvizError, match=r"another start needs an initializer.* were given"):
            find_minima(recording, epochs=1)
        return
    found = find_minima(recording, seeds=(0, 3), epochs=2, n=7)
    settings, network = run.manifest["training"], run.manifest["network"]
    for seed, training in zip((0, 3), found.trainings, strict=True):
        start = initial_parameters(run.sizes, network["initializer"], seed)
        np.testing.assert_array_equal(training.parameters[0], start.astype(np.float32))
        expected = [run.cost_at(moment) for moment in training.parameters]
        close(training.costs, np.array(expected), rtol=1e-3)
        if settings["optimizer"] != "sgd" or settings["learning_rate"] > 10:
            continue
        # With the recorded settings, also its decay: the first step is a plain one.
        first = next(
            iter(
                list(
                    run.retrained(
                        start, optimizer="sgd", rate=settings["learning_rate"],
                        batch_size=settings["batch_size"], seed=seed, n_steps=1,
                    )
                )[1:]
            )
        )  # fmt: skip
        if training.steps[1] == 1:
            np.testing.assert_allclose(training.parameters[1], first, atol=1e-5)
    ends = [training.parameters[-1].astype(np.float64) for training in found.trainings]
    for k, (i, j) in enumerate(found.pairs):
        if not np.isfinite([ends[i], ends[j]]).all():
            assert np.isnan(found.lines[k]).all()
            continue
        on_line = [run.cost_at(ends[i] + at * (ends[j] - ends[i])) for at in found.shares]
        close(found.lines[k], np.array(on_line), rtol=2e-3, atol=1e-5)
        assert found.distances[k] == pytest.approx(np.linalg.norm(ends[j] - ends[i]), rel=1e-5)
    held = [run.cost_at(end, "test_sample") for end in ends]
    close(found.test_costs, np.array(held), rtol=1e-3)
    labels = run.array("test_sample_labels")
    for end, right in zip(ends, found.test_accuracies, strict=True):
        output = run.forward(end, run.examples("test_sample")[0])[1][-1]
        assert right == pytest.approx((predicted_classes(output) == labels).mean(), abs=0.011)


@pytest.mark.parametrize("animal", cases("no-hidden-layer", "one-output"))
def test_slice_is_the_cost_along_its_line(animal, zoo):
    recording, run = zoo(animal), Run(zoo(animal).path)
    try:
        found = cost_slice(recording)
    except NnvizError as error:
        assert animal in GIVEN or "finite" in str(error) or "overflow" in str(error)  # noqa: PT017
        return
    low, high = found.domain[0]
    start = run.array("parameters")[converging_rows(recording) - 1].astype(np.float64)
    # Its slope is that of its height, and at 0 the recorded end.
    x = np.linspace(0.9 * low, 0.9 * high, 7)[:, None]
    step = 1e-4 * (high - low)
    rise = (found.value(x + step) - found.value(x - step)) / (2 * step)
    np.testing.assert_allclose(found.gradient(x)[:, 0], rise, atol=1e-3 * np.abs(rise).max() + 1e-9)
    assert found.value(np.zeros((1, 1)))[0] == pytest.approx(run.cost_at(start), rel=1e-3)


# -- how sure a sample's figure is ------------------------------------------------------------


def test_sample_is_drawn_at_random(zoo):
    """No stride, no order: the share of even places is what chance gives."""
    run = Run(zoo("classic").path)
    for name, n_all in (("train", 2600), ("test", 2400)):
        rows = run.array(f"{name}_sample_indices")
        assert len(set(rows.tolist())) == len(rows) == 2000
        assert (np.diff(rows) > 0).all()
        assert 0 <= rows[0] < rows[-1] < n_all
        assert np.unique(np.diff(rows)).size > 3


def test_standard_error_is_how_far_samples_are_off(zoo):
    """Of many samples drawn anew, the figures scatter as the error of the recorded one says."""
    recording, run = zoo("classic"), Run(zoo("classic").path)
    row = next(r for r in range(recording.n_rows) if 0.3 < recording.test_accuracies[r] < 0.7)
    images, labels = data_of("classic").test.images, data_of("classic").test.labels
    vector = run.array("parameters")[row]
    x = images.reshape(len(images), -1) / 255.0
    a = run.forward(vector, x)[1][-1]
    costs = ((a - np.eye(10)[labels]) ** 2).sum(axis=1)
    right = a.argmax(axis=1) == labels
    rng = np.random.default_rng(5)
    drawn = [rng.choice(len(x), 2000, replace=False) for _ in range(3000)]
    for measure, values in (("costs", costs), ("accuracies", right)):
        found = sample_score(recording, "test", measure, row)
        assert (found.n, found.n_all) == (2000, 2400)
        scatter = np.std([values[rows].mean() for rows in drawn])
        assert found.error == pytest.approx(scatter, rel=0.08)
        assert abs(found.value - values.mean()) < 4 * found.error


@pytest.mark.parametrize("animal", cases("classic", "interrupted", "nan-at-once"))
def test_figure_of_all_examples_is_taken_where_it_was_measured(animal, zoo):
    recording, run = zoo(animal), Run(zoo(animal).path)
    data = data_of(animal).test
    for row, step in enumerate(recording.steps):
        found = score(recording, "test", "accuracies", row)
        if step in recording.epoch_steps:
            assert found.is_of_all
            assert found.error == 0
            x = data.images.reshape(len(data), -1) / 255.0
            output = run.forward(run.array("parameters")[row], x)[1][-1]
            expected = (predicted_classes(output) == data.labels).mean()
            if np.isnan(output).all():
                expected = np.nan  # nothing is predicted
            assert found.value == pytest.approx(expected, abs=2 / len(data), nan_ok=True)
        else:
            # Compared as text, in which NaN is NaN.
            assert repr(found) == repr(sample_score(recording, "test", "accuracies", row))
        last = last_epoch_score(recording, "test", "accuracies", row)
        assert np.isnan(last.value) or last.value in recording.epoch_curve("test", "accuracies")


def test_none_or_all_right_of_a_sample_is_not_certain(zoo):
    recording = zoo("classic")
    row = int(np.argmax(recording.test_accuracies))
    found = sample_score(recording, "test", "accuracies", row)
    assert found.error > 0


def test_samples_of_the_first_version_have_no_standard_error(zoo, tmp_path):
    import json
    import shutil

    from nnviz.recording.recording import Recording

    copy = shutil.copytree(zoo("classic").path, tmp_path / "run")
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["version"] = 1
    for name in ("train_cost_deviations", "test_cost_deviations"):
        del manifest["quantities"][name]
    del manifest["samples"]
    (copy / "manifest.json").write_text(json.dumps(manifest))
    old = Recording.open(copy)
    assert np.isnan(sample_score(old, "test", "accuracies", 1).error)
    assert np.isnan(sample_score(old, "test", "costs", 1).error)
