"""Names of axes, and of the ends of scales."""

from __future__ import annotations

from collections.abc import Sequence

from nnviz.core.arrays import FloatArray
from nnviz.view.sentences.numbers import percent, significant

STEP, TRAINING_STEP = "step", "training step"
COST, TRUE_COST = "cost", "true cost"
AVERAGE_COST = "average cost of an example"


def principal_names(shares: FloatArray) -> tuple[str, str]:
    """Name the axes of a plane of principal directions.

    Parameters
    ----------
    shares
        Share of a path's variance along each direction, ``(2,)``, in [0, 1].

    Examples
    --------
    >>> principal_names(np.array([0.94, 0.046]))[1]
    'principal direction 2 (4.6 % of the variance)'
    """
    one, two = (
        f"principal direction {i} ({percent(share)} of the variance)"
        for i, share in enumerate(shares, start=1)
    )
    return one, two


def scale_ends(limit: float, *, below: bool, above: bool) -> tuple[str, str]:
    """Name the ends of a scale that is symmetric about zero.

    Parameters
    ----------
    limit
        Upper end of the scale, above 0.
    below, above
        Whether values lie beyond the lower and the upper end; such an end says so.

    Examples
    --------
    >>> scale_ends(0.5, below=True, above=False)
    ('≤ −0.5', '0.5')
    """
    number = significant(limit, 2)
    return f"≤ −{number}" if below else f"−{number}", f"≥ {number}" if above else number


def bound_texts(texts: Sequence[str], *, below: bool, above: bool) -> list[str]:
    """Return the texts of a scale's ticks, with those ends marked that values lie beyond.

    Parameters
    ----------
    texts
        Text of each tick, from the lower to the upper end.
    below, above
        Whether values lie beyond the lower and the upper end.

    Examples
    --------
    >>> bound_texts(["1", "10", "100"], below=True, above=False)
    ['≤ 1', '10', '100']
    """
    marked = list(texts)
    if below:
        marked[0] = f"≤ {marked[0]}"
    if above:
        marked[-1] = f"≥ {marked[-1]}"
    return marked
