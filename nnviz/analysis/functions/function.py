"""Functions of one or two variables, with their gradients."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.errors import SettingError

# Step of a difference, as a share of the coordinate but not below this: the cube root of epsilon
# balances the error of the difference against that of rounding.
_STEP = float(np.cbrt(np.finfo(np.float64).eps))


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function of one or two variables, with its gradient and the domain to show.

    Parameters
    ----------
    formula
        The function's formula in Typst's notation, such as ``1/2 x^2``; empty if it has none.
    domain
        Lowest and highest value to show of each variable. The function may be evaluated outside.
    value
        Function that maps points of shape ``(..., n_inputs)`` to values of shape ``(...)``; NaN
        where it is not defined.
    gradient
        Function that maps points of shape ``(..., n_inputs)`` to gradients of the same shape;
        NaN where there is none.
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
        """Wrap any Python function of one or two numbers; its gradient is by finite differences.

        Where the function raises an arithmetic error or a ``ValueError``, as ``math.sqrt`` does
        for negative numbers, it is taken as not defined there: its value is NaN.

        Parameters
        ----------
        function
            Function ``f(x)`` or ``f(x, y)`` of plain numbers, which need not take arrays. It
            must be defined in the middle of the domain.
        domain
            Lowest and highest value to show of each variable, one or two pairs.
        formula
            The function's formula in Typst's notation; by default none is shown.

        Raises
        ------
        SettingError
            If the domain is not one or two pairs of finite numbers in ascending order, the
            function does not take that many numbers, or it gives none in the middle.

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
        wrapped = _PlainFunction(function)
        middle = [(low + high) / 2 for low, high in limits]
        try:
            float(function(*middle))
        except Exception as error:
            message = f"a function must give a number; at {middle} it failed: {error}."
            raise SettingError(message) from error
        return cls(formula, limits, wrapped.value, wrapped.gradient)


class _PlainFunction:
    """A function of plain numbers, evaluated at arrays of points one by one."""

    def __init__(self, function: Callable[..., float]) -> None:
        self._function = function
        self._at_each = np.vectorize(self._number, otypes=[np.float64])

    def value(self, points: FloatArray) -> FloatArray:
        """Return the values at points ``(..., n_inputs)``."""
        points = np.asarray(points, np.float64)
        if points.size == 0:
            return np.empty(points.shape[:-1])
        with np.errstate(invalid="ignore"):  # a NaN is a value, too
            values: FloatArray = self._at_each(*np.moveaxis(points, -1, 0))
        return values

    def gradient(self, points: FloatArray) -> FloatArray:
        """Return the gradients at points ``(..., n_inputs)``, by central differences.

        SciPy's ``differentiate`` does this with an error control, but starts with steps of a
        half: near where a function is not defined there would be no gradient.
        """
        points = np.asarray(points, np.float64)
        steps = _STEP * np.maximum(1.0, np.abs(points))
        parts = []
        for i in range(points.shape[-1]):
            aside = np.zeros_like(points)
            aside[..., i] = steps[..., i]
            difference = self.value(points + aside) - self.value(points - aside)
            parts.append(difference / (2 * steps[..., i]))
        return np.stack(parts, axis=-1)

    def _number(self, *at: float) -> float:
        try:
            return float(self._function(*map(float, at)))
        except (ValueError, ArithmeticError):  # the function is not defined there
            return float("nan")


def _check_domain(domain: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Return the domain as pairs of floats, or refuse it."""
    limits = tuple((float(low), float(high)) for low, high in domain)
    if len(limits) not in (1, 2) or not all(-np.inf < low < high < np.inf for low, high in limits):
        message = f"domain must be one or two pairs (low, high), low below high; got {domain}."
        raise SettingError(message)
    return limits


def _check_takes(function: Callable[..., Any], n_inputs: int) -> None:
    """Refuse a function that cannot be called with so many numbers."""
    try:
        inspect.signature(function).bind(*range(n_inputs))
    except TypeError:
        message = f"function must take {n_inputs} number(s), one for each pair of the domain."
        raise SettingError(message) from None
    except ValueError:  # a builtin without a signature: calling it will tell
        return
