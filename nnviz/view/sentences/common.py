"""What every picture says: which run, when, which examples, and how sure a figure is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.analysis.landscape import Landscape
from nnviz.analysis.scores import Score, score
from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording
from nnviz.view.sentences.numbers import percent, significant
from nnviz.view.sentences.runs import data_text, sizes_text

# A change by less than this share of it leaves a cost where it is.
LEVEL = 0.01
# A cost that was higher on the way than at both ends, by this factor, went uphill first.
UPHILL = 1.2
# Costs that differ by no more than this factor are about equal.
ALIKE = 1.25
# Places after the point that a cost has at most, and where costs are long.
_PLACES, _LONG = 5, 1e5

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
#: Kinds of examples, by their names in a recording.
KINDS = {"train": "training", "test": "held-out", "probe": "probe"}


def moment_text(recording: Recording, step: int) -> str:
    """Say when a recorded step is, such as ``after 1,875 steps``.

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
        return "before training" if recording.has_random_start else "as it was given"
    return f"after {taken:,} {plural(taken, 'step')}"


def examples_text(recording: Recording, examples: str) -> str:
    """Say which examples a cost is averaged over.

    Examples
    --------
    >>> examples_text(getfixture("tiny_recording"), "test")
    'all 200 held-out images'
    """
    n = len(recording.test_sample if examples == "test" else recording.train_sample)
    return count_of(n, recording.n_examples(examples), KINDS[examples])


def count_of(n: int, n_all: int, kind: str) -> str:
    """Say how many of all images of a kind are meant.

    Examples
    --------
    >>> count_of(2000, 60000, "training"), count_of(20, 20, "held-out")
    ('2,000 of 60,000 training images', 'all 20 held-out images')
    """
    if n == n_all:
        return f"all {n:,} {kind} images"
    return f"{n:,} of {n_all:,} {kind} images"


def share_text(found: Score, *, decimals: int = 1) -> str:
    """Return a share of examples as a percentage, with its standard error if it is of a sample.

    Examples
    --------
    >>> share_text(Score(0.955, 0.0, 100, 100)), share_text(Score(0.959, 0.0041, 20, 100))
    ('95.5 %', '95.9 ± 0.4 %')
    """
    text = percent(found.value, decimals=decimals)
    if found.is_of_all or np.isnan(found.error) or np.isnan(found.value):
        return text
    number = text.removesuffix(" %")
    places = len(number.partition(".")[2])
    error = f"{100 * found.error:.{places}f}"
    if not float(error):
        error = significant(100 * found.error, 1)
    return f"{number} ± {error} %"


def cost_text(found: Score) -> str:
    """Return an average cost, with its standard error if it is of a sample.

    Examples
    --------
    >>> cost_text(Score(0.0718, 0.0, 100, 100)), cost_text(Score(0.0718, 0.0052, 20, 100))
    ('0.0718', '0.072 ± 0.005')
    >>> cost_text(Score(float("nan"), 0.0, 100, 100))
    'none'
    """
    if found.is_of_all or not np.isfinite([found.error, found.value]).all() or found.error == 0:
        return significant(found.value)
    places = max(int(-np.floor(np.log10(found.error))), 0)
    if places > _PLACES or abs(found.value) >= _LONG:
        digit, _, power = f"{found.error:.0e}".partition("e")
        return f"{significant(found.value)} ± {digit}e{int(power)}".replace("-", "−")
    error = float(f"{found.error:.0e}")  # its first digit
    return f"{found.value:,.{places}f} ± {error:,.{places}f}"


def right_text(recording: Recording, row: int) -> str:
    """Say how many held-out images a network reads rightly: of all, where that was measured.

    Examples
    --------
    >>> right_text(getfixture("tiny_recording"), 0)
    '10.0 % of all 200 held-out images right'
    """
    found = score(recording, "test", "accuracies", row)
    images = count_of(found.n, found.n_all, "held-out")
    if np.isnan(found.value):
        return f"no prediction for {images}: outputs are not numbers"
    if found.is_of_all or not np.isnan(found.error):
        return f"{share_text(found)} of {images} right"
    return f"{share_text(found)} of {images} right, not drawn at random"


def not_numbers_text(n: int, n_all: int, what: str) -> str:
    """Say how many of some values are no numbers; nothing if all are.

    Examples
    --------
    >>> not_numbers_text(3, 160, "weights"), not_numbers_text(0, 160, "weights")
    ('3 of 160 weights are not finite', '')
    """
    if n == 0:
        return ""
    return f"{n:,} of {n_all:,} {what} {'is' if n == 1 else 'are'} not finite"


def stopped_text(recording: Recording) -> str:
    """Say up to where a training was recorded that did not take all its steps; else nothing.

    Examples
    --------
    >>> stopped_text(getfixture("tiny_recording"))
    ''
    """
    if recording.is_complete:
        return ""
    last = int(recording.steps[-1])
    return f"recorded up to step {last:,} of {recording.n_steps:,}"


def scale_ends(limit: float, *, below: bool, above: bool) -> tuple[str, str]:
    """Name the ends of a scale that is symmetric about zero, and say if values go beyond.

    Examples
    --------
    >>> scale_ends(0.5, below=True, above=False)
    ('≤ −0.5', '0.5')
    """
    number = significant(limit, 2)
    return f"≤ −{number}" if below else f"−{number}", f"≥ {number}" if above else number


def gap_name(is_gap: NDArray[np.bool_]) -> str:
    """Name what is drawn in the colour of a gap, if anything is.

    Examples
    --------
    >>> gap_name(np.array([False, True])), gap_name(np.array([False]))
    ('none', '')
    """
    return "none" if is_gap.any() else ""


def bound_texts(texts: Sequence[str], *, below: bool, above: bool) -> list[str]:
    """Mark the ends of a scale that values lie beyond.

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


STEP, COST, TRUE_COST = "step", "cost", "true cost"
AVERAGE_COST = "average cost of an example"


def diverged_text(n: int) -> str:
    """Say how many moments of a training that diverged are left out; nothing if none is.

    Examples
    --------
    >>> diverged_text(3), diverged_text(1), diverged_text(0)
    ('diverged: 3 later moments are left out', 'diverged: 1 later moment is left out', '')
    """
    if not n:
        return ""
    return f"diverged: {n:,} later {plural(n, 'moment')} {'are' if n > 1 else 'is'} left out"


def costs_caption(recording: Recording, examples: str = "train") -> str:
    """Say which examples the costs of a picture are averaged over.

    Examples
    --------
    >>> costs_caption(getfixture("tiny_recording"))
    'costs: average over all 600 training images'
    """
    return f"costs: average over {examples_text(recording, examples)}"


def costs_lines(recording: Recording) -> list[str]:
    """Say in short lines which examples the costs of a picture are averaged over."""
    return ["Costs are averages over", f"{examples_text(recording, 'train')}."]


def run_lines(recording: Recording) -> list[str]:
    """Name a network and its data in short lines."""
    return [sizes_text(recording), f"on {data_text(recording)}"]


def principal_names(shares: FloatArray) -> tuple[str, str]:
    """Name the axes of a principal plane, whose directions hold shares ``(2,)`` of a path.

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


def gap_text(landscape: Landscape) -> str:
    """Say what the points of a map are whose cost is not finite; nothing if there are none.

    Examples
    --------
    >>> gap_text(Landscape(None, None, None, np.array([[1.0, np.inf]])))
    'no finite cost at 1 of 2 points'
    """
    n = int((~np.isfinite(landscape.costs)).sum())
    return f"no finite cost at {n:,} of {landscape.costs.size:,} points" if n else ""


TRAINING_STEP = "training step"


def n_changed(history: FloatArray) -> int:
    """Return how many numbers differ at any later moment of ``(n_moments, ...)`` from the first."""
    first = history[0]
    has_changed = np.zeros(first.shape, bool)
    for moment in history[1:]:
        has_changed |= (moment != first) & ~(np.isnan(moment) & np.isnan(first))
    return int(has_changed.sum())


def plural(n: int, word: str) -> str:
    return word if n == 1 else f"{word}s"


def joined(parts: Sequence[str], by: str = "\n") -> str:
    return by.join(part for part in parts if part)


def in_two(text: str) -> list[str]:
    """Break a text near its middle; nothing has no lines."""
    if not text:
        return []
    words = text.split()
    half = max((len(words) + 1) // 2, 1)
    return [" ".join(words[:half]), *([" ".join(words[half:])] if words[half:] else [])]
