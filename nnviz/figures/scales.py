"""Axes of steps and of costs, logarithmic where that shows more."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter

from nnviz.core.arrays import FloatArray, IntArray
from nnviz.view.sentences.numbers import significant
from nnviz.view.sentences.scales import TRAINING_STEP

# Least factor by which costs differ on a logarithmic axis: smaller ones are seen without.
_WIDE = 3.0
# Costs beyond this get fixed limits: a margin that matplotlib adds could be infinite.
_HUGE = 1e250
# Share of the last step that most steps must lie before, to be early.
_EARLY = 1 / 4


def scale_steps(ax: Axes, steps: IntArray, last: int) -> None:
    """Scale x from 0 to the last step, logarithmically if most of the steps are early.

    Parameters
    ----------
    ax
        The axes to scale.
    steps
        Steps that are drawn, ``(n,)``.
    last
        The last step of the training.
    """
    ax.set_xlabel(TRAINING_STEP)
    if np.median(steps) < _EARLY * last:
        ax.set_xscale("symlog", linthresh=1, linscale=0.4)
        ax.set_xticks([0, *10.0 ** np.arange(np.floor(np.log10(last)) + 1)])
        ax.xaxis.set_minor_locator(LogLocator(subs=range(2, 10)))
        ax.xaxis.set_minor_formatter(NullFormatter())
    else:
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.xaxis.set_major_formatter(lambda step, _: f"{step:,.0f}")
    ax.set_xlim(0, max(last, 1))


def scale_costs(ax: Axes, drawn: FloatArray) -> None:
    """Make y logarithmic if the costs drawn along it differ by a factor of three or more.

    Parameters
    ----------
    ax
        The axes to scale, with everything drawn.
    drawn
        The costs that are drawn, ``(n,)``; those that are not finite do not count. If one is
        not above 0, y stays linear.
    """
    ax.ticklabel_format(axis="y", useOffset=False)
    drawn = drawn[np.isfinite(drawn)]
    if drawn.size == 0 or drawn.min() <= 0 or drawn.max() < _WIDE * drawn.min():
        return
    if drawn.max() > _HUGE:
        ax.set_ylim(drawn.min() / 2, 2 * drawn.max())
    ax.set_yscale("log")
    ax.set_yticks(round_costs(*ax.get_ylim()))
    ax.yaxis.set_major_formatter(lambda cost, _: significant(cost))
    ax.yaxis.set_minor_formatter(NullFormatter())


def round_costs(low: float, high: float) -> list[float]:
    """Return a few round numbers for the ticks of a logarithmic axis.

    Parameters
    ----------
    low, high
        Costs at the ends of the axis, above 0.

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
