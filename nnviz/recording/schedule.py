"""When to record: which steps of a training are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from nnviz.core.arrays import IntArray
from nnviz.errors import SettingError


class Schedule(Protocol):
    """Says which steps to record; ``str`` gives the form that ``parse_schedule`` reads."""

    def steps(self, n_steps: int, steps_per_epoch: int) -> IntArray:
        """Return steps in [0, n_steps], ascending; the first and the last are always kept."""
        ...


@dataclass(frozen=True, slots=True)
class Every:
    """Every ``n``-th step.

    Examples
    --------
    >>> Every(4).steps(10, 5)
    array([ 0,  4,  8, 10])
    """

    n: int

    def __post_init__(self) -> None:
        _check_positive("every", self.n)

    def steps(self, n_steps: int, steps_per_epoch: int) -> IntArray:  # noqa: ARG002
        """Return the steps."""
        _check_moments(n_steps // self.n)
        return np.union1d(np.arange(0, n_steps, self.n), [n_steps])

    def __str__(self) -> str:
        return f"every:{self.n}"


@dataclass(frozen=True, slots=True)
class Log:
    """About ``n`` steps, dense at the start, where most happens; never more than ``n``.

    The first and the last are always kept, so that the least is two.

    Examples
    --------
    >>> Log(6).steps(1000, 100)
    array([   0,    1,    6,   32,  178, 1000])
    """

    n: int

    def __post_init__(self) -> None:
        _check_positive("log", self.n)
        _check_moments(self.n)

    def steps(self, n_steps: int, steps_per_epoch: int) -> IntArray:  # noqa: ARG002
        """Return the steps."""
        if self.n < 3:  # both ends are always kept
            return np.array([0, n_steps])
        spaced = np.geomspace(1, n_steps, self.n - 1).round().astype(np.int64)
        return np.union1d(spaced, [0, n_steps])

    def __str__(self) -> str:
        return f"log:{self.n}"


@dataclass(frozen=True, slots=True)
class Epochs:
    """The first step of every epoch, and the end.

    Examples
    --------
    >>> Epochs().steps(10, 5)
    array([ 0,  5, 10])
    """

    def steps(self, n_steps: int, steps_per_epoch: int) -> IntArray:
        """Return the steps."""
        _check_moments(n_steps // steps_per_epoch)
        return np.arange(0, n_steps + 1, steps_per_epoch)

    def __str__(self) -> str:
        return "epochs"


@dataclass(frozen=True, slots=True)
class Union:
    """All steps of several schedules."""

    schedules: tuple[Schedule, ...]

    def steps(self, n_steps: int, steps_per_epoch: int) -> IntArray:
        """Return the steps."""
        each = [schedule.steps(n_steps, steps_per_epoch) for schedule in self.schedules]
        return np.unique(np.concatenate(each))

    def __str__(self) -> str:
        return ",".join(str(schedule) for schedule in self.schedules)


def parse_schedule(text: str) -> Schedule:
    """Read a schedule such as ``every:100``, ``log:300``, ``epochs`` or ``log:300,epochs``.

    Raises
    ------
    SettingError
        If the text is none of these.

    Examples
    --------
    >>> str(parse_schedule("log:300,epochs"))
    'log:300,epochs'
    """
    parts = tuple(_parse_part(part.strip(), text) for part in text.split(","))
    return parts[0] if len(parts) == 1 else Union(parts)


def _parse_part(part: str, text: str) -> Schedule:
    kind, _, number = part.partition(":")
    if part == "epochs":
        return Epochs()
    if kind in ("every", "log") and number.isdecimal():
        return (Every if kind == "every" else Log)(int(number))
    message = (
        "schedule must be every:N, log:N, epochs, or several joined by commas; "
        f"got {text!r}. An example is log:300,epochs."
    )
    raise SettingError(message)


def _check_moments(n: int) -> None:
    if n > _MOST_MOMENTS:
        message = (
            f"schedule must ask for at most {_MOST_MOMENTS:,} moments; it asks for {n:,}. "
            "Record fewer."
        )
        raise SettingError(message)


# That a recording has.
_MOST_MOMENTS = 10_000_000


def _check_positive(kind: str, n: int) -> None:
    if n < 1:
        message = f"schedule {kind}:N must have N of at least 1; got {n}."
        raise SettingError(message)
