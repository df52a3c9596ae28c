"""Axes of steps and of costs, logarithmic where that shows more."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter

from nnviz.core.arrays import FloatArray, IntArray
from nnviz.view.sentences.numbers import significant
from nnviz.view.sentences.scales import TRAINING_STEP

# A cost that changed by a smaller factor needs no logarithm.
_WIDE = 3.0
# A cost to which no margin can be added.
_HUGE = 1e250


def scale_steps(ax: Axes, steps: IntArray, last: int) -> None:
    """Set x from 0 to the last step, logarithmic if most ``steps`` ``(n,)`` are early."""
    ax.set_xlabel(TRAINING_STEP)
    if np.median(steps) < last / 4:
        ax.set_xscale("symlog", linthresh=1, linscale=0.4)
        ax.set_xticks([0, *10.0 ** np.arange(np.floor(np.log10(last)) + 1)])
        ax.xaxis.set_minor_locator(LogLocator(subs=range(2, 10)))
        ax.xaxis.set_minor_formatter(NullFormatter())
    else:
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.xaxis.set_major_formatter(lambda step, _: f"{step:,.0f}")
    ax.set_xlim(0, max(last, 1))


def scale_costs(ax: Axes, drawn: FloatArray) -> None:
    """Make y logarithmic if the costs ``(n,)`` drawn along it change much."""
    ax.ticklabel_format(axis="y", useOffset=False)
    drawn = drawn[np.isfinite(drawn)]
    if drawn.size == 0 or drawn.min() <= 0 or drawn.max() < _WIDE * drawn.min():
        return
    if drawn.max() > _HUGE:  # a margin more, and it would be infinite
        ax.set_ylim(drawn.min() / 2, 2 * drawn.max())
    ax.set_yscale("log")
    ax.set_yticks(round_costs(*ax.get_ylim()))
    ax.yaxis.set_major_formatter(lambda cost, _: significant(cost))
    ax.yaxis.set_minor_formatter(NullFormatter())


def round_costs(low: float, high: float) -> list[float]:
    """Return few round numbers for a logarithmic axis between two costs above zero.

    Examples
    --------
    >>> round_costs(0.04, 3.0)
    [0.05, 0.1, 0.2, 0.5, 1.0, 2.0]
    """
    if high < 8 * low:
        subs: tuple[float, ...] = (1, 1.5, 2, 3, 4, 5, 6, 8)
    else:
        subs = (1, 2, 5) if high < 300 * low else (1,)
    with np.errstate(over="ignore"):  # ticks beyond the largest number
        ticks = LogLocator(subs=subs).tick_values(low, high)
    return [float(f"{tick:.6g}") for tick in ticks if low <= tick <= high]
