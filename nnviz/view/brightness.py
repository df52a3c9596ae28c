"""How brightly a neuron shines by its activation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording

# Activation functions whose values never go beyond 1 in magnitude.
_BOUNDED = ("sigmoid", "tanh", "softmax")


@dataclass(frozen=True, slots=True)
class Brightness:
    """The scale by which a layer's activations become light.

    Parameters
    ----------
    scale
        Magnitude of the activation at which a neuron is at full light, above 0.
    is_signed
        Whether any activation is below zero; such neurons have a colour of their own.
    """

    scale: float
    is_signed: bool


def layer_brightness(recording: Recording, step: int = -1) -> list[Brightness]:
    """Return the scale of each layer's light at a recorded step, which figures and scenes share.

    A neuron is at full light at 1 where the activation function cannot go beyond. A ReLU or an
    identity has no such end: there it is the largest finite magnitude that any probe example
    brings about in the layer at that step.

    Parameters
    ----------
    recording
        The recorded training to draw.
    step
        A recorded step, or a negative number that counts recorded moments from the end.

    Returns
    -------
    list of Brightness
        One for each layer, the input first.

    Raises
    ------
    RecordingError
        If the step was not recorded.
    """
    network = recording.manifest["network"]
    last = len(recording.sizes) - 1
    scales = [Brightness(1.0, is_signed=False)]
    for layer in range(1, last + 1):
        name = network["output" if layer == last else "activation"]
        values = np.asarray(recording.activations(layer, step))
        scales.append(_brightness(values[np.isfinite(values)], is_bounded=name in _BOUNDED))
    return scales


def _brightness(finite: FloatArray, *, is_bounded: bool) -> Brightness:
    largest = 1.0 if is_bounded else float(np.abs(finite).max(initial=0.0))
    return Brightness(largest or 1.0, is_signed=bool((finite < 0).any()))
