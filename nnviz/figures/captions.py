"""What the titles of figures say."""

from __future__ import annotations

from nnviz.recording.recording import Recording


def moment_text(recording: Recording, step: int) -> str:
    """Return a recorded step in words, such as ``after 1,875 steps``.

    Raises
    ------
    RecordingError
        If the step was not recorded.

    Examples
    --------
    >>> moment_text(getfixture("tiny_recording"), 0)
    'before training'
    """
    taken = int(recording.steps[recording.row(step)])
    if taken == 0:
        return "before training"
    return f"after {taken:,} step{'s' if taken > 1 else ''}"
