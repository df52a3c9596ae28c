"""What counts as a difference: the comparisons that sentences rest on."""

from __future__ import annotations

import numpy as np

from nnviz.core.arrays import FloatArray

#: A cost that changes by less than this share of itself stays where it is.
LEVEL = 0.01
#: A cost that was higher in between than at both ends, by this factor, went uphill first.
UPHILL = 1.2
#: Costs that differ by no more than this factor are about equal.
ALIKE = 1.25


def course(costs: FloatArray) -> str:
    """Return in a word how a cost went.

    Parameters
    ----------
    costs
        Cost at each recorded moment, ``(n,)``; NaN in between does not count, infinity is high.

    Returns
    -------
    str
        ``down`` or ``up`` from the first moment to the last, or ``level``; ``over`` if it went
        down, but was much higher than at the start in between; ``back`` if it went up or stayed
        level, but was much higher than at the end in between; ``none`` if it is not finite at an
        end, or if there is a single moment.

    Examples
    --------
    >>> course(np.array([3.0, 0.1])), course(np.array([2.0, 900.0, 1.0]))
    ('down', 'over')
    >>> course(np.array([1.0, 5.0])), course(np.array([1.0, 1.001])), course(np.array([1.0]))
    ('up', 'level', 'none')
    """
    first, last = float(costs[0]), float(costs[-1])
    if len(costs) < 2 or not np.isfinite([first, last]).all():
        return "none"
    peak = float(np.max(costs, where=~np.isnan(costs), initial=first))
    was_higher = peak > UPHILL * max(first, last)
    if last < (1 - LEVEL) * first:
        return "over" if was_higher else "down"
    if last > (1 + LEVEL) * first:
        return "back" if was_higher else "up"
    return "back" if was_higher else "level"


def n_changed(history: FloatArray) -> int:
    """Return how many numbers differ from those at the first moment at any later one.

    Parameters
    ----------
    history
        The numbers at each recorded moment, ``(n_moments, ...)``; two NaN do not differ.
    """
    first = history[0]
    has_changed = np.zeros(first.shape, bool)
    for moment in history[1:]:
        has_changed |= (moment != first) & ~(np.isnan(moment) & np.isnan(first))
    return int(has_changed.sum())
