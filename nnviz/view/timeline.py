"""Which recorded moment to show when."""

from __future__ import annotations


def row_at(alpha: float, n_rows: int) -> int:
    """Return the recorded moment nearest to a share of the way from first to last.

    Moments are shown as they were recorded, never mixed: what lies between two of them is
    not known.

    Parameters
    ----------
    alpha
        In [0, 1].
    n_rows
        Number of moments, at least 1.

    Examples
    --------
    >>> [row_at(alpha, 5) for alpha in (0.0, 0.5, 1.0)]
    [0, 2, 4]
    """
    return round(alpha * (n_rows - 1))
