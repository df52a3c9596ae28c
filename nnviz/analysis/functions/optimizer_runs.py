"""Runs of optimizers that minimise a function of one or two variables."""

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

#: SciPy's methods by the names used here, and as ``scipy.optimize.minimize`` calls them.
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
# TNC limits evaluations of the function and not steps; a step takes a few, rarely as many.
_EVALUATIONS_PER_STEP = 20

# Points along each axis where a learning rate looks for curvature.
_N_PROBED = 101
# Share of these points that the rate suits: a few may be much more curved than all others.
_SUITED = 0.95
# Share of the distance to the bottom that a step goes: fast, but not from side to side.
_STEP_SHARE = 0.65
# Change of the slope over the domain, as a share of the steepest, that is only rounding.
_STRAIGHT = 1e-4
# Share of the domain that the longest step crosses where there is no curvature.
_STRAIGHT_STEP = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class OptimizerRun:
    """The points that an optimizer visits on a function, one after each step.

    Parameters
    ----------
    points
        Points visited, shape ``(n_steps + 1, n_inputs)``, all finite; the first is the start.
    values
        Value of the function at each point, shape ``(n_steps + 1,)``.
    gradients
        Gradient of the function at each point, shape ``(n_steps + 1, n_inputs)``.
    has_diverged
        Whether the run came to a point, value or gradient that is not finite. That point and
        all later ones are left out.
    """

    points: FloatArray
    values: FloatArray
    gradients: FloatArray
    has_diverged: bool

    def leaves_at(self, domain: Sequence[tuple[float, float]]) -> int | None:
        """Return the step with which a run that does not come back leaves a domain.

        Parameters
        ----------
        domain
            Lowest and highest value of each variable.

        Returns
        -------
        int or None
            First step to a point outside; the number of points if the run diverged before it
            left. ``None`` if the run ends inside.
        """
        ends_inside = self._is_inside(domain)[-1] and not self.has_diverged
        return None if ends_inside else self.n_inside(domain)

    def n_inside(self, domain: Sequence[tuple[float, float]]) -> int:
        """Return how many points the run visits before the first outside a domain.

        Parameters
        ----------
        domain
            Lowest and highest value of each variable.
        """
        is_inside = self._is_inside(domain)
        return len(is_inside) if is_inside.all() else int(is_inside.argmin())

    def _is_inside(self, domain: Sequence[tuple[float, float]]) -> NDArray[np.bool_]:
        """Tell for each point whether it lies in a domain, ``(n_steps + 1,)``."""
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
    """Minimise a function with one of nnviz's optimizers or of SciPy's methods.

    Parameters
    ----------
    function
        Function to minimise.
    start
        Point to start from, shape ``(n_inputs,)``.
    method
        nnviz's ``gradient_descent``, ``momentum`` or ``adam``; or SciPy's ``bfgs``, ``cg``,
        ``l_bfgs_b``, ``newton_cg``, ``slsqp``, ``tnc``, ``nelder_mead`` or ``powell``, which
        choose the length of their steps themselves.
    learning_rate
        Learning rate of nnviz's optimizers, above 0; SciPy's methods ignore it.
    n_steps
        Most steps to take, at least 1. SciPy's methods take fewer if they converge.

    Returns
    -------
    OptimizerRun
        Points, values and gradients, from the start to the last step with finite numbers.

    Raises
    ------
    UnknownNameError
        If there is no such method.
    ShapeError
        If the start has not as many coordinates as the function has variables.
    SettingError
        If the learning rate or the number of steps is out of its range, or the function's value
        or gradient is not finite at the start.

    Examples
    --------
    >>> from nnviz.analysis.functions import FUNCTIONS_2D
    >>> run_optimizer(FUNCTIONS_2D["bowl"], [2, 1], method="bfgs").points[-1].round(6) + 0.0
    array([0., 0.])
    """
    start = np.array(start, np.float64)
    known = {name: name for name in (*OPTIMIZERS, *SCIPY_METHODS)}
    _check_numbers(function, start, learning_rate, n_steps)
    method = find_named("method", method.lower(), known)
    _check_finite(function, start)
    with np.errstate(over="ignore", invalid="ignore"):
        if method in OPTIMIZERS:
            points = _own_points(function, start, method, learning_rate, n_steps)
        else:
            points = _scipy_points(function, start, SCIPY_METHODS[method], n_steps)
        values, gradients = function.value(points), function.gradient(points)
    finite = np.isfinite(np.column_stack([points, values, gradients])).all(axis=1)
    n = len(points) if finite.all() else int(finite.argmin())
    return OptimizerRun(points[:n], values[:n], gradients[:n], n < len(points))


def suitable_learning_rate(function: Function) -> float:
    """Return a learning rate that suits most of a function's domain, rounded to one digit.

    A step of gradient descent along a direction of curvature c leaves the share 1 - rate c of
    the distance to the bottom: with this rate about a third where the curvature is large. On a
    function without curvature, the longest step crosses a twentieth of the domain.

    Parameters
    ----------
    function
        Function to minimise by gradient descent.

    Examples
    --------
    >>> from nnviz.analysis.functions import FUNCTIONS_1D
    >>> suitable_learning_rate(FUNCTIONS_1D["valleys"])
    0.2
    """
    lows, highs = np.array(function.domain).T
    axes = [np.linspace(low, high, _N_PROBED) for low, high in zip(lows, highs, strict=True)]
    gradients = function.gradient(np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1))
    curvature = _typical_curvature(gradients, axes)
    steepest = np.abs(gradients[np.isfinite(gradients)]).max(initial=0.0) or 1.0
    extent = float((highs - lows).max())
    if curvature * extent < _STRAIGHT * steepest:
        return float(f"{_STRAIGHT_STEP * extent / steepest:.0e}")
    return float(f"{_STEP_SHARE / curvature:.0e}")


def _typical_curvature(gradients: FloatArray, axes: Sequence[FloatArray]) -> float:
    """Return a curvature that most points of a grid do not exceed; 0 if none is defined.

    Parameters
    ----------
    gradients
        Gradients on the grid, shape ``(n_0, ..., n_inputs)``.
    axes
        Coordinates along each axis of the grid.
    """
    derivatives = [
        np.gradient(gradients, axis, axis=i).reshape(-1, len(axes)) for i, axis in enumerate(axes)
    ]
    hessians = np.stack(derivatives, axis=-1)
    defined = hessians[np.isfinite(hessians).all(axis=(1, 2))]
    if not len(defined):
        return 0.0
    return float(np.quantile(np.linalg.norm(defined, ord=2, axis=(1, 2)), _SUITED))


def _check_numbers(
    function: Function, point: FloatArray, learning_rate: float, n_steps: int
) -> None:
    """Refuse a start of another shape, and numbers that no run can have."""
    if point.shape != (function.n_inputs,):
        message = f"start must have {function.n_inputs} coordinate(s); got shape {point.shape}."
        raise ShapeError(message)
    if not 0 < learning_rate < np.inf or n_steps < 1:
        message = (
            "learning rate must be above 0 and finite, and steps at least 1; "
            f"got {learning_rate} and {n_steps}."
        )
        raise SettingError(message)


def _check_finite(function: Function, point: FloatArray) -> None:
    """Refuse a start where the function's value or gradient is not finite."""
    if not np.isfinite([function.value(point), *function.gradient(point)]).all():
        message = (
            f"function must have a finite value and gradient where a run starts; at "
            f"{point.tolist()} it has not. Start elsewhere."
        )
        raise SettingError(message)


def _own_points(
    function: Function, start: FloatArray, method: str, learning_rate: float, n_steps: int
) -> FloatArray:
    """Return the points that one of nnviz's optimizers visits, up to one that is not finite."""
    optimizer, point = create_optimizer(method), start.copy()
    points = [start]
    while len(points) <= n_steps and np.isfinite(points[-1]).all():
        optimizer.step(point, function.gradient(point), learning_rate)
        points.append(point.copy())
    return np.array(points)


def _scipy_points(function: Function, start: FloatArray, method: str, n_steps: int) -> FloatArray:
    """Return the points that one of SciPy's methods visits."""
    points = [start.copy()]

    def visit(at: FloatArray, *_: Any) -> None:
        points.append(np.array(at, np.float64))

    limit = {"maxfun": _EVALUATIONS_PER_STEP * n_steps} if method == "TNC" else {"maxiter": n_steps}
    minimize(  # type: ignore[call-overload]  # the method is only known at run time
        function.value,
        start,
        method=method,
        jac=None if method in _WITHOUT_GRADIENT else function.gradient,
        callback=visit,
        options=limit,
    )
    return np.array(points[: n_steps + 1])
