"""Progress in a terminal; silence elsewhere."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from nnviz.core.training import Evaluation, Observer, Training


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """Show progress on standard error while it is a terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        yield progress


def frame_progress(progress: Progress, task: TaskID) -> Callable[[int, int], None]:
    """Return what moves a bar on to some of all frames."""

    def move(done: int, total: int) -> None:
        progress.update(task, completed=done, total=total, note=f"{done:,} of {total:,} frames")

    return move


def points_progress(progress: Progress, task: TaskID) -> Callable[[int, int], None]:
    """Return what moves a bar on to some of all points of a landscape."""

    def move(done: int, total: int) -> None:
        if done % _STRIDE == 0 or done == total:
            progress.update(task, completed=done, total=total, note=f"{done:,} of {total:,} points")

    return move


def steps_progress(progress: Progress, task: TaskID) -> Callable[[int, int], None]:
    """Return what moves a bar on to some of all steps of a training."""

    def move(done: int, total: int) -> None:
        if done % _STRIDE == 0 or done == total:
            progress.update(task, completed=done, total=total, note=f"{done:,} of {total:,} steps")

    return move


# Points, or steps, between two updates.
_STRIDE = 50


class TrainingProgress(Observer):
    """Shows a training's progress, and lets Ctrl-C end it with a readable recording.

    Parameters
    ----------
    progress
        Where to show it.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID
        self._previous: Any = None

    def on_start(self, training: Training) -> None:
        """Show the bar and listen for Ctrl-C."""
        self._task = self._progress.add_task("training", total=training.n_steps, note="")
        self._stride = max(training.n_steps // 200, 1)

        def stop(_number: int, _frame: FrameType | None) -> None:
            training.stop()
            signal.signal(signal.SIGINT, self._previous)  # a second Ctrl-C does not wait

        self._previous = signal.signal(signal.SIGINT, stop)

    def on_epoch(
        self,
        training: Training,
        train: Evaluation,  # noqa: ARG002
        test: Evaluation | None,
    ) -> None:
        """Show how well the network reads what it has not seen."""
        if test is not None:
            note = f"epoch {training.epoch}, {test.accuracy:.1%} of held-out right"
            self._progress.update(self._task, note=note)

    def on_step(self, training: Training) -> None:
        """Move the bar."""
        if training.step % self._stride == 0:
            self._progress.update(self._task, completed=training.step)

    def on_end(self, training: Training) -> None:
        """Leave Ctrl-C as it was."""
        self._progress.update(self._task, completed=training.step)
        signal.signal(signal.SIGINT, self._previous)
