"""What pictures of functions of one and two variables say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnviz.analysis.functions.optimizer_runs import OptimizerRun
from nnviz.analysis.trajectory import converging_rows
from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording
from nnviz.view.sentences.comparisons import LEVEL
from nnviz.view.sentences.numbers import number_text, significant
from nnviz.view.sentences.runs import examples_text
from nnviz.view.sentences.wording import plural

HEIGHT, VARIABLE, FUNCTION, STEPS, EXIT = "height", "x", "function", "steps", "leaves the picture"
SLOPE_READOUTS = ("x", "slope", "step = −rate × slope")
GRADIENT_READOUTS = ("x part of the gradient", "y part of the gradient", HEIGHT)

# A step shorter than this share of another is a much shorter one.
_MUCH_SHORTER = 0.5
# Parts of a gradient whose sizes are within this factor matter alike.
_MATTER_ALIKE = 1.05
# Factors from here on have no use for a decimal.
_MANY_TIMES = 100


def rate_title(rate: float) -> str:
    """Name a figure by its learning rate.

    Examples
    --------
    >>> rate_title(0.5)
    'Rate 0.5'
    """
    return f"Rate {significant(rate)}"


def rate_name(rate: float) -> str:
    """Name a learning rate."""
    return f"rate {significant(rate)}"


def slope_heading(slope: float) -> str:
    """Say what the slope at the start tells.

    Examples
    --------
    >>> slope_heading(0.0)
    'Which way is down? It is level here'
    """
    if slope == 0:
        return "Which way is down? It is level here"
    return "Which way is down? The slope says"


def pace_text(steps: FloatArray, *, leaves: bool, returns: bool = False) -> str:
    """Say how the length of an optimiser's steps changes from the first to the last.

    Parameters
    ----------
    steps
        Changes of x at one learning rate, ``(n,)``, of any sign.
    leaves
        Whether the run leaves the picture after these steps.
    returns
        Whether a run that leaves is within the picture again at its end.

    Examples
    --------
    >>> pace_text(np.array([1.0, -0.1]), leaves=False)
    'flatter ground, smaller steps'
    """
    if leaves:
        return "it leaves, and comes back" if returns else "it leaves the picture"
    sizes = np.abs(steps)
    first, last = sizes[[0, -1]]
    if last < _MUCH_SHORTER * first:
        grew = sizes.max() > (1 + LEVEL) * first
        return "longer steps, then smaller ones" if grew else "flatter ground, smaller steps"
    if sizes.min() < _MUCH_SHORTER * first:
        return "smaller steps, then longer ones"
    if last > (1 + LEVEL) * first:
        return "steeper ground, longer steps"
    return "no step is much shorter"


def places_heading(n_places: int, *, have_settled: bool) -> str:
    """Say what several starts show.

    Parameters
    ----------
    n_places
        Number of different places that the starts lead to.
    have_settled
        Whether all runs have come to rest: then the places are valleys.

    Examples
    --------
    >>> places_heading(3, have_settled=True), places_heading(1, have_settled=True)
    ('Where it starts decides which valley it finds', 'Wherever it starts, it finds one valley')
    """
    kind = "valley" if have_settled else "place"
    if n_places == 1:
        return f"Wherever it starts, it finds one {kind}"
    return f"Where it starts decides which {kind} it finds"


def places_pace(n_steps: int, rate: float) -> str:
    """Say how many steps each of several starts takes, and at what learning rate."""
    return f"{n_steps} steps, rate {significant(rate)}"


def more_text(n: int) -> str:
    """Say how many more places there are than are listed."""
    return f"and {n} more"


def places_text(n_starts: int, n_places: int, *, have_settled: bool) -> str:
    """Count the places that several starts lead to; they are valleys if all runs have settled.

    Examples
    --------
    >>> places_text(11, 3, have_settled=True), places_text(11, 1, have_settled=False)
    ('11 starts, 3 valleys', '11 starts, 1 place')
    """
    return (
        f"{n_starts} starts, {n_places} {plural(n_places, 'valley' if have_settled else 'place')}"
    )


def place_text(n: int, x: float, height: float) -> str:
    """Say how many starts lead to a place, and where it is."""
    text = f"{n} at x = {number_text(x, 2)}, height {number_text(height, 2)}"
    return text.replace("-", "−")


def rate_verdicts(ends: Sequence[float], tolerance: float) -> list[str]:
    """Judge learning rates by the heights at which their runs from one start end.

    Parameters
    ----------
    ends
        Height at the end for each rate, in ascending order of the rates; infinite where the run
        left the picture.
    tolerance
        Heights that differ by no more are as good as each other, 0 or more.

    Returns
    -------
    list of str
        A verdict on each rate: ``good``, ``too small``, ``too large``, ``worse`` if it lies
        between two that are good, or ``it leaves`` for all if none stays in the picture.

    Examples
    --------
    >>> rate_verdicts([0.5, 0.1, np.inf], 0.01), rate_verdicts([0.5, 0.3, 0.1], 0.01)
    (['too small', 'good', 'too large'], ['too small', 'too small', 'good'])
    >>> rate_verdicts([np.inf, np.inf], 0.01), rate_verdicts([0.1, 0.1], 0.01)
    (['it leaves', 'it leaves'], ['good', 'good'])
    """
    best = min(ends)
    if not np.isfinite(best):
        return ["it leaves" for _ in ends]
    good = [end <= best + tolerance for end in ends]
    first, last = good.index(True), len(good) - 1 - good[::-1].index(True)
    names = []
    for place, is_good in enumerate(good):
        other = "too small" if place < first else "too large" if place > last else "worse"
        names.append("good" if is_good else other)
    return names


def rates_heading(verdicts: Sequence[str]) -> str:
    """Sum up the verdicts on several learning rates, as :func:`rate_verdicts` returns them.

    Examples
    --------
    >>> rates_heading(["too small", "good", "too large"]), rates_heading(["good", "good"])
    ('The learning rate: too small, good, too large', 'The learning rate: each of these is good')
    """
    if len(set(verdicts)) > 1:
        return f"The learning rate: {', '.join(verdicts)}"
    each = {"good": "each of these is good", "it leaves": "by each of these it leaves"}
    return f"The learning rate: {each[verdicts[0]]}"


def rate_text(rate: float, verdict: str) -> str:
    """Name a learning rate, with the verdict on it."""
    return f"{rate_name(rate)}: {verdict}"


def outcome_text(run: OptimizerRun, left_at: int | None) -> str:
    """Say where an optimiser run ended, or at which step it left the picture.

    Parameters
    ----------
    run
        The optimiser run.
    left_at
        Number of the step at which it left the picture; ``None`` if it did not.
    """
    if left_at is not None:
        return f"out of the picture at step {left_at:,}"
    n = len(run.points) - 1
    return f"height {number_text(float(run.values[-1]), 2)} after {n:,} {plural(n, 'step')}"


def steepest_heading(gradient: FloatArray) -> str:
    """Say what the gradient ``(2,)`` at the start tells."""
    if not np.any(gradient):
        return "It is level here: no direction leads down"
    return "Of all directions, the gradient knows the steepest"


def weighing_lines(gradient: FloatArray) -> list[str]:
    """Say by how many times one part of a gradient ``(2,)`` matters more than the other.

    Examples
    --------
    >>> weighing_lines(np.array([3.0, 1.0])), weighing_lines(np.array([0.0, 1.0]))
    (['here x matters 3.0 times', 'as much as y'], ['only y matters here'])
    >>> weighing_lines(np.array([2.0, -2.0]))
    ['here x and y', 'matter alike']
    """
    sizes = np.abs(gradient)
    more, less = ("x", "y") if sizes[0] >= sizes[1] else ("y", "x")
    if sizes.max() == 0:
        return ["it is level here:", "no way is down"]
    if sizes.min() == 0:
        return [f"only {more} matters here"]
    times = float(sizes.max() / sizes.min())
    if times < _MATTER_ALIKE:
        return ["here x and y", "matter alike"]
    text = f"{times:.1f}" if times < _MANY_TIMES else significant(times)
    return [f"here {more} matters {text} times", f"as much as {less}"]


def method_text(method: str, n_steps: int, n_shown: int) -> str:
    """Say which optimiser took a path, and how much of the path is shown.

    Parameters
    ----------
    method
        Name of the optimiser, with underscores or hyphens for spaces.
    n_steps, n_shown
        Number of steps of the path, and of those before it leaves the picture.

    Examples
    --------
    >>> method_text("l_bfgs_b", 9, 9), method_text("momentum", 14, 3)
    ('l bfgs b, 9 steps', 'momentum, 3 of 14 steps: then it leaves')
    """
    name = method.replace("_", " ").replace("-", " ")
    if n_shown < n_steps:
        return f"{name}, {n_shown} of {n_steps} steps: then it leaves"
    return f"{name}, {n_steps} {plural(n_steps, 'step')}"


def cost_function_note(recording: Recording) -> str:
    """Say what the symbols mean where the network's own cost is a function of one variable."""
    last = converging_rows(recording) - 1
    has_diverged = last < recording.n_rows - 1
    begin = "this training was before it diverged" if has_diverged else "this training ended"
    return (
        f"C: the network's cost on {examples_text(recording, 'train')}; x: the way from where "
        f"{begin} to where one with another seed ended"
    )
