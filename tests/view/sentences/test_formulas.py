"""Formulas as they stand on screen."""

from __future__ import annotations

import pytest

from nnviz.analysis.functions.function import Function
from nnviz.analysis.functions.named import FUNCTIONS_1D, FUNCTIONS_2D
from nnviz.analysis.gradients import Parameter
from nnviz.view.sentences.formulas import function_formula, layer_formula, parameter_formula


@pytest.mark.parametrize(
    ("animal", "layer", "expected"),
    [
        ("tanh", 1, "a^((1)) = tanh (W^((1)) a^((0)) + b^((1)))"),
        ("tanh", 3, "a^((3)) = sigma (W^((3)) a^((2)) + b^((3)))"),
        ("adam", 1, 'a^((1)) = "ReLU" (W^((1)) a^((0)) + b^((1)))'),
        ("adam", 2, 'a^((2)) = "softmax" (W^((2)) a^((1)) + b^((2)))'),
        ("to-infinity", 2, "a^((2)) =  (W^((2)) a^((1)) + b^((2)))"),
    ],
)
def test_layers_have_their_own_activation_function(animal, layer, expected, zoo):
    assert layer_formula(zoo(animal), layer) == expected


def test_parameters_are_named_to_from():
    assert parameter_formula(Parameter(785, layer=1, neuron=1, source=1)) == "w^((1))_(1 arrow.l 1)"
    assert parameter_formula(Parameter(9, layer=3, neuron=9, source=None)) == "b^((3))_9"


def test_functions_have_their_formula_or_their_symbol():
    assert function_formula(FUNCTIONS_1D["bowl"]) == "f(x) = 1/2 x^2"
    assert function_formula(FUNCTIONS_2D["bowl"]).startswith("f(x, y) = ")
    assert function_formula(Function.of(lambda x: x, [(0, 1)])) == "f(x)"
