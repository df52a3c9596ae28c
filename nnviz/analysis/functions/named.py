"""Functions that gradient descent is taught with, by name."""

from __future__ import annotations

import numpy as np

from nnviz.analysis.functions.function import Function
from nnviz.core.arrays import FloatArray
from nnviz.errors import SettingError
from nnviz.names import find_named


def _bowl(points: FloatArray) -> FloatArray:
    return (points[..., 0] ** 2) / 2


def _waves(points: FloatArray) -> FloatArray:
    x = points[..., 0]
    return 0.1 * x**2 + 0.8 * np.sin(2 * x) + 2


def _waves_gradient(points: FloatArray) -> FloatArray:
    return 0.2 * points + 1.6 * np.cos(2 * points)


def _ellipse(points: FloatArray) -> FloatArray:
    return (3 * points[..., 0] ** 2 + points[..., 1] ** 2) / 2


def _saddle(points: FloatArray) -> FloatArray:
    x, y = points[..., 0], points[..., 1]
    return x**2 / 2 - y**2 / 2 + y**4 / 8 + 1


def _saddle_gradient(points: FloatArray) -> FloatArray:
    x, y = points[..., 0], points[..., 1]
    return np.stack([x, -y + y**3 / 2], axis=-1)


def _narrow(points: FloatArray) -> FloatArray:
    x, y = points[..., 0], points[..., 1]
    return (1 - x) ** 2 + 10 * (y - x**2) ** 2


def _narrow_gradient(points: FloatArray) -> FloatArray:
    x, y = points[..., 0], points[..., 1]
    bend = 20 * (y - x**2)
    return np.stack([-2 * (1 - x) - 2 * x * bend, bend], axis=-1)


def _four(points: FloatArray) -> FloatArray:
    x, y = points[..., 0], points[..., 1]
    return ((x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2) / 50


def _four_gradient(points: FloatArray) -> FloatArray:
    x, y = points[..., 0], points[..., 1]
    p, q = x**2 + y - 11, x + y**2 - 7
    return np.stack([4 * x * p + 2 * q, 2 * p + 4 * y * q], axis=-1) / 50


#: Functions of one variable, by name.
FUNCTIONS_1D = {
    "valleys": Function("0.1 x^2 + 0.8 sin(2 x) + 2", ((-4.6, 4.6),), _waves, _waves_gradient),
    "bowl": Function("1/2 x^2", ((-3.0, 3.0),), _bowl, lambda points: points + 0.0),
}
#: Functions of two variables, by name. *Narrow* is Rosenbrock's (1960) with 10 in place of his
#: 100, *four valleys* Himmelblau's (1972) divided by 50.
FUNCTIONS_2D = {
    "bowl": Function(
        "3/2 x^2 + 1/2 y^2",
        ((-3.0, 3.0), (-2.2, 2.2)),
        _ellipse,
        lambda points: points * np.array([3.0, 1.0]),
    ),
    "saddle": Function(
        "1/2 x^2 - 1/2 y^2 + 1/8 y^4 + 1", ((-3.0, 3.0), (-2.2, 2.2)), _saddle, _saddle_gradient
    ),
    "narrow": Function(
        "(1 - x)^2 + 10 (y - x^2)^2", ((-2.0, 2.0), (-0.8, 2.1)), _narrow, _narrow_gradient
    ),
    "four-valleys": Function(
        "1/50 ((x^2 + y - 11)^2 + (x + y^2 - 7)^2)",
        ((-6.0, 6.0), (-4.4, 4.4)),
        _four,
        _four_gradient,
    ),
}


def get_function(function: str | Function, n_inputs: int) -> Function:
    """Return a function by its name, or check one that was made by the caller.

    Parameters
    ----------
    function
        Name of one of :data:`FUNCTIONS_1D` or :data:`FUNCTIONS_2D`; or a function, which is
        returned as it is.
    n_inputs
        Number of variables that the function must have, 1 or 2.

    Raises
    ------
    UnknownNameError
        If no function of so many variables has that name.
    SettingError
        If the given function has another number of variables.
    """
    if isinstance(function, str):
        known = {1: FUNCTIONS_1D, 2: FUNCTIONS_2D}[n_inputs]
        return find_named(f"function of {n_inputs} variable{'s'[: n_inputs - 1]}", function, known)
    if function.n_inputs != n_inputs:
        message = f"function must have {n_inputs} variable(s); got {function.n_inputs}."
        raise SettingError(message)
    return function
