"""Recorded networks trained anew, on the sample of examples that their recording holds."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from nnviz.core.arrays import FloatArray, IntArray
from nnviz.core.evaluation import evaluate
from nnviz.core.examples import Examples
from nnviz.core.network import Network
from nnviz.core.settings import TrainingSettings
from nnviz.core.training import Observer, Training
from nnviz.errors import RecordingError
from nnviz.recording.recording import Recording


@dataclass(frozen=True, slots=True, eq=False)
class TrainingRun:
    """Snapshots of a training, from its start to its end.

    Parameters
    ----------
    steps
        Training steps taken before each snapshot, shape ``(n,)``; the first is 0.
    epochs
        Epochs trained before each snapshot, shape ``(n,)``; fractions of an epoch count.
    parameters
        Parameters of the network at each snapshot, shape ``(n, n_parameters)``.
    costs
        Cost of each snapshot, averaged over all examples learned, shape ``(n,)``.
    """

    steps: IntArray
    epochs: FloatArray
    parameters: FloatArray
    costs: FloatArray


def retrain(
    network: Network, examples: Examples, settings: TrainingSettings, *, n_snapshots: int = 100
) -> TrainingRun:
    """Train a copy of a network, and keep snapshots that are evenly spaced over its steps.

    Parameters
    ----------
    network
        Network to start from; it stays as it is.
    examples
        Examples to learn.
    settings
        Settings of the training.
    n_snapshots
        Number of snapshots besides the start; fewer if the training has fewer steps.

    Returns
    -------
    TrainingRun
        The snapshots, the start and the end among them.
    """
    training = Training(network.copy(), examples, None, settings)
    snapshots = _Snapshots(training.n_steps, n_snapshots)
    training.run([snapshots])
    steps = np.array(snapshots.steps)
    return TrainingRun(
        steps,
        steps * (settings.epochs / training.n_steps),
        np.array(snapshots.parameters),
        np.array(snapshots.costs),
    )


def restart(recording: Recording, seed: int) -> Network:
    """Return a network as a recorded one was at its start, but with another seed's parameters.

    Parameters
    ----------
    recording
        Recording that gives the architecture and the initializer.
    seed
        Seed of the initial parameters, 0 or more; the recorded network's own gives its start.

    Raises
    ------
    RecordingError
        If the recorded network's parameters were given and not drawn at random.
    """
    if not recording.has_random_start:
        message = (
            "another start needs an initializer to draw it; the parameters that "
            f"{recording.path} starts from were given. Show a training that starts at random."
        )
        raise RecordingError(message)
    recorded = recording.manifest["network"]
    return Network.create(
        recording.sizes,
        seed=seed,
        activation=recorded["activation"],
        output=recorded["output"],
        initializer=recorded["initializer"],
        dtype=recorded["dtype"],
    )


def recorded_settings(recording: Recording) -> TrainingSettings:
    """Return the settings of a recorded training."""
    recorded = recording.manifest["training"]
    return TrainingSettings(
        **{field.name: recorded[field.name] for field in fields(TrainingSettings)}
    )


class _Snapshots(Observer):
    """Keeps snapshots at steps that are evenly spaced over a training."""

    def __init__(self, n_steps: int, n_snapshots: int) -> None:
        self._wanted = set(np.linspace(0, n_steps, n_snapshots + 1).round().astype(int).tolist())
        self.steps: list[int] = []
        self.parameters: list[FloatArray] = []
        self.costs: list[float] = []

    def on_step(self, training: Training) -> None:
        if training.step in self._wanted:
            self.steps.append(training.step)
            self.parameters.append(training.network.parameters.copy())
            self.costs.append(evaluate(training.network, training.train_set, training.cost).cost)
