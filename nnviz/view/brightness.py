"""How much light a neuron's activation is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording

# Activation functions that cannot go beyond 1.
_BOUNDED = ("sigmoid", "tanh", "softmax")


@dataclass(frozen=True, slots=True)
class Brightness:
    """The scale of a layer's light.

    Parameters
    ----------
    scale
        Activation of a full neuron, above 0.
    is_signed
        Whether there are activations below zero, which have a colour of their own.
    """

    scale: float
    is_signed: bool


def layer_brightness(recording: Recording, step: int = -1) -> list[Brightness]:
    """Return the scale of each layer's light at a step, input first; figures and scenes share it.

    A full neuron is at 1 where the activation function cannot go beyond. A ReLU or an identity
    has no such end: there it is at the largest finite magnitude that any probe example brings
    about in the layer at that step.

    Parameters
    ----------
    recording
        Of a training.
    step
        A recorded step, or a negative number that counts recorded moments from the end.
    """
    network = recording.manifest["network"]
    last = len(recording.sizes) - 1
    found = [Brightness(1.0, is_signed=False)]
    for layer in range(1, last + 1):
        name = network["output" if layer == last else "activation"]
        values = np.asarray(recording.activations(layer, step))
        found.append(_brightness(values[np.isfinite(values)], is_bounded=name in _BOUNDED))
    return found


def _brightness(finite: FloatArray, *, is_bounded: bool) -> Brightness:
    largest = 1.0 if is_bounded else float(np.abs(finite).max(initial=0.0))
    return Brightness(largest or 1.0, is_signed=bool((finite < 0).any()))
