"""The progress bar of a download, in a terminal."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn


class DownloadBar:
    """A progress bar that pooch moves while it downloads, by ``total`` and the methods.

    It is a context manager, so that a download that fails leaves the terminal as it was.

    Parameters
    ----------
    name
        Name of the file, shown before the bar.
    console
        Where to draw; ``None`` is standard error.
    """

    def __init__(self, name: str, console: Console | None = None) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TimeRemainingColumn(),
            console=console or Console(stderr=True),
        )
        self._task = self._progress.add_task(name, total=None)

    def __enter__(self) -> DownloadBar:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._progress.stop()

    @property
    def total(self) -> float | None:
        """Size of the file, bytes, ``None`` if unknown; setting it empties the bar."""
        return self._progress.tasks[0].total

    @total.setter
    def total(self, n_bytes: int) -> None:
        self._progress.reset(self._task, total=n_bytes)

    def update(self, n_bytes: int) -> None:
        """Move the bar forward by ``n_bytes`` that have arrived."""
        self._progress.update(self._task, advance=n_bytes)

    def reset(self) -> None:
        """Empty the bar."""
        self._progress.reset(self._task)

    def close(self) -> None:
        """Do nothing: the bar is closed with its context."""
