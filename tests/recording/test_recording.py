"""Recordings as they are read, whole and damaged."""

from __future__ import annotations

import inspect
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnviz.errors import NnvizError, RecordingError, SettingError
from nnviz.recording.recording import Recording
from nnviz.recording.run import train

Change = Any


@pytest.fixture(scope="module")
def pristine(small_data, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("runs") / "pristine"
    return train(small_data, path, layers=(64, 5, 10), epochs=2, record="every:3").path


@pytest.fixture
def copy(pristine, tmp_path) -> Path:
    """A recording that a test may damage."""
    return Path(shutil.copytree(pristine, tmp_path / "run"))


def edit_manifest(folder: Path, *keys: str, value: Any) -> None:
    file = folder / "manifest.json"
    manifest = inner = json.loads(file.read_text())
    for key in keys[:-1]:
        inner = inner[key]
    inner[keys[-1]] = value
    file.write_text(json.dumps(manifest))


# -- reading --------------------------------------------------------------------------------


def test_recording_gives_what_was_trained(pristine, small_data):
    run = Recording.open(pristine)
    assert run.sizes == (64, 5, 10)
    assert run.cost.name == "squared_error"
    assert run.image_shape == (8, 8)
    assert run.n_classes == 10
    assert run.data_name == "small blobs"
    assert run.is_synthetic
    assert run.is_complete
    assert run.n_steps == 4
    assert run.steps.tolist() == [0, 3, 4]
    assert run.n_rows == 3
    assert run.epoch_steps.tolist() == [0, 2, 4]
    assert repr(run) == "<Recording pristine: 64-5-10 on small blobs, 3 moments>"
    np.testing.assert_array_equal(run.train_sample.images, small_data.train.images)


def test_steps_are_found_by_number_and_from_the_end(pristine):
    run = Recording.open(str(pristine))
    assert [run.row(step) for step in (0, 3, 4, -1, -3)] == [0, 1, 2, 2, 0]
    with pytest.raises(RecordingError, match=r"step must be one .* got 2 .*The nearest is 3"):
        run.row(2)
    with pytest.raises(RecordingError, match="step must be at least -3 from the end; got -4"):
        run.weights(1, -4)


def test_layers_are_numbered_from_one(pristine):
    run = Recording.open(pristine)
    for layer in (1, 2):
        network = run.network_at(3)
        np.testing.assert_array_equal(run.weights(layer, 3), network.weights(layer))
        np.testing.assert_array_equal(run.biases(layer, 3), network.biases(layer))
        np.testing.assert_array_equal(run.weight_history(layer)[1], network.weights(layer))
    for method in (run.weights, run.biases, run.weight_history, run.pre_activations):
        for layer in (0, 3):
            with pytest.raises(SettingError, match=f"layer must lie in 1 to 2.*got {layer}"):
                method(layer)
    with pytest.raises(SettingError, match="layer must lie in 1 to 2; got -1"):
        run.activations(-1)


def test_activations_of_layer_zero_are_the_inputs(pristine):
    run = Recording.open(pristine)
    images = run.probes.images.reshape(len(run.probes), -1) / 255
    np.testing.assert_allclose(run.activations(0), images, rtol=1e-6)


def test_arrays_cannot_be_written_to(pristine):
    run = Recording.open(pristine)
    for array in (run.parameters, run.steps, run.activations(1), run.weights(1), run.probes.images):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_rebuilt_network_is_a_copy(pristine):
    run = Recording.open(pristine)
    network = run.network_at(0)
    network.parameters[:] = 0
    assert run.parameters[0].any()
    assert network.describe() == {
        "sizes": [64, 5, 10],
        "activation": "sigmoid",
        "output": "sigmoid",
    }


def test_recording_can_be_moved(copy):
    moved = copy.rename(copy.with_name("elsewhere"))
    assert Recording.open(moved).n_rows == 3


# -- in notebooks ---------------------------------------------------------------------------


def test_table_tells_what_was_trained_and_how_far(pristine):
    run = Recording.open(pristine)
    table = run._repr_html_()
    accuracy = f"{100 * run.test_accuracies[-1]:.4g} % of 20 images"
    cost = f"{run.test_costs[-1]:.4g}"
    for fact in ("64-5-10", "sigmoid, output sigmoid", "squared_error", "small blobs (synthetic)"):
        assert f"<td>{fact}</td>" in table
    for fact in ("3, up to step 4 of 4", accuracy, cost, "complete"):
        assert f"<td>{fact}</td>" in table


def test_table_of_collected_images_does_not_call_them_synthetic(copy):
    edit_manifest(copy, "data", "synthetic", value=False)
    assert "synthetic" not in Recording.open(copy)._repr_html_()


def test_table_escapes_names(copy):
    edit_manifest(copy, "data", "name", value="<script>alert(1)</script>")
    folder = copy.rename(copy.with_name("<b>run"))
    table = Recording.open(folder)._repr_html_()
    assert "<script>" not in table
    assert "<b>" not in table
    assert "&lt;script&gt;alert(1)&lt;/script&gt; (synthetic)" in table


@pytest.mark.parametrize(("cost", "text"), [(np.nan, "none"), (np.inf, "∞")])
def test_table_of_a_diverged_training(copy, cost, text):
    costs = np.load(copy / "test_costs.npy")
    costs[-1] = cost
    np.save(copy / "test_costs.npy", costs)
    assert f"last held-out cost</th><td>{text}</td>" in Recording.open(copy)._repr_html_()


def test_table_of_a_training_that_was_stopped(copy):
    edit_manifest(copy, "status", value="interrupted")
    assert "<td>stopped</td>" in Recording.open(copy)._repr_html_()


def test_table_of_a_training_killed_before_its_first_row(copy):
    unfinished(copy)
    os.truncate(copy / "gradients.npy", 128)
    table = Recording.open(copy)._repr_html_()
    for fact in ("steps recorded", "last held-out accuracy", "last held-out cost"):
        assert f"{fact}</th><td>none</td>" in table
    assert "<td>stopped, or still running</td>" in table


# -- killed ---------------------------------------------------------------------------------


def unfinished(folder: Path) -> None:
    """Make a finished recording one of a training that was killed."""
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["rows"]
    (folder / "manifest.json").write_text(json.dumps(manifest | {"status": "running"}))


def shorten(path: Path, by: int) -> None:
    os.truncate(path, path.stat().st_size - by)


def test_row_that_not_every_file_has_does_not_count(copy):
    unfinished(copy)
    shorten(copy / "activations_2.npy", 4)
    shorten(copy / "epoch_test_costs.npy", 8)
    run = Recording.open(copy)
    assert not run.is_complete
    assert run.steps.tolist() == [0, 3]
    assert run.parameters.shape == (2, 64 * 5 + 5 + 5 * 10 + 10)
    assert run.epoch_steps.tolist() == [0, 2]


def test_recording_killed_before_its_first_row_opens_empty(copy):
    unfinished(copy)
    os.truncate(copy / "gradients.npy", 128)
    run = Recording.open(copy)
    assert run.n_rows == 0
    assert run.parameters.shape == (0, 385)
    with pytest.raises(RecordingError, match="must hold a step; it was killed before the first"):
        run.network_at()


# -- damaged --------------------------------------------------------------------------------


def test_missing_folder_is_named(tmp_path):
    with pytest.raises(RecordingError, match=r"nowhere must be a folder; there is none.*nnviz tr"):
        Recording.open(tmp_path / "nowhere")


def test_folder_without_manifest_is_named(tmp_path):
    with pytest.raises(RecordingError, match=r"must hold a manifest\.json; there is none"):
        Recording.open(tmp_path)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"format": "nnviz recording",'])
def test_damaged_manifest_is_named(copy, content):
    (copy / "manifest.json").write_bytes(content)
    with pytest.raises(RecordingError, match=r"manifest\.json must be JSON; it cannot be read"):
        Recording.open(copy)


@pytest.mark.parametrize("content", ["[]", "3", "{}", '{"format": "other"}'])
def test_manifest_of_something_else_is_named(copy, content):
    (copy / "manifest.json").write_text(content)
    with pytest.raises(RecordingError, match=r"manifest\.json must be of an nnviz recording"):
        Recording.open(copy)


@pytest.mark.parametrize("version", [0, 3, "1", None])
def test_other_version_is_named(copy, version):
    edit_manifest(copy, "version", value=version)
    edit_manifest(copy, "nnviz", value="9.9")
    message = rf"must be a recording of version 1 to 2; got {version!r}, written by nnviz 9\.9"
    with pytest.raises(RecordingError, match=message):
        Recording.open(copy)


def test_recording_of_the_first_version_is_read(copy):
    """It has no deviations of costs, and samples of which no standard error is known."""
    edit_manifest(copy, "version", value=1)
    manifest = json.loads((copy / "manifest.json").read_text())
    del manifest["samples"]
    for name in ("train_cost_deviations", "test_cost_deviations"):
        del manifest["quantities"][name]
        (copy / f"{name}.npy").unlink()
    (copy / "manifest.json").write_text(json.dumps(manifest))
    old = Recording.open(copy)
    assert not old.has_random_samples
    assert old.cost_deviations("test") is None
    assert old.test_costs.size == old.n_rows


ARRAYS = ["steps", "parameters", "batch_indices", "epoch_steps", "activations_2"]
EXAMPLES = ["probe_images", "probe_labels", "train_sample_images", "test_sample_labels"]


@pytest.mark.parametrize("name", ARRAYS + EXAMPLES)
def test_missing_file_is_named(copy, name):
    (copy / f"{name}.npy").unlink()
    with pytest.raises(RecordingError, match=rf"{name}\.npy is missing"):
        Recording.open(copy)


@pytest.mark.parametrize("name", ARRAYS)
def test_truncated_file_is_named(copy, name):
    shorten(copy / f"{name}.npy", 3)
    with pytest.raises(RecordingError, match=rf"{name}\.npy must hold 3 rows; got 2.*cut short"):
        Recording.open(copy)


@pytest.mark.parametrize("name", ARRAYS + EXAMPLES)
@pytest.mark.parametrize("n_bytes", [5, 100])
def test_file_cut_in_its_header_is_named(copy, name, n_bytes):
    os.truncate(copy / f"{name}.npy", n_bytes)
    with pytest.raises(RecordingError, match=rf"{name}\.npy "):
        Recording.open(copy)


@pytest.mark.parametrize("name", ARRAYS)
def test_empty_file_is_named(copy, name):
    os.truncate(copy / f"{name}.npy", 0)
    with pytest.raises(RecordingError, match=rf"{name}\.npy must be a NumPy \.npy file"):
        Recording.open(copy)


@pytest.mark.parametrize("name", EXAMPLES)
def test_empty_examples_are_named(copy, name):
    os.truncate(copy / f"{name}.npy", 0)
    with pytest.raises(RecordingError, match=rf"{name}\.npy is missing or damaged"):
        Recording.open(copy)


@pytest.mark.parametrize("name", EXAMPLES)
def test_truncated_examples_are_named(copy, name):
    shorten(copy / f"{name}.npy", 3)
    with pytest.raises(RecordingError, match=rf"{name}\.npy is missing or damaged"):
        Recording.open(copy)


@pytest.mark.parametrize("name", ARRAYS + EXAMPLES)
def test_garbage_is_named(copy, name):
    (copy / f"{name}.npy").write_bytes(b"garbage " * 100)
    with pytest.raises(RecordingError, match=rf"{name}\.npy .*(damaged|cannot be read)"):
        Recording.open(copy)


@pytest.mark.parametrize("name", ARRAYS)
def test_wrong_type_is_named(copy, name):
    file = copy / f"{name}.npy"
    np.save(file, np.load(file).astype(np.float16))
    with pytest.raises(RecordingError, match=rf"{name}\.npy must hold .*got .*float16"):
        Recording.open(copy)


@pytest.mark.parametrize("name", ["parameters", "batch_indices", "activations_2"])
def test_wrong_shape_is_named(copy, name):
    file = copy / f"{name}.npy"
    np.save(file, np.load(file)[:, :-1])
    with pytest.raises(RecordingError, match=rf"{name}\.npy must hold rows of shape"):
        Recording.open(copy)


@pytest.mark.parametrize("name", ["probe", "train_sample", "test_sample"])
def test_examples_that_cannot_be_are_named(copy, name):
    np.save(copy / f"{name}_labels.npy", np.array([1, 2]))
    with pytest.raises(RecordingError, match=rf"the {name} examples of .*run are damaged: images"):
        Recording.open(copy)


@pytest.mark.parametrize("name", ["probe", "train_sample", "test_sample"])
@pytest.mark.parametrize("change", [lambda rows: rows + 10**6, lambda rows: rows / 2,
                                    lambda rows: rows[1:], lambda rows: rows - 10**6])  # fmt: skip
def test_places_that_no_examples_have_are_named(copy, name, change):
    file = copy / f"{name}_indices.npy"
    np.save(file, change(np.load(file)))
    with pytest.raises(RecordingError, match=rf"{name}_indices\.npy must hold \d+ numbers of"):
        Recording.open(copy)


class _Trap:
    """Makes a folder when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize("name", ARRAYS + EXAMPLES)
def test_pickled_objects_are_never_loaded(copy, tmp_path, name):
    sprung = tmp_path / "sprung"
    np.save(copy / f"{name}.npy", np.array([_Trap(sprung)] * 3, object), allow_pickle=True)
    with pytest.raises(RecordingError, match=rf"{name}\.npy "):
        Recording.open(copy)
    assert not sprung.exists()


@pytest.mark.parametrize("key", ["nnviz", "status", "network", "data", "training", "quantities"])
def test_incomplete_manifest_is_named(copy, key):
    manifest = json.loads((copy / "manifest.json").read_text())
    del manifest[key]
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(RecordingError, match=rf"manifest\.json must hold {key}\."):
        Recording.open(copy)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("network",), []),
        (("network", "sizes"), [64]),
        (("network", "sizes"), "64,5,10"),
        (("network", "activation"), "relo"),
        (("network", "dtype"), "float31"),
        (("quantities",), {"steps": {}}),
        (("quantities", "steps", "dtype"), "int"),
        (("quantities", "parameters", "row_shape"), None),
    ],
)
def test_manifest_of_nonsense_is_refused(copy, keys, value):
    edit_manifest(copy, *keys, value=value)
    if value == "int":  # an int64 by another name
        assert Recording.open(copy).n_rows == 3
        return
    with pytest.raises(RecordingError, match=r"the manifest of .*run is damaged"):
        Recording.open(copy)


def leaves(inner: Any, *path: str) -> Iterator[tuple[str, ...]]:
    """Yield where every value of nested objects lies."""
    if path:
        yield path
    if isinstance(inner, dict):
        for key, value in inner.items():
            yield from leaves(value, *path, key)


def read_everything(run: Recording) -> None:
    """Ask a recording for all it has."""
    for name, _ in inspect.getmembers(Recording, lambda value: isinstance(value, property)):
        getattr(run, name)
    for examples in ("train", "test"):
        for measure in ("costs", "accuracies"):
            run.epoch_curve(examples, measure)
    run.batch_indices(-1)
    run.network_at(-1)
    for layer in range(1, len(run.sizes)):
        run.activations(layer), run.pre_activations(layer)
    repr(run)
    run._repr_html_()


def test_everything_can_be_read(pristine):
    recording = Recording.open(pristine)
    read_everything(recording)
    for name, size in (("train", 60), ("test", 20), ("probe", len(recording.probes))):
        examples = recording.examples(name)
        assert examples.inputs.shape == (size, recording.sizes[0])
        assert examples.targets.shape == (size, recording.sizes[-1])


def test_manifest_with_any_value_changed_is_refused_or_works(copy):
    manifest = json.loads((copy / "manifest.json").read_text())
    escaped = []
    for keys in leaves(manifest):
        for value in (None, [], {}, "x", -1, 0):
            shutil.copy(copy / "manifest.json", copy / "kept.json")
            edit_manifest(copy, *keys, value=value)
            try:
                read_everything(Recording.open(copy))
            except NnvizError:
                pass
            except Exception as error:
                escaped.append((".".join(keys), value, repr(error)))
            shutil.copy(copy / "kept.json", copy / "manifest.json")
    assert escaped == []


# -- what no training writes ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("steps", lambda a: a.__setitem__(1, 0), "ascending steps"),
        ("steps", lambda a: a.__setitem__(0, -1), "ascending steps"),
        ("epoch_steps", lambda a: a.__setitem__(-1, 10**9), "ascending steps"),
        ("test_accuracies", lambda a: a.__setitem__(0, np.nan), "shares of 0 to 1"),
        ("epoch_train_accuracies", lambda a: a.__setitem__(0, 1.5), "shares of 0 to 1"),
        ("learning_rates", lambda a: a.__setitem__(0, np.inf), "finite rates"),
        ("probe_labels", lambda a: a.__setitem__(0, 200), "classes below 10"),
    ],
)
def test_values_that_cannot_be_are_refused_by_name(copy, name, change, said):
    array = np.load(copy / f"{name}.npy", mmap_mode="r+")
    change(array)
    array.flush()
    with pytest.raises(RecordingError, match=rf"{name}\.npy must hold .*{said}"):
        Recording.open(copy)


def test_batch_of_examples_that_are_not_there_is_refused(copy):
    array = np.load(copy / "batch_indices.npy", mmap_mode="r+")
    array[0, 0] = 10**6
    array.flush()
    recording = Recording.open(copy)
    with pytest.raises(RecordingError, match=r"batch_indices\.npy must hold examples below"):
        recording.batch_indices(0)
    assert recording.batch_indices(int(recording.steps[1])).size


@pytest.mark.parametrize("name", ["../../secret", "/etc/passwd", "mine"])
def test_quantities_of_other_names_are_refused(copy, name):
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["quantities"][name] = manifest["quantities"]["steps"]
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(RecordingError, match="there is no quantity"):
        Recording.open(copy)


def test_quantity_of_another_type_is_refused(copy):
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["quantities"]["steps"]["dtype"] = "i4,f4"
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(RecordingError, match="steps must be of"):
        Recording.open(copy)


def test_probes_of_another_size_are_refused(copy):
    images = np.load(copy / "probe_images.npy")
    np.save(copy / "probe_images.npy", images[:, :-1])
    with pytest.raises(RecordingError, match=r"probe_images\.npy must hold images of"):
        Recording.open(copy)


def test_recording_without_what_later_versions_say_opens(copy):
    manifest = json.loads((copy / "manifest.json").read_text())
    for name in ("writing", "checksums", "created"):
        manifest.pop(name, None)
    (copy / "manifest.json").write_text(json.dumps(manifest))
    assert Recording.open(copy).n_rows
