"""The sizes of a network's layers, and where each layer's parameters lie in one vector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.errors import SettingError

# A recorded step holds all parameters and their gradient: beyond this, 800 MB of float32 a step.
_MAX_PARAMETERS = 100_000_000


def count_parameters(sizes: Sequence[int]) -> int:
    """Return the number of weights and biases of a fully connected network.

    Parameters
    ----------
    sizes
        Number of neurons in each layer, input first.

    Examples
    --------
    >>> count_parameters([784, 16, 16, 10])
    13002
    """
    return sum(n_out * (n_in + 1) for n_in, n_out in pairwise(sizes))


def format_sizes(sizes: Sequence[int]) -> str:
    """Return layer sizes as they are written in messages.

    Examples
    --------
    >>> format_sizes([784, 16, 10])
    '784-16-10'
    """
    return "-".join(str(size) for size in sizes)


def split_parameters(
    sizes: Sequence[int], vector: FloatArray
) -> Iterator[tuple[FloatArray, FloatArray]]:
    """Yield views of each layer's weights and biases, layer 1 first.

    Parameters
    ----------
    sizes
        Number of neurons in each layer, input first.
    vector
        Parameters, or anything of their shape, ``(..., n_parameters)``: layer after layer, a
        layer's weights row by row and then its biases.

    Yields
    ------
    tuple
        Weights ``(..., n_L, n_{L-1})`` and biases ``(..., n_L)`` of one layer.
    """
    start, lead = 0, vector.shape[:-1]
    for n_in, n_out in pairwise(sizes):
        middle = start + n_out * n_in
        weights = vector[..., start:middle].reshape(*lead, n_out, n_in)
        yield weights, vector[..., middle : middle + n_out]
        start = middle + n_out


def check_sizes(sizes: Sequence[int]) -> tuple[int, ...]:
    """Return layer sizes as Python integers, once it is clear that they make a network.

    Raises
    ------
    SettingError
        If there are fewer than two, one is not a positive integer, or the network would have
        more than 100 million parameters.
    """
    whole = all(isinstance(size, int | np.integer) for size in sizes)
    checked = tuple(int(size) for size in sizes) if whole else ()
    if len(checked) < 2 or min(checked) < 1:
        message = (
            "layer sizes must be two or more positive integers, input first; "
            f"got {','.join(str(size) for size in sizes)}. A classic is 784,16,16,10."
        )
        raise SettingError(message)
    if count_parameters(checked) > _MAX_PARAMETERS:
        message = (
            f"a network must have at most {_MAX_PARAMETERS:,} weights and biases; "
            f"{format_sizes(checked)} has {count_parameters(checked):,}. Choose smaller layers."
        )
        raise SettingError(message)
    return checked
