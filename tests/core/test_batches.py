"""Mini-batches: each epoch is all examples, once, in a fresh order."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.core.batches import shuffled_batches
from nnviz.core.examples import Examples


def numbered(n: int) -> Examples:
    """Return examples that can be told apart by their input."""
    inputs = np.stack([np.arange(n) / n, np.ones(n)], axis=1)
    return Examples(inputs, np.arange(n) % 3, n_classes=3)


def epochs(examples: Examples, batch_size: int, *, seed: int, n: int = 1) -> list[list[np.ndarray]]:
    """Return the indices of each batch of some epochs, checking its arrays on the way."""
    per_epoch = -(-len(examples) // batch_size)
    batches = []
    for batch in islice(shuffled_batches(examples, batch_size, seed=seed), n * per_epoch):
        np.testing.assert_array_equal(batch.inputs, examples.inputs[batch.indices])
        np.testing.assert_array_equal(batch.targets, examples.targets[batch.indices])
        batches.append(batch.indices.copy())
    return [batches[i * per_epoch : (i + 1) * per_epoch] for i in range(n)]


@given(n=st.integers(1, 60), batch_size=st.integers(1, 70), seed=st.integers(0, 5))
@settings(deadline=None, max_examples=80)
def test_each_epoch_visits_every_example_once(n, batch_size, seed):
    for epoch in epochs(numbered(n), batch_size, seed=seed, n=3):
        assert sorted(np.concatenate(epoch).tolist()) == list(range(n))
        assert all(len(indices) == batch_size for indices in epoch[:-1])
        assert len(epoch[-1]) == n % batch_size or len(epoch[-1]) == min(batch_size, n)


# Examples are gathered 2048 at a time.
@pytest.mark.parametrize("batch_size", [1, 100, 1024, 2047, 2048, 2049, 3000, 4999])
def test_epochs_larger_than_a_block_are_whole(batch_size):
    for epoch in epochs(numbered(5000), batch_size, seed=0, n=2):
        assert sorted(np.concatenate(epoch).tolist()) == list(range(5000))
        assert len(epoch[-1]) == (5000 % batch_size or batch_size)


def test_one_seed_gives_one_order_and_each_epoch_another():
    first, second = epochs(numbered(50), 8, seed=0, n=2)
    again, _ = epochs(numbered(50), 8, seed=0, n=2)
    (other,) = epochs(numbered(50), 8, seed=1)
    np.testing.assert_array_equal(np.concatenate(first), np.concatenate(again))
    assert (np.concatenate(first) != np.concatenate(second)).any()
    assert (np.concatenate(first) != np.concatenate(other)).any()
    assert (np.concatenate(first) != np.arange(50)).any()


@pytest.mark.parametrize("batch_size", [7, 8, 1000])
def test_batch_of_all_examples_is_not_shuffled(batch_size):
    examples = numbered(7)
    for batch in islice(shuffled_batches(examples, batch_size, seed=0), 3):
        np.testing.assert_array_equal(batch.indices, np.arange(7))
        np.testing.assert_array_equal(batch.inputs, examples.inputs)
        np.testing.assert_array_equal(batch.targets, examples.targets)
