"""What is left out of a picture: values that are not finite, and moments after a divergence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.analysis.landscape import Landscape
from nnviz.view.sentences.wording import plural


def not_numbers_text(n: int, n_all: int, what: str) -> str:
    """Say how many of some values are not finite; nothing if all are finite.

    Examples
    --------
    >>> not_numbers_text(3, 160, "weights"), not_numbers_text(0, 160, "weights")
    ('3 of 160 weights are not finite', '')
    """
    if n == 0:
        return ""
    return f"{n:,} of {n_all:,} {what} {'is' if n == 1 else 'are'} not finite"


def gap_name(is_gap: NDArray[np.bool_]) -> str:
    """Name what is drawn in the colour of a gap; nothing if no value is a gap.

    Examples
    --------
    >>> gap_name(np.array([False, True])), gap_name(np.array([False]))
    ('none', '')
    """
    return "none" if is_gap.any() else ""


def gap_text(landscape: Landscape) -> str:
    """Say at how many points of a map the cost is not finite; nothing if there are none.

    Examples
    --------
    >>> gap_text(Landscape(None, None, None, np.array([[1.0, np.inf]])))
    'no finite cost at 1 of 2 points'
    """
    n = int((~np.isfinite(landscape.costs)).sum())
    return f"no finite cost at {n:,} of {landscape.costs.size:,} points" if n else ""


def diverged_text(n: int) -> str:
    """Say how many moments are left out since a training diverged; nothing if none is.

    Examples
    --------
    >>> diverged_text(3), diverged_text(1), diverged_text(0)
    ('diverged: 3 later moments are left out', 'diverged: 1 later moment is left out', '')
    """
    if not n:
        return ""
    return f"diverged: {n:,} later {plural(n, 'moment')} {'are' if n > 1 else 'is'} left out"
