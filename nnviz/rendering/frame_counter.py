"""How many frames of a film are done."""

from __future__ import annotations

from collections.abc import Callable

from nnviz.progress import OnProgress

#: Called with the number of frames that were finished since the last call.
OnFrames = Callable[[int], None]


class FrameCounter:
    """Counts the frames of a film that are done, and reports them.

    Parameters
    ----------
    on_progress
        Called at every change; None reports to nobody.
    converts
        Whether every frame is converted after it was drawn, and so counts twice.

    Attributes
    ----------
    n_frames
        Length of the film, frames; 0 before :meth:`begin`.
    """

    def __init__(self, on_progress: OnProgress | None, *, converts: bool) -> None:
        self.n_frames = 0
        self._done, self._total = 0, 0
        self._on_progress, self._converts = on_progress, converts

    def begin(self, n_frames: int, n_missing: int) -> None:
        """Start counting, and report the frames that are there already.

        Parameters
        ----------
        n_frames
            Length of the film, frames.
        n_missing
            Number of frames that are still to be drawn.
        """
        self.n_frames = n_frames
        self._total = 2 * n_frames if self._converts else n_frames
        self._done = 0
        self.add(n_frames - n_missing)

    def add(self, n_frames: int) -> None:
        """Count frames that were drawn or converted since the last call, and report."""
        self._done += n_frames
        if self._on_progress is not None:
            self._on_progress(min(self._done, self._total), self._total)
