"""Where trainings from different starts end, and the cost on the way between the ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from nnviz.analysis.cache import measured_once
from nnviz.analysis.landscape import cost_along_line
from nnviz.analysis.retraining import Retraining, recorded_settings, restart, retrain
from nnviz.analysis.scores import if_random, mean_error, share_error
from nnviz.core.arrays import FloatArray, IntArray
from nnviz.core.examples import Examples
from nnviz.core.training import evaluate
from nnviz.errors import SettingError
from nnviz.recording.recording import Recording

_MOMENTS = 100


@dataclass(frozen=True, slots=True, eq=False)
class Minima:
    """The ends of several trainings that differ in nothing but their seed.

    Parameters
    ----------
    seeds
        Of each start and order of examples, ``(n,)``.
    trainings
        One a seed.
    train_costs, test_costs
        Of each end, on the examples learned and on held-out ones, ``(n,)``.
    test_accuracies
        Of each end, ``(n,)``, in [0, 1].
    test_cost_errors, test_accuracy_errors
        Standard errors of both as estimates of all held-out examples, ``(n,)``; 0 where all
        were measured.
    at
        Where costs along lines were measured, from 0 to 1, ``(m,)``.
    pairs
        Which two ends each line joins, ``(n (n - 1) / 2, 2)``.
    lines
        Cost of the examples learned along each, ``(n (n - 1) / 2, m)``; infinite where it
        overflows, and NaN where an end is not finite: there is no line then.
    distances
        Length of each line, ``(n (n - 1) / 2,)``, in the units of the parameters.
    n_examples, n_held_out
        That costs are measured on.
    """

    seeds: tuple[int, ...]
    trainings: tuple[Retraining, ...]
    train_costs: FloatArray
    test_costs: FloatArray
    test_accuracies: FloatArray
    test_cost_errors: FloatArray
    test_accuracy_errors: FloatArray
    at: FloatArray
    pairs: IntArray
    lines: FloatArray
    distances: FloatArray
    n_examples: int
    n_held_out: int


def minima(
    recording: Recording,
    *,
    seeds: Sequence[int] = (0, 1, 2, 3, 4),
    passes: int | None = None,
    n: int = 61,
) -> Minima:
    """Train a recorded network anew from several starts, and join the ends by lines.

    Each training has the recording's settings but for its seed and learns the recording's
    sample of training examples.

    Parameters
    ----------
    recording
        Gives the network, the settings and the examples.
    seeds
        At least two, all different.
    passes
        Over the examples; by default the recorded training's, at least 60.
    n
        Points along each line.

    Raises
    ------
    SettingError
        If there are fewer than two seeds, or one twice.
    """
    seeds = tuple(seeds)
    if len(set(seeds)) < max(2, len(seeds)):
        message = f"seeds must be two or more, all different; got {seeds}."
        raise SettingError(message)
    examples, held_out = recording.examples("train"), recording.examples("test")
    settings = recorded_settings(recording)
    settings = replace(settings, epochs=passes or max(settings.epochs, 60))
    blank = recording.network_at(-1)
    trainings = []
    for seed in seeds:
        start = restart(recording, seed)
        trainings.append(retrain(start, examples, replace(settings, seed=seed), n_moments=_MOMENTS))
    ends = [training.parameters[-1] for training in trainings]
    held = [evaluate(blank.with_parameters(end), held_out, recording.cost) for end in ends]
    counts = len(held_out), recording.n_examples("test")

    def errors(found: Iterable[float]) -> FloatArray:
        return np.array([if_random(recording, error) for error in found])

    pairs = list(combinations(range(len(seeds)), 2))
    at = np.linspace(0, 1, n)
    lines = [
        line_costs(recording, examples, ends[i], ends[j], at)
        if np.isfinite([ends[i], ends[j]]).all()
        else np.full(n, np.nan)
        for i, j in pairs
    ]
    return Minima(
        seeds,
        tuple(trainings),
        np.array([training.costs[-1] for training in trainings]),
        np.array([each.cost for each in held]),
        np.array([each.accuracy for each in held]),
        errors(mean_error(each.cost_deviation, *counts) for each in held),
        errors(share_error(each.accuracy, *counts) for each in held),
        at,
        np.array(pairs),
        np.array(lines),
        np.array([np.linalg.norm(ends[j] - ends[i]) for i, j in pairs]),
        len(examples),
        len(held_out),
    )


def line_costs(
    recording: Recording, examples: Examples, start: FloatArray, end: FloatArray, at: FloatArray
) -> FloatArray:
    """Measure a recorded network's cost along a line; once, and then it is kept.

    Parameters
    ----------
    recording
        Gives the network and its cost.
    examples, start, end, at
        See :func:`nnviz.analysis.landscape.cost_along_line`.
    """
    network, cost = recording.network_at(-1), recording.cost
    described = sorted(network.describe().items())
    return measured_once(
        recording.path,
        [described, cost.name, examples.inputs, examples.labels, "line", start, end, at],
        at.shape,
        lambda: cost_along_line(network, examples, cost, start, end, at),
    )
