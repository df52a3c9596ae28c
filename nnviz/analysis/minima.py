"""Where trainings from different starts end, and the cost along the lines between the ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from nnviz.analysis.landscape import RecordedCost
from nnviz.analysis.scores import if_random, mean_error, share_error
from nnviz.analysis.training_runs import TrainingRun, recorded_settings, restart, retrain
from nnviz.core.arrays import FloatArray, IntArray
from nnviz.core.evaluation import evaluate
from nnviz.errors import SettingError
from nnviz.recording.recording import Recording

# Snapshots of each training besides the start: its curve of costs looks smooth on a screen.
_SNAPSHOTS = 100
# Fewest epochs of a training by default: after fewer, none has come near a minimum.
_FEWEST_EPOCHS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Minima:
    """The ends of several trainings that differ in nothing but their seed.

    Parameters
    ----------
    seeds
        Seed of each training's initial parameters and of its order of examples, ``n`` of them.
    trainings
        The trainings, one for each seed.
    train_costs
        Cost of each end, averaged over the examples learned, shape ``(n,)``.
    test_costs
        Cost of each end, averaged over the held-out examples measured, shape ``(n,)``.
    test_accuracies
        Accuracy of each end on the held-out examples measured, shape ``(n,)``, in [0, 1].
    test_cost_errors
        Standard errors of ``test_costs`` as estimates of all held-out examples' costs, shape
        ``(n,)``; 0 where all were measured, and NaN where the sample is not a random one.
    test_accuracy_errors
        Standard errors of ``test_accuracies``, as of the costs.
    shares
        Places on each line where the cost was measured, ascending, shape ``(m,)``: 0 is one
        end, 1 the other.
    pairs
        Numbers, from 0, of the two trainings whose ends each line joins, shape
        ``(n (n - 1) / 2, 2)``.
    lines
        Cost of the examples learned at each place on each line, shape
        ``(n (n - 1) / 2, m)``; infinite where it overflows, and NaN on the whole line where an
        end is not finite.
    distances
        Length of each line in the units of the parameters, shape ``(n (n - 1) / 2,)``; not
        finite where an end is not.
    n_examples
        Number of examples learned, on which ``train_costs`` and ``lines`` are measured.
    n_held_out
        Number of held-out examples on which ``test_costs`` and ``test_accuracies`` are
        measured.
    """

    seeds: tuple[int, ...]
    trainings: tuple[TrainingRun, ...]
    train_costs: FloatArray
    test_costs: FloatArray
    test_accuracies: FloatArray
    test_cost_errors: FloatArray
    test_accuracy_errors: FloatArray
    shares: FloatArray
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

    Each training has the recording's settings but for its seed and its epochs, and learns the
    recording's sample of training examples.

    Parameters
    ----------
    recording
        Recording that gives the network, the settings and the examples.
    seeds
        Seeds of the trainings, at least two, all different.
    epochs
        Number of epochs of each training; by default (``None``) that of the recorded training,
        but at least 60.
    n
        Number of places on each line where the cost is measured, both ends included.

    Returns
    -------
    Minima
        Cost and accuracy of each end, and the cost along the line between every two of them.

    Raises
    ------
    SettingError
        If there are fewer than two seeds, or one twice.
    RecordingError
        If the recorded network's initial parameters were given and not drawn at random.
    """
    seeds = tuple(seeds)
    if len(set(seeds)) < max(2, len(seeds)):
        message = f"seeds must be two or more, all different; got {seeds}."
        raise SettingError(message)
    trainings = _trained_from(recording, seeds, epochs)
    ends = [training.parameters[-1] for training in trainings]
    held_out = _held_out_scores(recording, ends)
    lines = _lines_between(recording, ends, np.linspace(0, 1, n))
    return Minima(
        seeds=seeds,
        trainings=trainings,
        train_costs=np.array([training.costs[-1] for training in trainings]),
        test_costs=held_out.costs,
        test_accuracies=held_out.accuracies,
        test_cost_errors=held_out.cost_errors,
        test_accuracy_errors=held_out.accuracy_errors,
        shares=lines.shares,
        pairs=lines.pairs,
        lines=lines.costs,
        distances=lines.distances,
        n_examples=len(recording.examples("train")),
        n_held_out=len(recording.examples("test")),
    )


def _trained_from(
    recording: Recording, seeds: Sequence[int], epochs: int | None
) -> tuple[TrainingRun, ...]:
    """Train the recorded network once from each seed's start."""
    examples, settings = recording.examples("train"), recorded_settings(recording)
    settings = replace(settings, epochs=epochs or max(settings.epochs, _FEWEST_EPOCHS))
    return tuple(
        retrain(
            restart(recording, seed),
            examples,
            replace(settings, seed=seed),
            n_snapshots=_SNAPSHOTS,
        )
        for seed in seeds
    )


@dataclass(frozen=True, slots=True, eq=False)
class _HeldOutScores:
    """Costs and accuracies of networks on held-out examples, with standard errors; ``(n,)`` each.

    See :class:`Minima` for each of them.
    """

    costs: FloatArray
    accuracies: FloatArray
    cost_errors: FloatArray
    accuracy_errors: FloatArray


def _held_out_scores(recording: Recording, ends: Sequence[FloatArray]) -> _HeldOutScores:
    """Measure networks of the given parameters on the recording's held-out sample."""
    held_out, blank = recording.examples("test"), recording.blank_network()
    scores = [evaluate(blank.with_parameters(end), held_out, recording.cost) for end in ends]
    counts = len(held_out), recording.n_examples("test")
    cost_errors = [mean_error(score.cost_deviation, *counts) for score in scores]
    accuracy_errors = [share_error(score.accuracy, *counts) for score in scores]
    return _HeldOutScores(
        costs=np.array([score.cost for score in scores]),
        accuracies=np.array([score.accuracy for score in scores]),
        cost_errors=np.array([if_random(recording, error) for error in cost_errors]),
        accuracy_errors=np.array([if_random(recording, error) for error in accuracy_errors]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """The lines between every two points of parameter space; see :class:`Minima` for shapes."""

    shares: FloatArray
    pairs: IntArray
    costs: FloatArray
    distances: FloatArray


def _lines_between(recording: Recording, ends: Sequence[FloatArray], shares: FloatArray) -> _Lines:
    """Measure the cost of the examples learned along the line between every two ends."""
    cost = RecordedCost(recording, recording.examples("train"))
    pairs = list(combinations(range(len(ends)), 2))
    costs = [
        cost.along_line(ends[i], ends[j], shares)
        if np.isfinite([ends[i], ends[j]]).all()
        else np.full(len(shares), np.nan)
        for i, j in pairs
    ]
    return _Lines(
        shares=shares,
        pairs=np.array(pairs),
        costs=np.array(costs),
        distances=np.array([np.linalg.norm(ends[j] - ends[i]) for i, j in pairs]),
    )
