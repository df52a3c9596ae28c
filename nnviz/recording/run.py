"""Train a network and record it: the whole job in one call."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nnviz.core.costs import CROSS_ENTROPY, get_cost
from nnviz.core.initializers import default_initializer
from nnviz.core.learning_rates import default_learning_rate
from nnviz.core.network import Network
from nnviz.core.training import Observer, Training, TrainingSettings
from nnviz.data.dataset import Dataset
from nnviz.errors import SettingError
from nnviz.recording.recorder import Recorder
from nnviz.recording.recording import Recording
from nnviz.recording.schedule import parse_schedule

DEFAULT_SCHEDULE = "log:300,epochs"


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
        What to learn, and what to hold out.
    out
        The folder to make.
    layers
        Neurons of each layer, input first; by default the data's pixels, 16, 16 and the
        data's classes.
    activation
        Of the hidden layers, by default ``sigmoid``. The output layer is softmax under
        ``cross_entropy`` and sigmoid otherwise, so that it can be read as brightness.
    initializer
        ``normal``, ``scaled`` or ``he``; by default the one that suits ``activation``.
    start
        Train a copy of this network, with its own layers and activation functions, instead of
        one with random parameters.
    seed
        Of the network's start and of the order of the examples.
    record
        Which steps to record; see :func:`nnviz.recording.schedule.parse_schedule`.
    force
        Replace a recording that is there already.
    observers
        Told of the training after the recorder.
    learning_rate
        By default one that suits the other settings.
    cost
        ``squared_error`` or ``cross_entropy``.
    **settings
        See :class:`nnviz.core.training.TrainingSettings`.

    Returns
    -------
    Recording
        Of the training, or of the part of it until an observer stopped it.

    Raises
    ------
    NnvizError
        If a setting cannot work, or something is in the way at ``out``.
    """
    cost = get_cost(cost).name
    if start is None:
        activation = activation or "sigmoid"
        initializer = initializer or default_initializer(activation)
        height, width = data.image_shape
        network = Network.create(
            layers or (height * width, 16, 16, data.n_classes),
            seed=seed,
            activation=activation,
            output="softmax" if cost == CROSS_ENTROPY.name else "sigmoid",
            initializer=initializer,
        )
    else:
        _check_alone(layers=layers, activation=activation, initializer=initializer)
        network = start.copy()
    chosen = TrainingSettings(
        cost=cost,
        seed=seed,
        learning_rate=(
            default_learning_rate(settings.get("optimizer", "sgd"), network.activation, cost)
            if learning_rate is None
            else learning_rate
        ),
        **settings,
    )
    training = Training(
        network,
        data.train.examples(data.n_classes),
        data.test.examples(data.n_classes),
        chosen,
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


def _check_alone(**choices: object) -> None:
    given = [name for name, value in choices.items() if value is not None]
    if given:
        message = (
            f"a given start has its own layers and parameters; got {', '.join(given)} as well. "
            "Leave that out, or the start."
        )
        raise SettingError(message)
