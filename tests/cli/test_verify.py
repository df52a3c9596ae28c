"""``nnviz verify``, end to end."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from tests.zoo import data_of


@pytest.fixture
def own_data(tmp_path):
    """Return the file of the data that ``tanh`` of the zoo was trained on."""
    path = tmp_path / "small blobs.npz"
    data = data_of("tanh")
    np.savez(
        path, images=data.train.images, labels=data.train.labels, test_images=data.test.images,
        test_labels=data.test.labels,
    )  # fmt: skip
    return path


def test_recording_that_is_right_agrees(nnviz, zoo, own_data):
    result = nnviz("verify", zoo("tanh").path, "--data", own_data)
    assert result.exit_code == 0, result.output
    assert "64-10-8-10 on small blobs (synthetic), 37 recorded moments" in result.output
    assert result.output.strip().splitlines()[-1].endswith("numbers agree, to rounding.")
    found = json.loads(
        nnviz("verify", zoo("tanh").path, "--data", own_data, "--json").output,
        parse_constant=pytest.fail,
    )
    assert found["agrees"] is found["complete"] is True
    compared = {check["name"]: check["compared"] for check in found["checks"]}
    assert compared["gradients"] == zoo("tanh").parameters.size
    assert "compared" in result.output


def test_a_hundred_gradient_entries_overwritten_in_the_middle_are_found(
    nnviz, zoo, own_data, tmp_path
):
    copy = shutil.copytree(zoo("tanh").path, tmp_path / "run")
    gradients = np.load(copy / "gradients.npy", mmap_mode="r+")
    gradients[18, 300:400] = gradients[18, 301:401]
    gradients.flush()
    result = nnviz("verify", copy, "--data", own_data)
    assert result.exit_code == 1
    step = zoo("tanh").steps[18]
    (line,) = (text for text in result.output.splitlines() if text.startswith("gradients"))
    assert f"from step {step}" in line
    assert f"first at step {step}." in result.output.splitlines()[-1]
    assert result.output.splitlines()[-1].startswith("DIFFERS: ")
    found = nnviz("verify", copy, "--data", own_data, "--json")
    assert found.exit_code == 1
    assert json.loads(found.output)["agrees"] is False


def test_without_the_data_what_can_be_is_compared(nnviz, zoo):
    result = nnviz("verify", zoo("tanh").path)
    assert result.exit_code == 0
    assert "numbers that could be compared agree, to rounding." in result.output
    assert "the data it was trained on are not here" in result.output
    assert "Without the data: data must be one of" in result.output


def test_other_data_are_a_mistake(nnviz, zoo, tmp_path):
    other = tmp_path / "other.npz"
    np.savez(other, images=data_of("tanh").test.images, labels=data_of("tanh").test.labels)
    result = nnviz("verify", zoo("tanh").path, "--data", other)
    assert result.exit_code == 2
    assert "must be what" in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_what_is_no_recording_is_a_mistake(nnviz, tmp_path):
    result = nnviz("verify", tmp_path)
    assert result.exit_code == 2
    assert "must hold a manifest.json" in result.output
