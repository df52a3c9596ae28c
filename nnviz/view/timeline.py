"""Which recorded moment an animation shows when."""

from __future__ import annotations

import numpy as np

from nnviz.core.arrays import FloatArray

# Times within this share of a moment's own count as its own: what is between them is rounding.
_ROUNDING = 1e-9


def row_at(alpha: float, n_rows: int) -> int:
    """Return the recorded moment nearest to a share of the time from first to last.

    Moments are shown as they were recorded, never mixed: what lies between two of them is
    not known.

    Parameters
    ----------
    alpha
        Share of the time, in [0, 1].
    n_rows
        Number of recorded moments, at least 1.

    Examples
    --------
    >>> [row_at(alpha, 5) for alpha in (0.0, 0.5, 1.0)]
    [0, 2, 4]
    """
    return round(alpha * (n_rows - 1))


def paced_row(alpha: float, path: FloatArray) -> int:
    """Return the recorded moment to show at a share of the time, so that a path can be followed.

    Half of the time goes evenly to the moments, half to the distances between them: where a
    training stands still one does not wait long, and where it leaps one can follow.

    Parameters
    ----------
    alpha
        Share of the time, in [0, 1].
    path
        Places of the recorded moments as a viewer sees them, ``(n, 2)``.

    Examples
    --------
    >>> path = np.array([[0.0, 0], [0, 0], [0, 0], [0, 0], [8, 0]])
    >>> [paced_row(alpha, path) for alpha in (0.0, 0.375, 0.9, 1.0)]
    [0, 3, 3, 4]
    """
    steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
    distance = np.concatenate([[0.0], np.cumsum(steps)])
    length = distance[-1]
    due = (np.linspace(0, 1, len(path)) + distance / (length or 1.0)) / (2 if length else 1)
    return int(np.searchsorted(due, alpha * (1 + _ROUNDING), side="right")) - 1
