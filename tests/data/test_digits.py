"""The synthetic digits: what the shipped file holds, and what is drawn anew."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.costs import SQUARED_ERROR
from nnviz.core.evaluation import evaluate
from nnviz.core.network import Network
from nnviz.core.settings import TrainingSettings
from nnviz.core.training import Training
from nnviz.data import digits
from nnviz.data.digits import DIGITS_FILE, generate_digits, load_digits
from nnviz.data.mnist import load_mnist, local_folder
from nnviz.data.strokes import STROKES
from nnviz.errors import SettingError


@pytest.fixture(scope="module")
def shipped():
    return load_digits()


def test_shipped_digits_are_all_there(shipped):
    assert (len(shipped.train), len(shipped.test)) == (10_000, 2_000)
    assert shipped.synthetic
    assert shipped.source == "digits"
    for images in (shipped.train, shipped.test):
        np.testing.assert_array_equal(np.bincount(images.labels), len(images) / 10)
    assert DIGITS_FILE.stat().st_size < 2.5e6


@pytest.mark.parametrize(("part", "seed"), [("train", 0), ("test", 1)])
def test_shipped_digits_are_those_of_this_code(shipped, part, seed):
    images = getattr(shipped, part)
    drawn = generate_digits(100, seed=seed)
    np.testing.assert_array_equal(drawn.labels, images.labels[:100])
    # Another processor's exp and sin may turn one rounding.
    difference = drawn.images.astype(int) - images.images[:100]
    assert np.abs(difference).max() <= 1


def test_no_digit_is_in_both_sets(shipped):
    seen = {image.tobytes() for image in shipped.train.images}
    assert len(seen) == 10_000
    assert not seen & {image.tobytes() for image in shipped.test.images}


def test_digit_depends_on_seed_and_index_alone():
    longer, shorter, other = (
        generate_digits(30, seed=4),
        generate_digits(20, seed=4),
        generate_digits(20, seed=5),
    )
    np.testing.assert_array_equal(longer.images[:20], shorter.images)
    assert (shorter.images != other.images).any(axis=(1, 2)).all()


def test_digits_stand_as_mnists_do(shipped):
    light = shipped.train.images / 255
    assert light.mean() == pytest.approx(0.1307, abs=0.02)
    assert light.std() == pytest.approx(0.3081, abs=0.02)
    mass = light.sum(axis=(1, 2))
    for axis in (1, 2):
        centres = (light.sum(axis=3 - axis) * (np.arange(28) + 0.5)).sum(axis=1) / mass
        assert np.abs(centres - 14).max() < 0.5
    # The longer side of each fills a box of 20 pixels, but for soft edges.
    lit = shipped.train.images > 127
    heights, widths = lit.any(axis=2).sum(axis=1), lit.any(axis=1).sum(axis=1)
    longer = np.maximum(heights, widths)
    assert longer.min() >= 18
    assert longer.max() <= 21


def test_strokes_of_a_digit_hang_together():
    for variants in STROKES.values():
        for strokes in variants:
            points = [point for stroke in strokes for point in stroke]
            assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in points)
            assert all(len(stroke) >= 3 for stroke in strokes)


@pytest.mark.parametrize(("n", "seed"), [(0, 0), (-1, 0), (5, -1)])
def test_numbers_out_of_range_are_refused(n, seed):
    with pytest.raises(SettingError, match=f"at least 1.*got {n}, {seed}"):
        generate_digits(n, seed=seed)


def test_shipped_file_is_made_anew_whole(shipped, tmp_path, monkeypatch):
    monkeypatch.setattr(digits, "DIGITS_FILE", tmp_path / "digits.npz")
    monkeypatch.setattr(digits, "_N_TRAIN", 20)
    monkeypatch.setattr(digits, "_N_TEST", 10)
    digits._ship()
    assert [path.name for path in tmp_path.iterdir()] == ["digits.npz"]
    made = load_digits()
    assert np.abs(made.train.images.astype(int) - shipped.train.images[:20]).max() <= 1


@pytest.mark.slow
@pytest.mark.skipif(local_folder() is None, reason="the MNIST files are not here")
def test_network_that_learned_digits_reads_mnist(shipped):
    accuracies = []
    for seed in range(3):
        network = Network.create((784, 16, 16, 10), seed=seed)
        Training(network, shipped.train.examples(10), None, TrainingSettings(seed=seed)).run()
        accuracies.append(evaluate(network, load_mnist().test.examples(10), SQUARED_ERROR).accuracy)
    assert np.mean(accuracies) >= 0.8, accuracies
