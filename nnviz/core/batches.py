"""Training examples in shuffled mini-batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from nnviz.core.arrays import FloatArray, IntArray
from nnviz.core.examples import Examples

# Examples are gathered in shuffled order a block at a time: a block stays in the
# processor's cache until its batches have used it, and the whole set is never copied.
_BLOCK_EXAMPLES = 2048


class Batch(NamedTuple):
    """The training examples of one step.

    Parameters
    ----------
    indices
        Indices of the examples in the training set, ``(n,)``.
    inputs
        Inputs, ``(n, n_0)``.
    targets
        Targets, ``(n, n_L)``.
    """

    indices: IntArray
    inputs: FloatArray
    targets: FloatArray


def shuffled_batches(examples: Examples, batch_size: int, *, seed: int) -> Iterator[Batch]:
    """Yield mini-batches without end, in a fresh order each epoch.

    Parameters
    ----------
    examples
        The training set.
    batch_size
        Number of examples in a batch, at least 1; an epoch's last batch holds what is left. A
        batch of all examples is not shuffled.
    seed
        Seed of the order; the same seed gives the same batches.

    Yields
    ------
    Batch
        The next batch; its inputs and targets are overwritten by later ones.
    """
    n = len(examples)
    if batch_size >= n:
        everything = Batch(np.arange(n), examples.inputs, examples.targets)
        while True:
            yield everything

    rng = np.random.default_rng(seed)
    block_size = max(_BLOCK_EXAMPLES // batch_size, 1) * batch_size
    inputs = np.empty((block_size, examples.inputs.shape[1]), examples.inputs.dtype)
    targets = np.empty((block_size, examples.n_outputs), examples.targets.dtype)
    while True:
        order = rng.permutation(n)
        for block_start in range(0, n, block_size):
            block = order[block_start : block_start + block_size]
            # mode="clip" lets take write straight into out; the indices are all valid.
            np.take(examples.inputs, block, axis=0, out=inputs[: len(block)], mode="clip")
            np.take(examples.targets, block, axis=0, out=targets[: len(block)], mode="clip")
            for start in range(0, len(block), batch_size):
                rows = slice(start, min(start + batch_size, len(block)))
                yield Batch(block[rows], inputs[rows], targets[rows])
