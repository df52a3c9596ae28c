"""The entries of a recorded gradient: which parameter each belongs to, and which stand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.errors import RecordingError, SettingError
from nnviz.recording.recording import Recording


@dataclass(frozen=True, slots=True)
class Parameter:
    """One weight or bias of a network, and its place there.

    Parameters
    ----------
    index
        Place in the vector of all parameters, from 0.
    layer
        Layer that it belongs to, from 1: the input is layer 0.
    neuron
        Neuron of that layer, from 0.
    source
        Neuron of the layer before that a weight comes from, from 0; ``None`` for a bias.
    """

    index: int
    layer: int
    neuron: int
    source: int | None

    @classmethod
    def at(cls, sizes: Sequence[int], index: int) -> Parameter:
        """Return the parameter at a place of the vector of all parameters.

        Parameters
        ----------
        sizes
            Number of neurons of each layer, input first.
        index
            Place in the vector, from 0.

        Raises
        ------
        SettingError
            If the network has no such parameter.

        Examples
        --------
        >>> Parameter.at((784, 16, 16, 10), 785)
        Parameter(index=785, layer=1, neuron=1, source=1)
        >>> Parameter.at((784, 16, 16, 10), 13001)
        Parameter(index=13001, layer=3, neuron=9, source=None)
        """
        left = index
        for layer, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
            if 0 <= left < n_in * n_out:
                return cls(index, layer, *divmod(left, n_in))
            left -= n_in * n_out
            if 0 <= left < n_out:
                return cls(index, layer, left, None)
            left -= n_out
        message = f"parameter must be one of the network {tuple(sizes)}; got index {index}."
        raise SettingError(message)


def outstanding(sizes: Sequence[int], gradient: FloatArray) -> list[Parameter]:
    """Choose entries of a gradient to look at: the largest, a typical one and the smallest.

    Parameters
    ----------
    sizes
        Number of neurons of each layer, input first.
    gradient
        Gradient of the cost by all parameters, shape ``(n_parameters,)``, all finite.

    Returns
    -------
    list of Parameter
        Parameters in the vector's order, none twice: by magnitude, the largest entry of each
        layer's weights (of the first layer and the last three, if there are more), the largest
        entry of the biases, the median of all entries that are not zero, and the smallest.
    """
    magnitudes = np.abs(gradient)
    chosen, biases, start = [], [], 0
    for n_in, n_out in pairwise(sizes):
        middle = start + n_in * n_out
        chosen.append(start + int(magnitudes[start:middle].argmax()))
        biases.append(middle + int(magnitudes[middle : middle + n_out].argmax()))
        start = middle + n_out
    chosen = [*chosen[:1], *chosen[1:][-3:], max(biases, key=magnitudes.__getitem__)]
    order = np.argsort(magnitudes, kind="stable")
    some = order[magnitudes[order] > 0]
    chosen += [int(some[len(some) // 2])] if len(some) else []
    chosen.append(int(order[0]))
    return [Parameter.at(sizes, index) for index in sorted(set(chosen))]


def gradient_rows(recording: Recording, step: int, n: int) -> range:
    """Return the recorded rows from a step on, up to the first that is not finite.

    Parameters
    ----------
    recording
        The recorded training.
    step
        Recorded training step of the first row; negative ones count from the end.
    n
        Most rows to return.

    Returns
    -------
    range
        Rows whose gradients and parameters are finite; at least one.

    Raises
    ------
    RecordingError
        If the step was not recorded, or its gradient or parameters are not finite, as the
        training had diverged.
    """
    first = recording.row(step)
    rows = range(first, min(first + n, recording.n_rows))
    for row in rows:
        values = (recording.gradients[row], recording.parameters[row])
        if not all(np.isfinite(each).all() for each in values):
            if row == first:
                message = (
                    f"the gradient at step {recording.steps[row]} must be finite; the training "
                    f"had diverged (in {recording.path}). Choose an earlier step."
                )
                raise RecordingError(message)
            return range(first, row)
    return rows
