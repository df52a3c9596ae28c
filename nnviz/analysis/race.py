"""Several optimizers from one start, on one landscape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.analysis.landscape import Landscape, RecordedCost, frame_around
from nnviz.analysis.planes import Plane, finite_moments, principal_plane
from nnviz.analysis.training_runs import TrainingRun, retrain
from nnviz.analysis.trajectory import Trajectory, project_path
from nnviz.core.arrays import FloatArray
from nnviz.core.examples import Examples
from nnviz.core.learning_rates import default_learning_rate
from nnviz.core.training import TrainingSettings
from nnviz.progress import OnProgress
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
class RaceResult:
    """How a contender did.

    Parameters
    ----------
    contender
        Who.
    learning_rate
        That was used.
    epochs
        Over all examples, taken before each moment, ``(n,)``.
    trajectory
        The way.
    n_diverged
        Moments left out as their parameters were not finite any more.
    """

    contender: Contender
    learning_rate: float
    epochs: FloatArray
    trajectory: Trajectory
    n_diverged: int


@dataclass(frozen=True, slots=True, eq=False)
class Race:
    """Several trainings from one start.

    Parameters
    ----------
    results
        One a contender.
    landscape
        The cost of the examples that all learn, over the plane that holds most of the
        variance of all ways together.
    variance_explained
        Share of that variance along each direction, ``(2,)``, in [0, 1].
    n_examples
        That all learn.
    """

    results: tuple[RaceResult, ...]
    landscape: Landscape
    variance_explained: FloatArray
    n_examples: int


def race_optimizers(
    recording: Recording,
    *,
    contenders: Sequence[Contender] = CONTENDERS,
    epochs: int = 20,
    n: int = 61,
    aspect: float = 1.0,
    on_progress: OnProgress | None = None,
) -> Race:
    """Train a recorded network anew from its first recorded moment, in several ways.

    All learn the recording's sample of training examples and take as many epochs over it:
    as much work, in few careful steps or many hasty ones. The cost shown is that of exactly
    the examples learned.

    Parameters
    ----------
    recording
        Gives the start, the cost and the examples.
    contenders
        Who takes part.
    epochs
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
    runs = [_run(recording, examples, contender, epochs) for contender in contenders]
    plane = principal_plane(*(each.finite_path for each in runs))
    cost = RecordedCost(recording, examples)
    results = tuple(_result(each, cost, plane) for each in runs)
    everywhere = np.concatenate([result.trajectory.coordinates for result in results])
    x, y = frame_around(everywhere, n, aspect)
    landscape = cost.on_grid(plane, x, y, on_progress=on_progress)
    paths = np.concatenate([each.finite_path for each in runs])
    explained = plane.variance_explained(paths.astype(np.float64))
    return Race(results, landscape, explained, len(examples))


@dataclass(frozen=True, slots=True, eq=False)
class _ContenderRun:
    """A contender's training, and how many of its moments have finite parameters."""

    contender: Contender
    learning_rate: float
    training: TrainingRun
    n_finite: int

    @property
    def finite_path(self) -> FloatArray:
        """The moments that can be shown, ``(n_finite, n_parameters)``."""
        return self.training.parameters[: self.n_finite]


def _run(
    recording: Recording, examples: Examples, contender: Contender, epochs: int
) -> _ContenderRun:
    """Train from the recording's first moment as a contender does."""
    start = recording.network_at(0)
    rate = contender.learning_rate
    if rate is None:
        rate = default_learning_rate(contender.optimizer, start.activation, recording.cost.name)
    settings = TrainingSettings(
        cost=recording.cost.name,
        optimizer=contender.optimizer,
        learning_rate=rate,
        decay="constant",
        batch_size=contender.batch_size,
        epochs=epochs,
    )
    training = retrain(start, examples, settings, n_moments=_MOMENTS)
    return _ContenderRun(contender, rate, training, len(finite_moments(training.parameters)))


def _result(run: _ContenderRun, cost: RecordedCost, plane: Plane) -> RaceResult:
    """Project a contender's path onto the plane of all."""
    n, training = run.n_finite, run.training
    trajectory = project_path(
        cost, plane, run.finite_path, steps=training.steps[:n], costs=training.costs[:n]
    )
    n_diverged = len(training.steps) - n
    return RaceResult(run.contender, run.learning_rate, training.epochs[:n], trajectory, n_diverged)
