"""A function of one or two variables to go down on."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.errors import SettingError

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
