"""Schedules: which steps of a training are recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from nnviz.core.arrays import IntArray
from nnviz.errors import SettingError

# Most moments that a schedule may ask for: already their steps alone take 80 MB.
_MAX_MOMENTS = 10_000_000


class Schedule(Protocol):
    """Decides which steps to record; ``str`` gives the form that ``parse_schedule`` reads."""

    def steps(self, n_steps: int, steps_per_epoch: int) -> IntArray:
        """Return the steps to record, ascending; the first and the last are always among them.

        Parameters
        ----------
        n_steps
            Number of steps of the whole training; results lie in [0, n_steps].
        steps_per_epoch
            Number of steps in an epoch.

        Raises
        ------
        SettingError
            If they are more than ten million.
        """
        ...


@dataclass(frozen=True, slots=True)
class Every:
    """A schedule of every ``n``-th step, the last step included.

    Parameters
    ----------
    n
        Distance between recorded steps, at least 1.

    Examples
    --------
    >>> Every(4).steps(10, 5)
    array([ 0,  4,  8, 10])
    """

    n: int

    def __post_init__(self) -> None:
        _check_positive("every", self.n)

    def steps(self, n_steps: int, steps_per_epoch: int) -> IntArray:  # noqa: ARG002
        """Return the steps to record, ascending; see :meth:`Schedule.steps`."""
        _check_count(n_steps // self.n)
        return np.union1d(np.arange(0, n_steps, self.n), [n_steps])

    def __str__(self) -> str:
        return f"every:{self.n}"


@dataclass(frozen=True, slots=True)
class Log:
    """A schedule of about ``n`` steps, dense at the start, where most happens.

    Parameters
    ----------
    n
        Most steps to record, at least 1; the first and the last are always kept, so that there
        are two at least.

    Examples
    --------
    >>> Log(6).steps(1000, 100)
    array([   0,    1,    6,   32,  178, 1000])
    """

    n: int

    def __post_init__(self) -> None:
        _check_positive("log", self.n)
        _check_count(self.n)

    def steps(self, n_steps: int, steps_per_epoch: int) -> IntArray:  # noqa: ARG002
        """Return the steps to record, ascending; see :meth:`Schedule.steps`."""
        if self.n < 3:  # both ends are always kept
            return np.array([0, n_steps])
        spaced = np.geomspace(1, n_steps, self.n - 1).round().astype(np.int64)
        return np.union1d(spaced, [0, n_steps])

    def __str__(self) -> str:
        return f"log:{self.n}"


@dataclass(frozen=True, slots=True)
class Epochs:
    """A schedule of the first step of every epoch, and of the end.

    Examples
    --------
    >>> Epochs().steps(10, 5)
    array([ 0,  5, 10])
    """

    def steps(self, n_steps: int, steps_per_epoch: int) -> IntArray:
        """Return the steps to record, ascending; see :meth:`Schedule.steps`."""
        _check_count(n_steps // steps_per_epoch)
        return np.arange(0, n_steps + 1, steps_per_epoch)

    def __str__(self) -> str:
        return "epochs"


@dataclass(frozen=True, slots=True)
class Union:
    """A schedule of all steps of several schedules.

    Parameters
    ----------
    schedules
        The schedules that are joined.
    """

    schedules: tuple[Schedule, ...]

    def steps(self, n_steps: int, steps_per_epoch: int) -> IntArray:
        """Return the steps to record, ascending; see :meth:`Schedule.steps`."""
        each = [schedule.steps(n_steps, steps_per_epoch) for schedule in self.schedules]
        return np.unique(np.concatenate(each))

    def __str__(self) -> str:
        return ",".join(str(schedule) for schedule in self.schedules)


def parse_schedule(text: str) -> Schedule:
    """Read a schedule such as ``every:100``, ``log:300``, ``epochs`` or ``log:300,epochs``.

    Parameters
    ----------
    text
        Names of schedules, joined by commas; see :class:`Every`, :class:`Log` and
        :class:`Epochs`.

    Raises
    ------
    SettingError
        If the text is no schedule, or a number is out of its range.

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


def _check_count(n: int) -> None:
    if n > _MAX_MOMENTS:
        message = (
            f"schedule must ask for at most {_MAX_MOMENTS:,} moments; it asks for {n:,}. "
            "Record fewer."
        )
        raise SettingError(message)


def _check_positive(kind: str, n: int) -> None:
    if n < 1:
        message = f"schedule {kind}:N must have N of at least 1; got {n}."
        raise SettingError(message)
