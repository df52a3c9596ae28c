"""Where trainings from different starts end, and the cost on the way between the ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from nnviz.analysis.landscape import RecordedCost
from nnviz.analysis.scores import if_random, mean_error, share_error
from nnviz.analysis.training_runs import TrainingRun, recorded_settings, restart, retrain
from nnviz.core.arrays import FloatArray, IntArray
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
    trainings: tuple[TrainingRun, ...]
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


def find_minima(
    recording: Recording,
    *,
    seeds: Sequence[int] = (0, 1, 2, 3, 4),
    epochs: int | None = None,
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
    epochs
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
    settings = replace(settings, epochs=epochs or max(settings.epochs, 60))
    cost = RecordedCost(recording, examples)
    blank = recording.blank_network()
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
        cost.along_line(ends[i], ends[j], at)
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
