"""Arithmetic with bounds of the rounding errors of a lower precision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating]

# Rounding errors of a sum add up like a random walk with steps of up to half a unit, 0.29 units
# on average. A walk goes ten times its usual distance, which this is, once in 10^23 sums.
_RARE = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Precision:
    """How a floating-point type rounds.

    Parameters
    ----------
    unit
        Distance from 1 to the next larger number of the type.
    largest
        Largest finite number of the type.
    """

    unit: float
    largest: float

    @classmethod
    def of(cls, dtype: np.dtype[np.floating] | str) -> Precision:
        """Return the precision of a floating-point type, given itself or its name."""
        kind = np.finfo(dtype)
        return cls(float(kind.eps), float(kind.max))

    def of_sum(self, n: int) -> float:
        """Return the error of a sum of rounded terms, as a share of the sum of their magnitudes.

        Parameters
        ----------
        n
            Number of terms.

        Source
        ------
        Higham and Mary, *A new approach to probabilistic rounding error analysis* (2019).
        """
        return self.unit * min(n, _RARE * np.sqrt(n))


class Bounded:
    """Values in double precision, with bounds of their errors if computed in a lower precision.

    Each operation carries the errors of its operands on to its result, and adds its own. Errors
    are infinite where the lower precision overflows.

    Parameters
    ----------
    value
        Values, of any shape.
    error
        Bounds of their errors, of the same shape, 0 or more; infinite where nothing can be said.
        ``None`` says that the values are exact.
    precision
        Precision of the computation that the values are to be compared with.

    Source
    ------
    Running error analysis: Higham, *Accuracy and Stability of Numerical Algorithms* (2002), 3.3.

    Examples
    --------
    >>> single = Precision.of("float32")
    >>> third = Bounded(np.array([1.0]), np.zeros(1), single) * np.array([1 / 3])
    >>> bool(abs(np.float32(1 / 3) - third.value[0]) <= third.error[0] < 1e-7)
    True
    """

    # NumPy leaves operations with arrays on the left to this class.
    __array_ufunc__ = None

    def __init__(self, value: Array, error: Array | None, precision: Precision) -> None:
        self.value, self.precision = value, precision
        self.is_exact = error is None
        if error is None:
            self.error: Array = np.broadcast_to(0.0, value.shape)
        else:  # what overflows there has no bound
            self.error = np.where(np.abs(value) > precision.largest, np.inf, error)

    @classmethod
    def exactly(cls, value: ArrayLike, precision: Precision) -> Bounded:
        """Return exact values, such as the inputs of a computation.

        Parameters
        ----------
        value
            Values, of any shape.
        precision
            Precision of the computation that they are inputs of.
        """
        return cls(np.asarray(value, np.float64), None, precision)

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the values."""
        return self.value.shape

    @property
    def T(self) -> Bounded:
        """The transpose of the values, with that of their errors."""
        return self._made(self.value.T, self.error.T)

    def __len__(self) -> int:
        return len(self.value)

    def __add__(self, other: Bounded | ArrayLike) -> Bounded:
        that = self._other(other)
        value = self.value + that.value
        return self._made(value, self.error + that.error + self._unit * np.abs(value))

    def __neg__(self) -> Bounded:
        return self._made(-self.value, self.error)

    def __sub__(self, other: Bounded | ArrayLike) -> Bounded:
        return self + -self._other(other)

    def __rsub__(self, other: ArrayLike) -> Bounded:
        return -self + other

    def __mul__(self, other: Bounded | ArrayLike) -> Bounded:
        that = self._other(other)
        value = self.value * that.value
        error = _of_product(np.multiply, self, that) + self._unit * np.abs(value)
        return self._made(value, error)

    __rmul__ = __mul__

    def __matmul__(self, other: Bounded | ArrayLike) -> Bounded:
        that = self._other(other)
        share = self.precision.of_sum(len(that.value) + 1)
        rounding = share * (np.abs(self.value) @ np.abs(that.value))
        return self._made(self.value @ that.value, _of_product(np.matmul, self, that) + rounding)

    def sum(self, axis: int, *, keepdims: bool = False) -> Bounded:
        """Return the sums of the values along an axis, which is kept with length 1 if asked for."""
        rounding = self.precision.of_sum(self.value.shape[axis])
        error = self.error + rounding * np.abs(self.value)
        return self._made(
            self.value.sum(axis, keepdims=keepdims), error.sum(axis, keepdims=keepdims)
        )

    def monotone(self, function: Callable[[Array], Array], own_error: float) -> Bounded:
        """Return the values of a function that never decreases.

        Parameters
        ----------
        function
            Elementwise function of arrays.
        own_error
            Error that the function's own computation adds, in units of the precision.
        """
        value = function(self.value)
        above, below = function(self.value + self.error), function(self.value - self.error)
        error = np.maximum(above - value, value - below) + self._unit * own_error
        return self._made(value, error)

    def is_positive(self) -> Bounded:
        """Return 1 where a value is above zero, else 0; the error is 1 where it may be either."""
        low, high = self.value - self.error, self.value + self.error
        return self._made((self.value > 0).astype(float), ((low <= 0) & (high > 0)).astype(float))

    @property
    def _unit(self) -> float:
        return self.precision.unit

    def _other(self, other: Bounded | ArrayLike) -> Bounded:
        return other if isinstance(other, Bounded) else Bounded.exactly(other, self.precision)

    def _made(self, value: Array, error: Array) -> Bounded:
        return Bounded(value, error, self.precision)


def _of_product(times: Callable[[Array, Array], Array], x: Bounded, y: Bounded) -> Array:
    """Return the error of a product that follows from the errors of its factors."""
    if x.is_exact and y.is_exact:
        return np.zeros(())
    if x.is_exact:
        return np.asarray(times(np.abs(x.value), y.error))
    error = times(x.error, np.abs(y.value))
    return np.asarray(error if y.is_exact else error + times(np.abs(x.value) + x.error, y.error))
