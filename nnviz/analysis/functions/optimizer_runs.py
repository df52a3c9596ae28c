"""Ways down on a function of one or two variables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from nnviz.analysis.functions.function import Function
from nnviz.core.arrays import FloatArray
from nnviz.core.optimizers import OPTIMIZERS, create_optimizer
from nnviz.errors import SettingError, ShapeError
from nnviz.names import find_named

#: Methods of ``scipy.optimize.minimize``.
SCIPY_METHODS = {
    "bfgs": "BFGS",
    "cg": "CG",
    "l_bfgs_b": "L-BFGS-B",
    "newton_cg": "Newton-CG",
    "slsqp": "SLSQP",
    "tnc": "TNC",
    "nelder_mead": "Nelder-Mead",
    "powell": "Powell",
}
_WITHOUT_GRADIENT = {"Nelder-Mead", "Powell"}


@dataclass(frozen=True, slots=True, eq=False)
class OptimizerRun:
    """Steps down a function.

    Parameters
    ----------
    points
        ``(n_steps + 1, n_inputs)``; the first is the start.
    values
        Of the function there, ``(n_steps + 1,)``.
    gradients
        ``(n_steps + 1, n_inputs)``.
    has_diverged
        Whether the run left all numbers; the steps before that are there.
    """

    points: FloatArray
    values: FloatArray
    gradients: FloatArray
    has_diverged: bool

    def leaves_at(self, domain: Sequence[tuple[float, float]]) -> int | None:
        """Return the step after which the run is out of a domain, and ends there; else nothing.

        Parameters
        ----------
        domain
            Lowest and highest value of each variable.
        """
        returns = self._is_inside(domain)[-1] and not self.has_diverged
        return None if returns else self.n_inside(domain)

    def n_inside(self, domain: Sequence[tuple[float, float]]) -> int:
        """Return how many points of the run there are before the first out of a domain.

        Parameters
        ----------
        domain
            Lowest and highest value of each variable.
        """
        is_inside = self._is_inside(domain)
        return len(is_inside) if is_inside.all() else int(is_inside.argmin())

    def _is_inside(self, domain: Sequence[tuple[float, float]]) -> NDArray[np.bool_]:
        low, high = np.array(domain, np.float64).T
        inside: NDArray[np.bool_] = ((self.points >= low) & (self.points <= high)).all(axis=1)
        return inside


def run_optimizer(
    function: Function,
    start: Sequence[float] | FloatArray,
    *,
    method: str = "gradient_descent",
    learning_rate: float = 0.1,
    n_steps: int = 50,
) -> OptimizerRun:
    """Go down a function by one of nnviz's optimizers, or of SciPy's methods.

    Parameters
    ----------
    function
        Of as many variables as the start has.
    start
        ``(n_inputs,)``.
    method
        ``gradient_descent``, ``momentum`` or ``adam``; or ``bfgs``, ``cg``, ``l_bfgs_b``,
        ``newton_cg``, ``slsqp``, ``tnc``, ``nelder_mead`` or ``powell``, which choose the
        length of their steps themselves.
    learning_rate
        Of nnviz's optimizers, above 0.
    n_steps
        Most steps.

    Raises
    ------
    UnknownNameError
        If there is no such method.
    ShapeError
        If the start has another number of coordinates.
    SettingError
        If the function is not finite at the start, or a number cannot be.

    Examples
    --------
    >>> from nnviz.analysis.functions import FUNCTIONS_2D
    >>> run_optimizer(FUNCTIONS_2D["bowl"], [2, 1], method="bfgs").points[-1].round(6) + 0.0
    array([0., 0.])
    """
    point = np.array(start, np.float64)
    if point.shape != (function.n_inputs,):
        message = f"start must have {function.n_inputs} coordinate(s); got shape {point.shape}."
        raise ShapeError(message)
    if not 0 < learning_rate < np.inf or n_steps < 1:
        message = (
            "learning rate must be above 0 and finite, and steps at least 1; "
            f"got {learning_rate} and {n_steps}."
        )
        raise SettingError(message)
    known = {name: name for name in (*OPTIMIZERS, *SCIPY_METHODS)}
    method = find_named("method", method.lower(), known)
    if not np.isfinite([function.value(point), *function.gradient(point)]).all():
        message = (
            f"function must have a finite value and gradient where a run starts; at "
            f"{point.tolist()} it has not. Start elsewhere."
        )
        raise SettingError(message)
    with np.errstate(over="ignore", invalid="ignore"):
        if method in OPTIMIZERS:
            points = _ours(function, point, method, learning_rate, n_steps)
        else:
            points = _scipys(function, point, SCIPY_METHODS[method], n_steps)
        values, gradients = function.value(points), function.gradient(points)
    finite = np.isfinite(np.column_stack([points, values, gradients])).all(axis=1)
    n = len(points) if finite.all() else int(finite.argmin())
    return OptimizerRun(points[:n], values[:n], gradients[:n], n < len(points))


def suitable_learning_rate(function: Function) -> float:
    """Return a learning rate that suits most of a function's domain, one digit long.

    A step of gradient descent along a direction of curvature c leaves a share 1 - rate c of
    the way to the bottom: this rate leaves about a third where the curvature is large.

    Parameters
    ----------
    function
        To run_optimizer down.

    Examples
    --------
    >>> from nnviz.analysis.functions import FUNCTIONS_1D
    >>> suitable_learning_rate(FUNCTIONS_1D["valleys"])
    0.2
    """
    lows, highs = np.array(function.domain).T
    axes = [np.linspace(low, high, _N_PROBED) for low, high in zip(lows, highs, strict=True)]
    points = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    gradients = function.gradient(points)
    rises = [
        np.gradient(gradients, axis, axis=i).reshape(-1, function.n_inputs)
        for i, axis in enumerate(axes)
    ]
    bends = np.stack(rises, axis=-1)
    defined = bends[np.isfinite(bends).all(axis=(1, 2))]
    curvature = (
        np.quantile(np.linalg.norm(defined, ord=2, axis=(1, 2)), _MOST) if len(defined) else 0
    )
    steepest = np.abs(gradients[np.isfinite(gradients)]).max(initial=0.0) or 1.0
    extent = float((highs - lows).max())
    if curvature * extent < _STRAIGHT * steepest:  # no bottom: a twentieth of the way at a time
        return float(f"{0.05 * extent / steepest:.0e}")
    return float(f"{_SHARE / curvature:.0e}")


# Points along each axis, the share of them that a rate suits, and of the way that a step goes.
_N_PROBED, _MOST, _SHARE = 101, 0.95, 0.65
# Change of the slope over the domain, as a share of it, that is only rounding.
_STRAIGHT = 1e-4


def _ours(
    function: Function, point: FloatArray, method: str, learning_rate: float, n_steps: int
) -> FloatArray:
    optimizer = create_optimizer(method)
    points = [point.copy()]
    while len(points) <= n_steps and np.isfinite(points[-1]).all():
        optimizer.step(point, function.gradient(point), learning_rate)
        points.append(point.copy())
    return np.array(points)


def _scipys(function: Function, point: FloatArray, method: str, n_steps: int) -> FloatArray:
    points = [point.copy()]

    def visit(at: FloatArray, *_: Any) -> None:
        points.append(np.array(at, np.float64))

    gradient = None if method in _WITHOUT_GRADIENT else function.gradient
    # TNC counts evaluations instead, of which a step takes a few.
    options = {"maxfun": 20 * n_steps} if method == "TNC" else {"maxiter": n_steps}
    minimize(  # type: ignore[call-overload]  # the method is only known at run time
        function.value, point, method=method, jac=gradient, callback=visit, options=options
    )
    return np.array(points[: n_steps + 1])
