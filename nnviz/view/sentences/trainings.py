"""What pictures of several trainings say: a race, and where different starts end."""

from __future__ import annotations

import numpy as np

from nnviz.analysis.minima import Minima
from nnviz.analysis.race import Race, RaceResult
from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording
from nnviz.view.sentences.common import (
    ALIKE,
    COUNTS,
    LEVEL,
    UPHILL,
    count_of,
    gap_text,
    in_two,
    joined,
    plural,
)
from nnviz.view.sentences.numbers import number_text, percent, significant
from nnviz.view.sentences.runs import run_text


def batches_heading() -> str:
    """Say what is compared."""
    return "All images at every step, or a few: mini-batches"


def step_name(step: int) -> str:
    """Name a step."""
    return f"step {step:,}"


def batches_lines(n: int, batch_size: int) -> list[str]:
    """Say how many images a step of the race looks at, and how many steps a pass takes.

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
    """Say what the race runs on."""
    return f"One start, one landscape of {n_parameters:,} weights and biases"


def race_title(found: Race) -> str:
    """Count the ways from one start.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> race_title(SimpleNamespace(results=[0] * 4))
    'One start, four ways on'
    """
    n = len(found.results)
    return f"One start, {COUNTS[n] if n < len(COUNTS) else n} {plural(n, 'way')} on"


def race_costs_title(found: Race) -> str:
    """Say who ends lowest after the same work, by the true cost."""
    ends = [_end_cost(result) for result in found.results]
    if not np.isfinite(ends).any():
        return "The same work: none ends with a finite cost"
    best = int(np.argmin(np.where(np.isfinite(ends), ends, np.inf)))
    lowest = [result.contender.name for result, end in zip(found.results, ends, strict=True)
              if end <= (1 + LEVEL) * ends[best]]  # fmt: skip
    if len(lowest) == len(ends) > 1:
        return "The same work: all end alike"
    if len(lowest) == 1:
        return f"The same work; lowest at the end: {lowest[0]}"
    return f"The same work; alike and lowest: {', '.join(lowest[:-1])} and {lowest[-1]}"


def _end_cost(result: RaceResult) -> float:
    return float("inf") if result.n_diverged else float(result.trajectory.costs[-1])


def contender_rate_text(result: RaceResult) -> str:
    """Say at what rate a contender went, how many steps, and whether it diverged."""
    steps = int(result.trajectory.steps[-1])
    text = f"rate {result.learning_rate:g}, {steps:,} {plural(steps, 'step')}"
    return f"{text}, then diverged" if result.n_diverged else text


def contender_text(result: RaceResult) -> str:
    """Name a contender, with its rate and steps."""
    return f"{result.contender.name}, {contender_rate_text(result)}"


def race_lines(recording: Recording, found: Race) -> list[str]:
    """Say what the numbers of a race are and what its plane holds."""
    return [
        f"True costs, of all {found.n_examples:,}",
        "images learned. Off the plane",
        f"({percent(found.variance_explained.sum())} of the variance)",
        "the map's cost is another.",
        run_text(recording),
        *in_two(gap_text(found.landscape)),
    ]


def race_note(recording: Recording, found: Race, epochs: int) -> str:
    """Say what a figure of a race shows."""
    lines = [
        f"{run_text(recording)}; each takes {epochs} passes over {found.n_examples:,} images",
        f"the plane holds {percent(found.variance_explained.sum())} of the paths' variance",
        gap_text(found.landscape),
    ]
    return joined(lines)


def race_costs_note(recording: Recording, found: Race) -> str:
    """Say what the costs of a race are."""
    return (
        f"{run_text(recording)}; true costs, average over the {found.n_examples:,} images "
        "that are learned"
    )


MINIMA_COLUMNS = ("cost", "held-out", "right")
EPOCHS, SHARE_BETWEEN = "passes over the images", "share of the way from one end to another"


def seed_text(seed: int) -> str:
    """Name a training by its seed."""
    return f"seed {seed}"


def minimum_values(found: Minima, i: int) -> tuple[str, str, str]:
    """Return the end of one training: costs of what was learned and held out, and its share right.

    A network whose held-out cost is not a number predicts nothing: none of it is right or wrong.
    """
    test_cost = float(found.test_costs[i])
    right = "none" if np.isnan(test_cost) else percent(found.test_accuracies[i], decimals=1)
    return _end_text(float(found.train_costs[i])), _end_text(test_cost), right


def _end_text(cost: float) -> str:
    """Return a cost with the places that all of a column have; what is less in one digit."""
    return significant(cost, 1) if 0 < cost < 5e-4 else number_text(cost, 3)


def minima_heading(n: int) -> str:
    """Say what is trained.

    Examples
    --------
    >>> minima_heading(3)
    '3 starts, 3 trainings on the same images'
    """
    return f"{n} starts, {n} trainings on the same images"


def lines_heading() -> str:
    """Say how two ends are compared."""
    return "Do they meet? Walk straight from one end to another"


def minima_verdict(found: Minima) -> str:
    """Say what the numbers say of the ends, no more."""
    if not np.isfinite(found.train_costs).all():
        n = int((~np.isfinite(found.train_costs)).sum())
        return f"{n} of {len(found.seeds)} trainings have no finite cost at the end"
    return f"{_places(found)}, {_hills(found)}, {_equality(found)}"


def _places(found: Minima) -> str:
    n_same = int((found.distances == 0).sum())
    if n_same == len(found.distances):
        return "The same place"
    return "Partly different places" if n_same else "Different places"


def _hills(found: Minima) -> str:
    highest = np.where(np.isnan(found.lines), np.inf, found.lines).max(axis=1)
    is_hill = highest > UPHILL * found.train_costs[found.pairs].max(axis=1)
    if is_hill.all():
        return "hills on the straight way"
    return "some hills on the straight way" if is_hill.any() else "no hills on the straight way"


def _equality(found: Minima) -> str:
    alike = [
        bool(costs.max() <= ALIKE * costs.min()) for costs in (found.train_costs, found.test_costs)
    ]
    if n := int((~np.isfinite(found.test_costs)).sum()):
        text = "about equal in cost" if alike[0] else "not equal in cost"
        return f"{text}; {n} without a finite one on held-out images"
    if all(alike):
        return "about equal in cost"
    if alike[0]:
        return "equal in cost, not on held-out images"
    return "not equal in cost, but on held-out images" if alike[1] else "not equal in cost"


def minima_findings(found: Minima) -> list[str]:
    """Say what was measured of the ends and between them, and what counts as a hill."""
    return [
        f"cost at the ends: {range_text(found.train_costs)}",
        f"highest between two: {range_text(found.lines.max(axis=1))}",
        f"held-out cost: {range_text(found.test_costs)}",
        f"distance between ends: {range_text(found.distances)}",
        f"a hill: over {percent(UPHILL - 1)} above the higher end",
        f"equal: up to {percent(ALIKE - 1)} apart",
    ]


def minima_errors_text(found: Minima) -> str:
    """Say how sure the held-out figures are, if they are of a sample; else nothing."""
    cost, share = (
        float(np.max(errors, where=np.isfinite(errors), initial=0))
        for errors in (found.test_cost_errors, found.test_accuracy_errors)
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


def minima_caption(recording: Recording, found: Minima) -> str:
    """Say which images are learned and which held out."""
    return (
        f"{run_text(recording)}; learned: "
        f"{count_of(found.n_examples, recording.n_examples('train'), 'training')}; held out: "
        f"{count_of(found.n_held_out, recording.n_examples('test'), 'held-out')}"
    )


def range_text(values: FloatArray) -> str:
    """Say from where to where values go, and how many are not finite.

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
