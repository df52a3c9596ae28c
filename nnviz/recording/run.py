"""Training and recording of a network in one call."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nnviz.core.costs import CROSS_ENTROPY, get_cost
from nnviz.core.initializers import default_initializer
from nnviz.core.learning_rates import default_learning_rate
from nnviz.core.network import Network
from nnviz.core.settings import TrainingSettings
from nnviz.core.training import Observer, Training
from nnviz.data.dataset import Dataset
from nnviz.errors import SettingError
from nnviz.recording.recorder import Recorder
from nnviz.recording.recording import Recording
from nnviz.recording.schedule import parse_schedule

#: Steps that are recorded by default: dense at first, where most happens, and every epoch.
DEFAULT_SCHEDULE = "log:300,epochs"

# Hidden layers of the network in the video series.
_HIDDEN_SIZES = (16, 16)


def train(
    data: Dataset,
    out: str | Path,
    *,
    layers: Sequence[int] | None = None,
    activation: str | None = None,
    initializer: str | None = None,
    start: Network | None = None,
    seed: int = 0,
    record: str = DEFAULT_SCHEDULE,
    force: bool = False,
    observers: Sequence[Observer] = (),
    learning_rate: float | None = None,
    cost: str = "squared_error",
    **settings: Any,
) -> Recording:
    """Train a network on a data set and record it.

    Parameters
    ----------
    data
        Data set to learn from and to be measured on.
    out
        Folder to make.
    layers
        Number of neurons in each layer, input first; ``None`` is the data's pixels, 16, 16 and
        the data's classes.
    activation
        Name of the hidden layers' activation function; ``None`` is ``sigmoid``. The output
        layer is softmax under ``cross_entropy`` and sigmoid otherwise, so that it can be read
        as brightness.
    initializer
        Name of the distribution of the first parameters: ``normal``, ``scaled`` or ``he``;
        ``None`` is the one that suits ``activation``.
    start
        Network to train a copy of, with its own layers and activation functions; ``None`` is
        one with random parameters.
    seed
        Seed of the first parameters and of the order of the examples, from 0 to 2**63 - 1.
    record
        Which steps to record; see :func:`nnviz.recording.schedule.parse_schedule`.
    force
        Whether to replace a recording that is there already.
    observers
        Observers of the training, called after the recorder.
    learning_rate
        Learning rate of the first step, above 0; ``None`` is one that suits the other settings.
    cost
        Name of the cost function: ``squared_error`` or ``cross_entropy``.
    **settings
        Other settings of :class:`nnviz.core.settings.TrainingSettings`, by their names.

    Returns
    -------
    Recording
        The recorded training, or the part of it until an observer stopped it.

    Raises
    ------
    NnvizError
        If a setting cannot work, or ``out`` holds something that is not replaced.
    """
    cost = get_cost(cost).name
    if start is None:
        activation = activation or "sigmoid"
        initializer = initializer or default_initializer(activation)
        network = _random_network(data, layers, activation, initializer, cost=cost, seed=seed)
    else:
        _check_alone(layers=layers, activation=activation, initializer=initializer)
        network = start.copy()
    if learning_rate is None:
        optimizer = settings.get("optimizer", "sgd")
        learning_rate = default_learning_rate(optimizer, network.activation, cost)
    training = Training(
        network,
        data.train.examples(data.n_classes),
        data.test.examples(data.n_classes),
        TrainingSettings(cost=cost, seed=seed, learning_rate=learning_rate, **settings),
    )
    recorder = Recorder(
        Path(out),
        data,
        parse_schedule(record),
        initializer=initializer,
        seed=seed if start is None else None,
        force=force,
    )
    try:
        training.run([recorder, *observers])
    finally:
        recorder.close(complete=False)  # only where the training was cut off by an error
    return Recording.open(out)


def _random_network(
    data: Dataset,
    layers: Sequence[int] | None,
    activation: str,
    initializer: str,
    *,
    cost: str,
    seed: int,
) -> Network:
    height, width = data.image_shape
    return Network.create(
        layers or (height * width, *_HIDDEN_SIZES, data.n_classes),
        seed=seed,
        activation=activation,
        output="softmax" if cost == CROSS_ENTROPY.name else "sigmoid",
        initializer=initializer,
    )


def _check_alone(**choices: object) -> None:
    """Refuse choices of a random network beside a given one."""
    given = [name for name, value in choices.items() if value is not None]
    if given:
        message = (
            f"a given start has its own layers and parameters; got {', '.join(given)} as well. "
            "Leave that out, or the start."
        )
        raise SettingError(message)
