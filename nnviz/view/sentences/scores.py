"""Average costs and shares of examples, and how sure they are."""

from __future__ import annotations

import numpy as np

from nnviz.analysis.scores import Score, score
from nnviz.recording.recording import Recording
from nnviz.view.sentences.numbers import percent, significant
from nnviz.view.sentences.runs import count_of

# Places after the point that a cost has at most; with more it is written with a power of ten.
_PLACES = 5
# Costs from here on are written with a power of ten, too.
_LONG = 1e5


def share_text(share: Score, *, decimals: int = 1) -> str:
    """Return a share of examples as a percentage, with its standard error if it is of a sample.

    Parameters
    ----------
    share
        Share in [0, 1], with its standard error; a share that is NaN is *none*.
    decimals
        Least number of places after the point; a share near 0 or 1 takes more.

    Examples
    --------
    >>> share_text(Score(0.955, 0.0, 100, 100)), share_text(Score(0.959, 0.0041, 20, 100))
    ('95.5 %', '95.9 ± 0.4 %')
    """
    text = percent(share.value, decimals=decimals)
    if share.is_of_all or np.isnan(share.error) or np.isnan(share.value):
        return text
    number = text.removesuffix(" %")
    places = len(number.partition(".")[2])
    error = f"{100 * share.error:.{places}f}"
    if not float(error):
        error = significant(100 * share.error, 1)
    return f"{number} ± {error} %"


def cost_text(cost: Score) -> str:
    """Return an average cost, with its standard error if it is of a sample.

    Parameters
    ----------
    cost
        Average cost, with its standard error; a cost that is NaN is *none*.

    Examples
    --------
    >>> cost_text(Score(0.0718, 0.0, 100, 100)), cost_text(Score(0.0718, 0.0052, 20, 100))
    ('0.0718', '0.072 ± 0.005')
    >>> cost_text(Score(float("nan"), 0.0, 100, 100))
    'none'
    """
    if cost.is_of_all or not np.isfinite([cost.error, cost.value]).all() or cost.error == 0:
        return significant(cost.value)
    places = max(int(-np.floor(np.log10(cost.error))), 0)
    if places > _PLACES or abs(cost.value) >= _LONG:
        digit, _, power = f"{cost.error:.0e}".partition("e")
        return f"{significant(cost.value)} ± {digit}e{int(power)}".replace("-", "−")
    error = float(f"{cost.error:.0e}")  # its first digit
    return f"{cost.value:,.{places}f} ± {error:,.{places}f}"


def right_text(recording: Recording, row: int) -> str:
    """Say how many held-out images a network reads rightly at a recorded moment.

    Parameters
    ----------
    recording
        The recorded training.
    row
        Number of the recorded moment. Where all held-out images were measured by then, all of
        them count, and otherwise the recorded sample.

    Examples
    --------
    >>> right_text(getfixture("tiny_recording"), 0)
    '10.0 % of all 200 held-out images right'
    """
    share = score(recording, "test", "accuracies", row)
    images = count_of(share.n, share.n_all, "held-out")
    if np.isnan(share.value):
        return f"no prediction for {images}: outputs are not numbers"
    if share.is_of_all or not np.isnan(share.error):
        return f"{share_text(share)} of {images} right"
    return f"{share_text(share)} of {images} right, not drawn at random"
