"""What pictures of functions of one and two variables say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnviz.analysis.functions.optimizer_runs import OptimizerRun
from nnviz.analysis.trajectory import converging_rows
from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording
from nnviz.view.sentences.common import LEVEL, examples_text, plural
from nnviz.view.sentences.numbers import number_text, significant

HEIGHT, VARIABLE, FUNCTION, STEPS, EXIT = "height", "x", "function", "steps", "leaves the picture"
SLOPE_READOUTS = ("x", "slope", "step = −rate × slope")
GRADIENT_READOUTS = ("x part of the gradient", "y part of the gradient", HEIGHT)


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
    """Say what the slope tells at the start.

    Examples
    --------
    >>> slope_heading(0.0)
    'Which way is down? It is level here'
    """
    if slope == 0:
        return "Which way is down? It is level here"
    return "Which way is down? The slope says"


_ALIKE_STEPS = "no step is much shorter"


def pace_text(steps: FloatArray, *, leaves: bool, returns: bool = False) -> str:
    """Say how the length of steps ``(n,)`` at one rate changed on the way.

    Parameters
    ----------
    steps
        ``(n,)``, of any sign.
    leaves, returns
        Whether the walk leaves the picture after these, and is in it again at its end.

    Examples
    --------
    >>> pace_text(np.array([1.0, -0.1]), leaves=False)
    'flatter ground, smaller steps'
    """
    if leaves:
        return "it leaves, and comes back" if returns else "it leaves the picture"
    sizes = np.abs(steps)
    first, last = sizes[[0, -1]]
    if last < 0.5 * first:
        grew = sizes.max() > (1 + LEVEL) * first
        return "longer steps, then smaller ones" if grew else "flatter ground, smaller steps"
    if sizes.min() < 0.5 * first:
        return "smaller steps, then longer ones"
    return "steeper ground, longer steps" if last > (1 + LEVEL) * first else _ALIKE_STEPS


def places_heading(n_found: int, *, have_settled: bool) -> str:
    """Say what several starts show, from the number of places that they lead to.

    Examples
    --------
    >>> places_heading(3, have_settled=True), places_heading(1, have_settled=True)
    ('Where it starts decides which valley it finds', 'Wherever it starts, it finds one valley')
    """
    kind = "valley" if have_settled else "place"
    if n_found == 1:
        return f"Wherever it starts, it finds one {kind}"
    return f"Where it starts decides which {kind} it finds"


def places_pace(n_steps: int, rate: float) -> str:
    """Say how the balls of several starts go down."""
    return f"{n_steps} steps, rate {significant(rate)}"


def more_text(n: int) -> str:
    """Say how many places are not listed."""
    return f"and {n} more"


def places_text(n_starts: int, n_found: int, *, have_settled: bool) -> str:
    """Count the places that several starts lead to.

    Examples
    --------
    >>> places_text(11, 3, have_settled=True), places_text(11, 1, have_settled=False)
    ('11 starts, 3 valleys', '11 starts, 1 place')
    """
    return f"{n_starts} starts, {n_found} {plural(n_found, 'valley' if have_settled else 'place')}"


def place_text(n: int, x: float, height: float) -> str:
    """Say how many starts lead to a place."""
    text = f"{n} at x = {number_text(x, 2)}, height {number_text(height, 2)}"
    return text.replace("-", "−")


def rate_verdicts(ends: Sequence[float], tolerance: float) -> list[str]:
    """Judge learning rates, ascending, by the heights that they end at from one start.

    Parameters
    ----------
    ends
        Height of each; infinite where it left the picture.
    tolerance
        Heights that differ by less are as good as each other.

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
    """Sum up learning rates that were judged.

    Examples
    --------
    >>> rates_heading(["too small", "good", "too large"]), rates_heading(["good", "good"])
    ('The learning rate: too small, good, too large', 'The learning rate: each of these is good')
    """
    if len(set(verdicts)) > 1:
        return f"The learning rate: {', '.join(verdicts)}"
    each = {"good": "each of these is good", "it leaves": "by each of these it leaves"}
    return f"The learning rate: {each[verdicts[0]]}"


def rate_text(rate: float, judged: str) -> str:
    """Name a learning rate that was judged."""
    return f"{rate_name(rate)}: {judged}"


def outcome_text(walk: OptimizerRun, left_at: int | None) -> str:
    """Say where a walk ended, or at which step it left the picture."""
    if left_at is not None:
        return f"out of the picture at step {left_at:,}"
    n = len(walk.points) - 1
    return f"height {number_text(float(walk.values[-1]), 2)} after {n:,} {plural(n, 'step')}"


def steepest_heading(gradient: FloatArray) -> str:
    """Say what the gradient ``(2,)`` tells at the start."""
    if not np.any(gradient):
        return "It is level here: no direction leads down"
    return "Of all directions, the gradient knows the steepest"


def weighing_lines(gradient: FloatArray) -> list[str]:
    """Say what a gradient's parts ``(2,)`` mean: a direction, and how much each number matters.

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
    if times < 1.05:
        return ["here x and y", "matter alike"]
    text = f"{times:.1f}" if times < 100 else significant(times)
    return [f"here {more} matters {text} times", f"as much as {less}"]


def method_text(method: str, n_steps: int, n_shown: int) -> str:
    """Say by what method a path was found, and how much of it is shown.

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
    """Say what the network's own cost as a function of one variable is."""
    last = converging_rows(recording) - 1
    has_diverged = last < recording.n_rows - 1
    begin = "this training was before it diverged" if has_diverged else "this training ended"
    return (
        f"C: the network's cost on {examples_text(recording, 'train')}; x: the way from where "
        f"{begin} to where one with another seed ended"
    )
