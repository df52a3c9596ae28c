"""Several optimizers from one start, on one landscape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.analysis.descent import Trajectory, frame_around, measure_landscape, project
from nnviz.analysis.landscape import Landscape, OnProgress
from nnviz.analysis.planes import finite_moments, principal_plane
from nnviz.analysis.retraining import Retraining, retrain
from nnviz.core.arrays import FloatArray
from nnviz.core.learning_rates import default_learning_rate
from nnviz.core.training import TrainingSettings
from nnviz.recording.recording import Recording

# Besides the start, for each contender.
_MOMENTS = 120


@dataclass(frozen=True, slots=True)
class Contender:
    """A way to train.

    Parameters
    ----------
    name
        As shown.
    optimizer
        ``gradient_descent`` (all examples at every step), ``sgd``, ``momentum`` or ``adam``.
    learning_rate
        By default one that suits the optimizer.
    batch_size
        Examples a step.
    """

    name: str
    optimizer: str
    learning_rate: float | None = None
    batch_size: int = 32


CONTENDERS = (
    Contender("full batch", "gradient_descent"),
    Contender("mini-batches", "sgd"),
    Contender("momentum", "momentum"),
    Contender("Adam", "adam"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """How a contender did.

    Parameters
    ----------
    contender
        Who.
    learning_rate
        That was used.
    passes
        Over all examples, taken before each moment, ``(n,)``.
    trajectory
        The way.
    n_diverged
        Moments left out as their parameters were not finite any more.
    """

    contender: Contender
    learning_rate: float
    passes: FloatArray
    trajectory: Trajectory
    n_diverged: int


@dataclass(frozen=True, slots=True, eq=False)
class Race:
    """Several trainings from one start.

    Parameters
    ----------
    entries
        One a contender.
    landscape
        The cost of the examples that all learn, over the plane that holds most of the
        variance of all ways together.
    variance_explained
        Share of that variance along each direction, ``(2,)``, in [0, 1].
    n_examples
        That all learn.
    """

    entries: tuple[Entry, ...]
    landscape: Landscape
    variance_explained: FloatArray
    n_examples: int


def race(
    recording: Recording,
    *,
    contenders: Sequence[Contender] = CONTENDERS,
    passes: int = 20,
    n: int = 61,
    aspect: float = 1.0,
    on_progress: OnProgress | None = None,
) -> Race:
    """Train a recorded network anew from its first recorded moment, in several ways.

    All learn the recording's sample of training examples and take as many passes over it:
    as much work, in few careful steps or many hasty ones. The cost shown is that of exactly
    the examples learned.

    Parameters
    ----------
    recording
        Gives the start, the cost and the examples.
    contenders
        Who takes part.
    passes
        Over the examples, for each.
    n
        Points along the landscape's x; y has as many as the aspect asks for.
    aspect
        Height of the landscape over its width.
    on_progress
        Told of the landscape's points that are done.

    Raises
    ------
    RecordingError
        If the ways have no plane; see :func:`nnviz.analysis.planes.principal_plane`.
    """
    examples = recording.examples("train")
    start = recording.network_at(0)
    found: list[tuple[Contender, float, Retraining, int]] = []
    for contender in contenders:
        rate = contender.learning_rate
        if rate is None:
            rate = default_learning_rate(contender.optimizer, start.activation, recording.cost.name)
        settings = TrainingSettings(
            cost=recording.cost.name,
            optimizer=contender.optimizer,
            learning_rate=rate,
            decay="constant",
            batch_size=contender.batch_size,
            epochs=passes,
        )
        retraining = retrain(start, examples, settings, n_moments=_MOMENTS)
        found.append((contender, rate, retraining, len(finite_moments(retraining.parameters))))
    ways = [retraining.parameters[:n] for _, _, retraining, n in found]
    plane = principal_plane(*ways)
    entries = []
    for (contender, rate, retraining, n_finite), way in zip(found, ways, strict=True):
        trajectory = project(
            recording,
            examples,
            plane,
            way,
            steps=retraining.steps[:n_finite],
            costs=retraining.costs[:n_finite],
        )
        n_diverged = len(retraining.steps) - n_finite
        entries.append(Entry(contender, rate, retraining.passes[:n_finite], trajectory, n_diverged))
    everywhere = np.concatenate([entry.trajectory.coordinates for entry in entries])
    x, y = frame_around(everywhere, n, aspect)
    landscape = measure_landscape(recording, examples, plane, x, y, on_progress=on_progress)
    explained = plane.variance_explained(np.concatenate(ways).astype(np.float64))
    return Race(tuple(entries), landscape, explained, len(examples))
