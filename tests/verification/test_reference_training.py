"""The second training agrees with the first: batches, optimizers, learning rates and starts."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.batches import shuffled_batches
from nnviz.core.examples import Examples
from nnviz.core.learning_rates import get_decay
from nnviz.core.network import Network
from nnviz.core.optimizers import OPTIMIZERS, create_optimizer
from nnviz.verification import reference_training as reference


@pytest.mark.parametrize(("n", "size"), [(50, 8), (50, 50), (50, 99), (5000, 32)])
def test_batches_are_those_of_the_training(n, size):
    examples = Examples(np.zeros((n, 1), np.float32), np.arange(n) % 2, 2)
    ours, theirs = reference.batches(n, size, 4), shuffled_batches(examples, size, seed=4)
    for _ in range(3 * -(-n // size)):
        np.testing.assert_array_equal(next(ours), next(theirs).indices)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimizers_take_the_same_steps(name):
    rng = np.random.default_rng(0)
    mine = theirs = rng.normal(size=9)
    theirs = theirs.copy()
    ours, core = reference.Optimizer(name), create_optimizer(name)
    for _ in range(6):
        slope = rng.normal(size=9)
        core.step(theirs, slope, 0.1)
        mine = mine + ours.step(slope, 0.1)
    np.testing.assert_allclose(mine, theirs, rtol=1e-12)


@pytest.mark.parametrize("decay", ["cosine", "constant"])
@pytest.mark.parametrize("progress", [0.0, 0.3, 1.0])
def test_learning_rates_are_the_same(decay, progress):
    found = reference.learning_rate(0.7, decay, progress)
    assert found == pytest.approx(0.7 * get_decay(decay)(progress), rel=1e-14)


@pytest.mark.parametrize("initializer", ["normal", "scaled", "he"])
def test_starts_are_the_same(initializer):
    network = Network.create((9, 5, 3), seed=8, initializer=initializer)
    drawn = reference.initial_parameters((9, 5, 3), initializer, 8)
    np.testing.assert_array_equal(drawn.astype(np.float32), network.parameters)
