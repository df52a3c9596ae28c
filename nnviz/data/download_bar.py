"""Progress of a download, in a terminal."""

from __future__ import annotations

from functools import cached_property

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn


class DownloadBar:
    """What pooch moves while it downloads: it sets ``total`` and calls the methods.

    Parameters
    ----------
    name
        Of the file.
    """

    total: int = 0

    def __init__(self, name: str) -> None:
        self._name = name

    @cached_property
    def _progress(self) -> Progress:
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
        progress = Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True))
        progress.add_task(self._name, total=self.total)
        progress.start()
        return progress

    def update(self, n_bytes: int) -> None:
        """Add bytes."""
        self._progress.update(self._progress.task_ids[0], advance=n_bytes)

    def reset(self) -> None:
        """Begin at zero again."""
        self._progress.reset(self._progress.task_ids[0])

    def close(self) -> None:
        """Leave the bar as it is."""
        self._progress.stop()
