"""Progress in a terminal; silence elsewhere."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from nnviz.core.evaluation import Evaluation
from nnviz.core.training import Observer, Training
from nnviz.progress import OnProgress

# Items between two updates of a bar: more updates than anyone sees would slow quick work down.
_STRIDE = 50
# Updates of the bar over a whole training.
_TRAINING_UPDATES = 200


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


def count_progress(
    progress: Progress, task: TaskID, items: str, *, stride: int = _STRIDE
) -> OnProgress:
    """Return the function that moves a bar on, given how many items are done and how many exist.

    Parameters
    ----------
    progress, task
        The bar.
    items
        What is counted, in the plural, such as ``frames``.
    stride
        Number of items between two updates of the bar, at least 1.
    """

    def move(done: int, total: int) -> None:
        if done % stride == 0 or done == total:
            note = f"{done:,} of {total:,} {items}"
            progress.update(task, completed=done, total=total, note=note)

    return move


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
        self._stride = max(training.n_steps // _TRAINING_UPDATES, 1)

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
        """Show the accuracy on held-out images."""
        if test is not None:
            note = f"epoch {training.epoch}, {test.accuracy:.1%} of held-out right"
            self._progress.update(self._task, note=note)

    def on_step(self, training: Training) -> None:
        """Move the bar."""
        if training.step % self._stride == 0:
            self._progress.update(self._task, completed=training.step)

    def on_end(self, training: Training) -> None:
        """Move the bar to its end, and leave Ctrl-C as it was."""
        self._progress.update(self._task, completed=training.step)
        signal.signal(signal.SIGINT, self._previous)
