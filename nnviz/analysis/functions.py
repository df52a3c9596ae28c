"""Functions of one or two variables to teach descent with, and any of the user's own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.errors import SettingError, find_named

# Balances the error of the difference against that of rounding: the cube root of epsilon.
_STEP = float(np.cbrt(np.finfo(np.float64).eps))


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function to go down on.

    Parameters
    ----------
    formula
        In Typst's mathematics; empty for a function without one.
    domain
        Lowest and highest value shown of each variable.
    value
        ``value(points)`` for points ``(..., n_inputs)`` is ``(...)``.
    gradient
        ``gradient(points)`` is ``(..., n_inputs)``.
    """

    formula: str
    domain: tuple[tuple[float, float], ...]
    value: Callable[[FloatArray], FloatArray]
    gradient: Callable[[FloatArray], FloatArray]

    @property
    def n_inputs(self) -> int:
        """Number of variables, 1 or 2."""
        return len(self.domain)

    @classmethod
    def of(
        cls,
        function: Callable[..., float],
        domain: Sequence[tuple[float, float]],
        *,
        formula: str = "",
    ) -> Function:
        """Wrap any function of one or two numbers; its gradient is by finite differences.

        Parameters
        ----------
        function
            ``f(x)`` or ``f(x, y)``, of plain numbers; it must be defined in the middle of the
            domain.
        domain
            Lowest and highest value shown of each variable.
        formula
            In Typst's mathematics.

        Raises
        ------
        SettingError
            If the function does not take as many numbers as the domain has, or gives none.

        Source
        ------
        Central differences: Nocedal and Wright, *Numerical Optimization* (2006), 8.1.

        Examples
        --------
        >>> bowl = Function.of(lambda x, y: x**2 + 3 * y**2, [(-2, 2), (-2, 2)])
        >>> bowl.gradient(np.array([1.0, 1.0])).round(6)
        array([2., 6.])
        """
        limits = _check_domain(domain)
        _check_takes(function, len(limits))

        def number(*at: float) -> float:
            try:
                return float(function(*map(float, at)))
            except (ValueError, ArithmeticError):  # the function is not defined there
                return float("nan")

        each = np.vectorize(number, otypes=[np.float64])

        def value(points: FloatArray) -> FloatArray:
            points = np.asarray(points, np.float64)
            if points.size == 0:
                return np.empty(points.shape[:-1])
            with np.errstate(invalid="ignore"):  # a NaN is an answer, too
                found: FloatArray = each(*np.moveaxis(points, -1, 0))
            return found

        def gradient(points: FloatArray) -> FloatArray:
            points = np.asarray(points, np.float64)
            steps = _STEP * np.maximum(1.0, np.abs(points))
            parts = []
            for i in range(len(limits)):
                aside = np.zeros_like(points)
                aside[..., i] = steps[..., i]
                difference = value(points + aside) - value(points - aside)
                parts.append(difference / (2 * steps[..., i]))
            return np.stack(parts, axis=-1)

        made = cls(formula, limits, value, gradient)
        middle = [(low + high) / 2 for low, high in limits]
        try:
            float(function(*middle))
        except Exception as error:
            message = f"a function must give a number; at {middle} it failed: {error}."
            raise SettingError(message) from error
        return made


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


#: The functions by name. *Narrow* is Rosenbrock's (1960) with 10 for his 100, *four valleys*
#: Himmelblau's (1972) divided by 50.
FUNCTIONS_1D = {
    "valleys": Function("0.1 x^2 + 0.8 sin(2 x) + 2", ((-4.6, 4.6),), _waves, _waves_gradient),
    "bowl": Function("1/2 x^2", ((-3.0, 3.0),), _bowl, lambda points: points + 0.0),
}
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
    """Return a function of one or two variables, given itself or its name.

    Parameters
    ----------
    function
        A name, or a function made by :meth:`Function.of`.
    n_inputs
        Number of variables that it must have.

    Raises
    ------
    UnknownNameError
        If there is none of that name.
    SettingError
        If it has another number of variables.
    """
    if isinstance(function, str):
        known = {1: FUNCTIONS_1D, 2: FUNCTIONS_2D}[n_inputs]
        return find_named(f"function of {n_inputs} variable{'s'[: n_inputs - 1]}", function, known)
    if function.n_inputs != n_inputs:
        message = f"function must have {n_inputs} variable(s); got {function.n_inputs}."
        raise SettingError(message)
    return function


def _check_domain(domain: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    limits = tuple((float(low), float(high)) for low, high in domain)
    if len(limits) not in (1, 2) or not all(-np.inf < low < high < np.inf for low, high in limits):
        message = f"domain must be one or two pairs (low, high), low below high; got {domain}."
        raise SettingError(message)
    return limits


def _check_takes(function: Callable[..., Any], n_inputs: int) -> None:
    try:
        inspect.signature(function).bind(*range(n_inputs))
    except TypeError:
        message = f"function must take {n_inputs} number(s), one for each pair of the domain."
        raise SettingError(message) from None
    except ValueError:  # a builtin without a signature: calling it will tell
        return
