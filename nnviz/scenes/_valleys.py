"""The valleys of a function of one variable that optimizer runs end in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.analysis.functions.function import Function
from nnviz.analysis.functions.optimizer_runs import OptimizerRun

# Two runs that end this close, as a share of the domain, end in one valley: small steps have
# not quite reached its bottom, and valleys as close as that could not be told apart on screen.
_SAME_VALLEY = 0.04


@dataclass(frozen=True, slots=True, eq=False)
class Valleys:
    """Where optimizer runs of one function end, sorted into valleys.

    Parameters
    ----------
    runs
        The optimizer runs, from different starts.
    numbers
        Number of the valley that each run ends in, counted from 0 at the left.
    have_settled
        Whether every run stays in the domain and ends where the function falls on its left
        and rises on its right.
    """

    runs: tuple[OptimizerRun, ...]
    numbers: tuple[int, ...]
    have_settled: bool

    @classmethod
    def of(cls, function: Function, runs: Sequence[OptimizerRun]) -> Valleys:
        """Sort optimizer runs by where they end.

        Parameters
        ----------
        function
            The function of one variable that the runs descend.
        runs
            At least one optimizer run.
        """
        low, high = function.domain[0]
        tolerance = _SAME_VALLEY * (high - low)
        settled = all(_has_settled(function, run, tolerance) for run in runs)
        return cls(tuple(runs), _numbers_from_left(runs, tolerance), settled)

    @property
    def n_valleys(self) -> int:
        """Number of different valleys that the runs end in."""
        return max(self.numbers) + 1

    def n_runs(self, valley: int) -> int:
        """Return how many runs end in a valley."""
        return self.numbers.count(valley)

    def first_run(self, valley: int) -> OptimizerRun:
        """Return the first of the runs that end in a valley."""
        return self.runs[self.numbers.index(valley)]


def _has_settled(function: Function, run: OptimizerRun, tolerance: float) -> bool:
    """Tell whether a run ends in a valley: down on the left, and up on the right of its end."""
    if run.leaves_at(function.domain) is not None:
        return False
    aside = tolerance * np.array([[-1.0], [1.0]])
    slopes = function.gradient(run.points[-1] + aside)[:, 0]
    return bool((slopes * aside[:, 0] > 0).all())


def _numbers_from_left(runs: Sequence[OptimizerRun], tolerance: float) -> tuple[int, ...]:
    """Return the valley of each run: an end further than the tolerance begins a new one."""
    ends = np.array([run.points[-1, 0] for run in runs])
    order = np.argsort(ends, kind="stable")
    is_new = np.diff(ends[order], prepend=ends[order[0]]) > tolerance
    numbers = np.empty(len(ends), int)
    numbers[order] = np.cumsum(is_new)
    return tuple(int(number) for number in numbers)
