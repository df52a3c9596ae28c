"""Progress of a download, in a terminal."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn


class DownloadBar:
    """What pooch moves while it downloads: it sets ``total`` and calls the methods.

    A context manager, so that a download that fails gives the terminal back.

    Parameters
    ----------
    name
        Of the file.
    console
        Where to draw; by default standard error.
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
        """Bytes of the file; setting it begins at zero again."""
        return self._progress.tasks[0].total

    @total.setter
    def total(self, n_bytes: int) -> None:
        self._progress.reset(self._task, total=n_bytes)

    def update(self, n_bytes: int) -> None:
        """Add bytes."""
        self._progress.update(self._task, advance=n_bytes)

    def reset(self) -> None:
        """Begin at zero again."""
        self._progress.reset(self._task)

    def close(self) -> None:
        """Leave the bar as it is; it is closed with the context."""
