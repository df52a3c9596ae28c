"""Formulas of layers, functions and parameters, in the mathematics of Typst."""

from __future__ import annotations

from nnviz.analysis.functions.function import Function
from nnviz.analysis.gradients import Parameter
from nnviz.recording.recording import Recording

# Activation functions in the mathematics of Typst; the identity is not written.
_SYMBOLS = {
    "sigmoid": "sigma",
    "tanh": "tanh",
    "relu": '"ReLU"',
    "softmax": '"softmax"',
    "identity": "",
}


def layer_formula(recording: Recording, layer: int) -> str:
    """Return how a layer's activations follow from those of the layer before, as a formula.

    Parameters
    ----------
    recording
        The recorded training.
    layer
        Number of the layer, from 1.

    Examples
    --------
    >>> layer_formula(getfixture("tiny_recording"), 1)
    'a^((1)) = sigma (W^((1)) a^((0)) + b^((1)))'
    """
    network = recording.manifest["network"]
    last = layer == len(recording.sizes) - 1
    symbol = _SYMBOLS[network["output" if last else "activation"]]
    return f"a^(({layer})) = {symbol} (W^(({layer})) a^(({layer - 1})) + b^(({layer})))"


def function_formula(function: Function) -> str:
    """Return a function's symbol and, where it is known, its formula.

    Examples
    --------
    >>> function_formula(Function.of(lambda x, y: x + y, [(0, 1), (0, 1)], formula="x + y"))
    'f(x, y) = x + y'
    """
    symbol = "f(x)" if function.n_inputs == 1 else "f(x, y)"
    return f"{symbol} = {function.formula}" if function.formula else symbol


def parameter_formula(parameter: Parameter) -> str:
    """Return the symbol of a weight, with the neurons it leads to and from, or of a bias.

    Examples
    --------
    >>> parameter_formula(Parameter(785, layer=1, neuron=1, source=1))
    'w^((1))_(1 arrow.l 1)'
    >>> parameter_formula(Parameter(13001, layer=3, neuron=9, source=None))
    'b^((3))_9'
    """
    if parameter.source is None:
        return f"b^(({parameter.layer}))_{parameter.neuron}"
    return f"w^(({parameter.layer}))_({parameter.neuron} arrow.l {parameter.source})"
