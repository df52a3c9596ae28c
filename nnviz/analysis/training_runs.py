"""Train a recorded network anew, on the sample of examples that its recording holds."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from nnviz.core.arrays import FloatArray, IntArray
from nnviz.core.examples import Examples
from nnviz.core.network import Network
from nnviz.core.training import Observer, Training, TrainingSettings, evaluate
from nnviz.errors import RecordingError
from nnviz.recording.recording import Recording


@dataclass(frozen=True, slots=True, eq=False)
class TrainingRun:
    """What a training passed through.

    Parameters
    ----------
    steps
        Taken before each moment, ``(n,)``.
    epochs
        Over all examples, taken before each moment, ``(n,)``: the work done.
    parameters
        ``(n, n_parameters)``.
    costs
        Average cost of all examples at each moment, ``(n,)``.
    """

    steps: IntArray
    epochs: FloatArray
    parameters: FloatArray
    costs: FloatArray


def retrain(
    network: Network, examples: Examples, settings: TrainingSettings, *, n_moments: int = 100
) -> TrainingRun:
    """Train a copy of a network and keep moments, evenly spaced in the work done.

    Parameters
    ----------
    network
        The start; it stays as it is.
    examples
        To learn.
    settings
        Every choice.
    n_moments
        Most moments besides the start.
    """
    training = Training(network.copy(), examples, None, settings)
    watch = _Watch(training.n_steps, n_moments)
    training.run([watch])
    steps = np.array(watch.steps)
    return TrainingRun(
        steps,
        steps * (settings.epochs / training.n_steps),
        np.array(watch.parameters),
        np.array(watch.costs),
    )


def restart(recording: Recording, seed: int) -> Network:
    """Return a network as a recorded one was at its start, but with another seed's parameters.

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
    """Return the settings that a recorded training used."""
    recorded = recording.manifest["training"]
    return TrainingSettings(
        **{field.name: recorded[field.name] for field in fields(TrainingSettings)}
    )


class _Watch(Observer):
    def __init__(self, n_steps: int, n_moments: int) -> None:
        self._wanted = set(np.linspace(0, n_steps, n_moments + 1).round().astype(int).tolist())
        self.steps: list[int] = []
        self.parameters: list[FloatArray] = []
        self.costs: list[float] = []

    def on_step(self, training: Training) -> None:
        if training.step in self._wanted:
            self.steps.append(training.step)
            self.parameters.append(training.network.parameters.copy())
            self.costs.append(evaluate(training.network, training.train_set, training.cost).cost)
