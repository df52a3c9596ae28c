"""What pictures of several trainings say: a race, and where different starts end."""

from __future__ import annotations

import numpy as np

from nnviz.analysis.minima import Minima
from nnviz.analysis.race import Race, RaceResult
from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording
from nnviz.view.sentences.comparisons import ALIKE, LEVEL, UPHILL
from nnviz.view.sentences.gaps import gap_text
from nnviz.view.sentences.numbers import number_text, percent, significant
from nnviz.view.sentences.runs import count_of, run_text
from nnviz.view.sentences.wording import COUNTS, in_two, joined, plural

MINIMA_COLUMNS = ("cost", "held-out", "right")
EPOCHS, SHARE_BETWEEN = "passes over the images", "share of the way from one end to another"

# Places after the point of all costs in a column, and what they would round to nothing.
_PLACES, _ROUNDED_AWAY = 3, 5e-4


def batches_heading() -> str:
    """Say what is compared: full batches and mini-batches."""
    return "All images at every step, or a few: mini-batches"


def step_name(step: int) -> str:
    """Name a training step by its number."""
    return f"step {step:,}"


def batches_lines(n: int, batch_size: int) -> list[str]:
    """Say how many images a training step looks at, and how many steps an epoch takes.

    Parameters
    ----------
    n
        Number of training images.
    batch_size
        Number of images of a mini-batch, 1 or more.

    Examples
    --------
    >>> batches_lines(2000, 32)[1]
    'A pass over all of them is one step of the full batch, or 63 of mini-batches.'
    """
    n_steps = -(-n // batch_size)
    if n_steps == 1:
        return [f"{n:,} training images: a mini-batch of up to {batch_size} holds them all."]
    return [
        f"{n:,} training images in random order, up to {batch_size} a step.",
        f"A pass over all of them is one step of the full batch, or {n_steps:,} of mini-batches.",
    ]


def race_heading(n_parameters: int) -> str:
    """Say what all contenders of a race share: their start, and the cost over the parameters."""
    return f"One start, one landscape of {n_parameters:,} weights and biases"


def race_title(race: Race) -> str:
    """Count the contenders that set out from one start.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> race_title(SimpleNamespace(results=[0] * 4))
    'One start, four ways on'
    """
    n = len(race.results)
    return f"One start, {COUNTS[n] if n < len(COUNTS) else n} {plural(n, 'way')} on"


def race_costs_title(race: Race) -> str:
    """Say which contenders of a race end at the lowest true cost after the same work."""
    ends = [_end_cost(result) for result in race.results]
    if not np.isfinite(ends).any():
        return "The same work: none ends with a finite cost"
    best = int(np.argmin(np.where(np.isfinite(ends), ends, np.inf)))
    lowest = [result.contender.name for result, end in zip(race.results, ends, strict=True)
              if end <= (1 + LEVEL) * ends[best]]  # fmt: skip
    if len(lowest) == len(ends) > 1:
        return "The same work: all end alike"
    if len(lowest) == 1:
        return f"The same work; lowest at the end: {lowest[0]}"
    return f"The same work; alike and lowest: {', '.join(lowest[:-1])} and {lowest[-1]}"


def _end_cost(result: RaceResult) -> float:
    """Return the true cost at the end; infinity for a contender that diverged."""
    return float("inf") if result.n_diverged else float(result.trajectory.costs[-1])


def contender_rate_text(result: RaceResult) -> str:
    """Say at which learning rate a contender ran, how many steps, and whether it diverged."""
    steps = int(result.trajectory.steps[-1])
    text = f"rate {result.learning_rate:g}, {steps:,} {plural(steps, 'step')}"
    return f"{text}, then diverged" if result.n_diverged else text


def contender_text(result: RaceResult) -> str:
    """Name a contender, with its learning rate and number of steps."""
    return f"{result.contender.name}, {contender_rate_text(result)}"


def race_lines(recording: Recording, race: Race) -> list[str]:
    """Say in short lines what the costs of a race are and how much its plane shows."""
    return [
        f"True costs, of all {race.n_examples:,}",
        "images learned. Off the plane",
        f"({percent(race.variance_explained.sum())} of the variance)",
        "the map's cost is another.",
        run_text(recording),
        *in_two(gap_text(race.landscape)),
    ]


def race_note(recording: Recording, race: Race, epochs: int) -> str:
    """Say what a figure of a race shows, in which each contender runs for some epochs."""
    lines = [
        f"{run_text(recording)}; each takes {epochs} passes over {race.n_examples:,} images",
        f"the plane holds {percent(race.variance_explained.sum())} of the paths' variance",
        gap_text(race.landscape),
    ]
    return joined(lines)


def race_costs_note(recording: Recording, race: Race) -> str:
    """Say over which images the costs of a race are averaged."""
    return (
        f"{run_text(recording)}; true costs, average over the {race.n_examples:,} images "
        "that are learned"
    )


def seed_text(seed: int) -> str:
    """Name a training by its seed."""
    return f"seed {seed}"


def minimum_values(minima: Minima, i: int) -> tuple[str, str, str]:
    """Return how well the network at the end of one training reads.

    A network whose held-out cost is NaN predicts nothing: none of it is right or wrong.

    Parameters
    ----------
    minima
        The ends of several trainings.
    i
        Number of the training, from 0.

    Returns
    -------
    tuple
        Its cost on the training images and on held-out ones, and the share of the latter that it
        reads rightly.
    """
    test_cost = float(minima.test_costs[i])
    right = "none" if np.isnan(test_cost) else percent(minima.test_accuracies[i], decimals=1)
    return _end_text(float(minima.train_costs[i])), _end_text(test_cost), right


def _end_text(cost: float) -> str:
    """Return a cost with the places that all of a column have; what is less in one digit."""
    return significant(cost, 1) if 0 < cost < _ROUNDED_AWAY else number_text(cost, _PLACES)


def minima_heading(n: int) -> str:
    """Say from how many starts a network is trained.

    Examples
    --------
    >>> minima_heading(3)
    '3 starts, 3 trainings on the same images'
    """
    return f"{n} starts, {n} trainings on the same images"


def lines_heading() -> str:
    """Say how the ends of two trainings are compared."""
    return "Do they meet? Walk straight from one end to another"


def minima_verdict(minima: Minima) -> str:
    """Say whether the ends are one place, whether hills lie between, and how costs compare."""
    if not np.isfinite(minima.train_costs).all():
        n = int((~np.isfinite(minima.train_costs)).sum())
        return f"{n} of {len(minima.seeds)} trainings have no finite cost at the end"
    return f"{_places(minima)}, {_hills(minima)}, {_equality(minima)}"


def _places(minima: Minima) -> str:
    n_same = int((minima.distances == 0).sum())
    if n_same == len(minima.distances):
        return "The same place"
    return "Partly different places" if n_same else "Different places"


def _hills(minima: Minima) -> str:
    highest = np.where(np.isnan(minima.lines), np.inf, minima.lines).max(axis=1)
    is_hill = highest > UPHILL * minima.train_costs[minima.pairs].max(axis=1)
    if is_hill.all():
        return "hills on the straight way"
    return "some hills on the straight way" if is_hill.any() else "no hills on the straight way"


def _equality(minima: Minima) -> str:
    alike = [
        bool(costs.max() <= ALIKE * costs.min())
        for costs in (minima.train_costs, minima.test_costs)
    ]
    if n := int((~np.isfinite(minima.test_costs)).sum()):
        text = "about equal in cost" if alike[0] else "not equal in cost"
        return f"{text}; {n} without a finite one on held-out images"
    if all(alike):
        return "about equal in cost"
    if alike[0]:
        return "equal in cost, not on held-out images"
    return "not equal in cost, but on held-out images" if alike[1] else "not equal in cost"


def minima_findings(minima: Minima) -> list[str]:
    """Say what was measured at the ends and between them, and what counts as a hill."""
    return [
        f"cost at the ends: {range_text(minima.train_costs)}",
        f"highest between two: {range_text(minima.lines.max(axis=1))}",
        f"held-out cost: {range_text(minima.test_costs)}",
        f"distance between ends: {range_text(minima.distances)}",
        f"a hill: over {percent(UPHILL - 1)} above the higher end",
        f"equal: up to {percent(ALIKE - 1)} apart",
    ]


def minima_errors_text(minima: Minima) -> str:
    """Say how sure the held-out values are; nothing if they are of all images."""
    cost, share = (
        float(np.max(errors, where=np.isfinite(errors), initial=0))
        for errors in (minima.test_cost_errors, minima.test_accuracy_errors)
    )
    if not (cost or share):
        return ""
    return f"standard errors: held-out {_at_most(cost)}, right {_at_most(100 * share)} %, at most"


def _at_most(value: float) -> str:
    """Return a number of one digit that is not below another."""
    if value == 0:
        return "0"
    unit = 10.0 ** np.floor(np.log10(value))
    return significant(float(np.ceil(value / unit * (1 - 1e-12)) * unit), 1)


def minima_caption(recording: Recording, minima: Minima) -> str:
    """Say how many images are learned, and how many are held out."""
    return (
        f"{run_text(recording)}; learned: "
        f"{count_of(minima.n_examples, recording.n_examples('train'), 'training')}; held out: "
        f"{count_of(minima.n_held_out, recording.n_examples('test'), 'held-out')}"
    )


def range_text(values: FloatArray) -> str:
    """Say between which ends values ``(n,)`` lie, and how many of them are not finite.

    Examples
    --------
    >>> range_text(np.array([0.5, 0.25])), range_text(np.array([np.nan])), range_text(np.ones(2))
    ('0.25 to 0.5', 'none is finite', '1')
    >>> range_text(np.array([1.0, np.inf]))
    '1; 1 not finite'
    """
    finite = values[np.isfinite(values)]
    if not finite.size:
        return "none is finite"
    low, high = significant(float(finite.min())), significant(float(finite.max()))
    text = low if low == high else f"{low} to {high}"
    n_gaps = values.size - finite.size
    return f"{text}; {n_gaps} not finite" if n_gaps else text
