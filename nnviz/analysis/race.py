"""Optimizers compared: trainings from one start, their paths on one landscape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.analysis.landscape import Landscape, RecordedCost, frame_around
from nnviz.analysis.planes import Plane, finite_snapshots, principal_plane
from nnviz.analysis.training_runs import TrainingRun, retrain
from nnviz.analysis.trajectory import Trajectory, project_path
from nnviz.core.arrays import FloatArray
from nnviz.core.examples import Examples
from nnviz.core.learning_rates import default_learning_rate
from nnviz.core.settings import TrainingSettings
from nnviz.progress import OnProgress
from nnviz.recording.recording import Recording

# Snapshots of each contender besides the start: its path looks smooth on a screen.
_SNAPSHOTS = 120


@dataclass(frozen=True, slots=True)
class Contender:
    """An optimizer with its settings, to be compared with others.

    Parameters
    ----------
    name
        Name shown for it.
    optimizer
        Optimizer that trains: ``gradient_descent`` (all examples at every step), ``sgd``,
        ``momentum`` or ``adam``.
    learning_rate
        Learning rate of all steps, above 0; by default (``None``) one that suits the
        optimizer.
    batch_size
        Number of examples a step learns from; ``gradient_descent`` ignores it.
    """

    name: str
    optimizer: str
    learning_rate: float | None = None
    batch_size: int = 32


#: The optimizers that are compared by default.
CONTENDERS = (
    Contender("full batch", "gradient_descent"),
    Contender("mini-batches", "sgd"),
    Contender("momentum", "momentum"),
    Contender("Adam", "adam"),
)


@dataclass(frozen=True, slots=True, eq=False)
class RaceResult:
    """The training of one contender, projected onto the plane of all.

    Parameters
    ----------
    contender
        The contender that was trained.
    learning_rate
        Learning rate that it was trained with.
    epochs
        Epochs trained before each point of the path, shape ``(n,)``; fractions count.
    trajectory
        Path of the training on the plane of all.
    n_diverged
        Number of snapshots left out because their parameters were not finite any more.
    """

    contender: Contender
    learning_rate: float
    epochs: FloatArray
    trajectory: Trajectory
    n_diverged: int


@dataclass(frozen=True, slots=True, eq=False)
class Race:
    """Trainings of several contenders from one start, on one landscape.

    Parameters
    ----------
    results
        Results of the contenders, in the order in which they were given.
    landscape
        Cost over the principal plane of all paths together, averaged over the examples that
        all learned.
    variance_explained
        Share of the variance of all paths along each direction of the plane, shape ``(2,)``,
        in [0, 1].
    n_examples
        Number of examples that all learned.
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
    """Train a recorded network anew with several optimizers, all from its first recorded step.

    All learn the recording's sample of training examples for the same number of epochs: the
    same work, in few careful steps or many hasty ones. The cost of the landscape is that of
    exactly these examples.

    Parameters
    ----------
    recording
        Recording that gives the start, the cost function and the examples.
    contenders
        Optimizers to compare, at least one.
    epochs
        Number of epochs that each contender trains, at least 1.
    n
        Number of points along the landscape's x axis, from 2 to 2000; there are ``n * aspect``
        along y.
    aspect
        Height of the landscape divided by its width, above 0.
    on_progress
        Called with how many points of the landscape are done, and how many there are.

    Returns
    -------
    Race
        The result of each contender, and the landscape around all paths.

    Raises
    ------
    RecordingError
        If the paths have no plane; see :func:`nnviz.analysis.planes.principal_plane`.
    SettingError
        If a number or a name is not one that a training can have, or ``n`` or the aspect is
        out of its range.
    """
    examples = recording.examples("train")
    runs = [_train(recording, examples, contender, epochs) for contender in contenders]
    plane = principal_plane(*(run.finite_path for run in runs))
    cost = RecordedCost(recording, examples)
    results = tuple(_result(run, cost, plane) for run in runs)
    coordinates = np.concatenate([result.trajectory.coordinates for result in results])
    x, y = frame_around(coordinates, n, aspect)
    landscape = cost.on_grid(plane, x, y, on_progress=on_progress)
    paths = np.concatenate([run.finite_path for run in runs])
    explained = plane.variance_explained(paths.astype(np.float64))
    return Race(results, landscape, explained, len(examples))


@dataclass(frozen=True, slots=True, eq=False)
class _ContenderRun:
    """A contender's training, and how many of its snapshots have finite parameters."""

    contender: Contender
    learning_rate: float
    training: TrainingRun
    n_finite: int

    @property
    def finite_path(self) -> FloatArray:
        """The snapshots that can be shown, ``(n_finite, n_parameters)``."""
        return self.training.parameters[: self.n_finite]


def _train(
    recording: Recording, examples: Examples, contender: Contender, epochs: int
) -> _ContenderRun:
    """Train the recording's first network as a contender does."""
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
    training = retrain(start, examples, settings, n_snapshots=_SNAPSHOTS)
    return _ContenderRun(contender, rate, training, len(finite_snapshots(training.parameters)))


def _result(run: _ContenderRun, cost: RecordedCost, plane: Plane) -> RaceResult:
    """Project a contender's path onto the plane of all."""
    n, training = run.n_finite, run.training
    return RaceResult(
        contender=run.contender,
        learning_rate=run.learning_rate,
        epochs=training.epochs[:n],
        trajectory=project_path(
            cost, plane, run.finite_path, steps=training.steps[:n], costs=training.costs[:n]
        ),
        n_diverged=len(training.steps) - n,
    )
