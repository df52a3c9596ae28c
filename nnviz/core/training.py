"""Training: a loop over mini-batches that tells its observers what happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from nnviz.core.backpropagation import Backpropagation
from nnviz.core.batches import Batch, shuffled_batches
from nnviz.core.costs import Cost, get_cost
from nnviz.core.examples import Examples, fits_outputs
from nnviz.core.learning_rates import get_decay
from nnviz.core.network import Network
from nnviz.core.optimizers import create_optimizer
from nnviz.core.predictions import predict_classes
from nnviz.core.seeds import check_seed
from nnviz.errors import SettingError, ShapeError

_EVALUATION_ROWS = 2048


# Passes, or examples a step.
_MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """Every choice of a training; the defaults are the classic story.

    Parameters
    ----------
    cost
        ``squared_error`` or ``cross_entropy``.
    optimizer
        ``sgd``, ``momentum``, ``adam``, or ``gradient_descent`` (every step uses all
        examples, whatever ``batch_size``).
    learning_rate
        At the start; above 0.
    decay
        ``cosine`` (to 0 at the end) or ``constant``.
    batch_size
        Examples a step; an epoch's last batch holds what is left.
    epochs
        Passes over the training examples, at most a billion.
    seed
        Of the order in which examples are taken; 0 or more.

    Raises
    ------
    SettingError
        If a number is out of its range or a name is unknown.
    """

    cost: str = "squared_error"
    optimizer: str = "sgd"
    learning_rate: float = 1.0
    decay: str = "cosine"
    batch_size: int = 32
    epochs: int = 30
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("cost", "optimizer", "decay"):
            # One spelling, so that a name can be compared; a frozen dataclass is filled like this.
            object.__setattr__(self, name, str(getattr(self, name)).replace("-", "_"))
        get_cost(self.cost)
        create_optimizer(self.optimizer)
        get_decay(self.decay)
        if not 0 < self.learning_rate < np.inf:
            message = f"learning rate must be above 0 and finite; got {self.learning_rate}."
            raise SettingError(message)
        check_seed(self.seed)
        for name in ("batch_size", "epochs"):
            words, value = name.replace("_", " "), getattr(self, name)
            if value < 1:
                message = f"{words} must be at least 1; got {value}."
                raise SettingError(message)
            if value > _MOST:
                message = f"{words} must be at most {_MOST:,}; got {value}."
                raise SettingError(message)

    def describe(self) -> dict[str, Any]:
        """Return the settings by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a network does on a set of examples.

    Parameters
    ----------
    cost
        Average cost of an example; NaN where one of them has none.
    cost_deviation
        Standard deviation of the examples' costs: how far a single one is from the average.
    accuracy
        Share whose class is predicted, in [0, 1]; an example without a prediction is not right.
    """

    cost: float
    cost_deviation: float
    accuracy: float


def evaluate(network: Network, examples: Examples, cost: Cost) -> Evaluation:
    """Measure a network on a set of examples.

    Raises
    ------
    ShapeError
        If the examples do not fit the network.
    """
    examples = _fitting("the", examples, network)
    total, squares, correct = 0.0, 0.0, 0
    # That a network has diverged is seen in its cost, not in warnings.
    with np.errstate(over="ignore", invalid="ignore"):
        for start in range(0, len(examples), _EVALUATION_ROWS):
            rows = slice(start, start + _EVALUATION_ROWS)
            passes = Backpropagation(network.layers, len(examples.labels[rows]))
            output = passes.forward(examples.inputs[rows]).output
            costs = passes.costs(examples.targets[rows], cost).astype(np.float64)
            total += float(costs.sum())
            squares += float(costs @ costs)
            correct += int(np.count_nonzero(predict_classes(output) == examples.labels[rows]))
    n = len(examples)
    average = total / n
    spread = squares / n - average * average if np.isfinite(average) else average
    return Evaluation(average, float(np.sqrt(np.maximum(spread, 0))), correct / n)


class Observer:
    """Hears of a training; override what is of interest."""

    def on_start(self, training: Training) -> None:
        """Hear that the training begins, before anything is computed."""

    def on_epoch(self, training: Training, train: Evaluation, test: Evaluation | None) -> None:
        """Hear of an epoch's beginning, the first and the one after the last included.

        Parameters
        ----------
        training
            At ``training.epoch`` epochs behind it.
        train, test
            Measured on all training and all held-out examples with these parameters.
        """

    def on_step(self, training: Training) -> None:
        """Hear of a step that is about to be taken.

        The parameters are those before the step; ``training.gradient``,
        ``training.learning_rate`` and ``training.batch`` are what it will use.
        The last call is of the step that would follow the end.
        """

    def on_end(self, training: Training) -> None:
        """Hear that the training is over, also when it was stopped."""


class Training:
    """One training of one network; the network's parameters change in place.

    Parameters
    ----------
    network
        The network to train.
    train_set, test_set
        Training examples, and held-out ones that are only measured.
    settings
        Every choice.

    Attributes
    ----------
    step
        Steps taken so far.
    gradient
        Gradient of the current batch's average cost at the current parameters,
        ``(n_parameters,)``; overwritten at each step.
    learning_rate
        Of the current step.
    batch
        The training examples of the current step.

    Raises
    ------
    ShapeError
        If the examples do not fit the network.
    SettingError
        If the cost cannot follow the network's output layer.
    """

    def __init__(
        self,
        network: Network,
        train_set: Examples,
        test_set: Examples | None = None,
        settings: TrainingSettings | None = None,
    ) -> None:
        self.settings = settings or TrainingSettings()
        self.network = network
        self.train_set = _fitting("training", train_set, network)
        self.test_set = test_set and _fitting("held-out", test_set, network)
        self.cost = get_cost(self.settings.cost)
        self.cost.check_output(network.output, network.sizes[-1])

        full_batch = self.settings.optimizer == "gradient_descent"
        self.batch_size = (
            len(train_set) if full_batch else min(self.settings.batch_size, len(train_set))
        )
        self.steps_per_epoch = -(-len(train_set) // self.batch_size)
        self.n_steps = self.steps_per_epoch * self.settings.epochs
        self.step = 0
        self.learning_rate = self.settings.learning_rate
        self.gradient = np.zeros_like(network.parameters)
        self.batch: Batch
        self._gradient_views = network.split(self.gradient)
        self._passes: Backpropagation
        # Two sizes at most: the batch's, and what is left at the end of an epoch.
        self._passes_by_size: dict[int, Backpropagation] = {}
        self._stopped = False

    @property
    def epoch(self) -> int:
        """Epochs completed so far."""
        return self.step // self.steps_per_epoch

    def run(self, observers: Sequence[Observer] = ()) -> None:
        """Train to the end, or until ``stop`` is called; once only.

        Parameters
        ----------
        observers
            Told of the start, every epoch, every step and the end, in this order each.
        """
        decay = get_decay(self.settings.decay)
        optimizer = create_optimizer(self.settings.optimizer)
        batches = shuffled_batches(self.train_set, self.batch_size, seed=self.settings.seed)
        for observer in observers:
            observer.on_start(self)
        # A diverging training is the user's to see, in the costs, not in warnings.
        with np.errstate(over="ignore", invalid="ignore"):
            while True:
                if self.step % self.steps_per_epoch == 0:
                    self._tell_epoch(observers)
                self.batch = next(batches)
                self._compute_gradient()
                self.learning_rate = self.settings.learning_rate * decay(self.step / self.n_steps)
                for observer in observers:
                    observer.on_step(self)
                if self._stopped or self.step == self.n_steps:
                    break
                optimizer.step(self.network.parameters, self.gradient, self.learning_rate)
                self.step += 1
            for observer in observers:
                observer.on_end(self)

    def stop(self) -> None:
        """End the training at once: the step being told of is not taken."""
        self._stopped = True

    @property
    def is_complete(self) -> bool:
        """Whether every step was taken."""
        return self.step == self.n_steps

    def batch_cost(self) -> float:
        """Return the current batch's average cost at the current parameters."""
        return float(self._passes.costs(self.batch.targets, self.cost).mean())

    def _tell_epoch(self, observers: Sequence[Observer]) -> None:
        if not observers:
            return
        train = evaluate(self.network, self.train_set, self.cost)
        test = None
        if self.test_set is not None:
            test = evaluate(self.network, self.test_set, self.cost)
        for observer in observers:
            observer.on_epoch(self, train, test)

    def _compute_gradient(self) -> None:
        n = len(self.batch.indices)
        if n not in self._passes_by_size:
            self._passes_by_size[n] = Backpropagation(self.network.layers, n)
        self._passes = self._passes_by_size[n]
        self._passes.gradient(
            self.batch.inputs, self.batch.targets, self.cost, self._gradient_views
        )


def _fitting(name: str, examples: Examples, network: Network) -> Examples:
    """Return the examples in the network's precision, if they fit it otherwise."""
    got = (examples.inputs.shape[1], examples.n_classes)
    wanted = (network.sizes[0], network.sizes[-1])
    if got[0] != wanted[0] or not fits_outputs(wanted[1], got[1]):
        message = (
            f"{name} examples must have as many pixels and classes as the network has inputs "
            f"and outputs, {wanted[0]} and {wanted[1]}; got {got[0]} and {got[1]}. "
            f"Give the network {got[0]} inputs and {got[1]} outputs."
        )
        raise ShapeError(message)
    return examples.of(network.parameters.dtype, network.sizes[-1])
