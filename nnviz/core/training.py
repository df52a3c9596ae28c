"""Training: a loop over mini-batches that tells its observers what happens."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnviz.core.backpropagation import Backpropagation
from nnviz.core.batches import Batch, shuffled_batches
from nnviz.core.costs import get_cost
from nnviz.core.evaluation import Evaluation, evaluate, fit_examples
from nnviz.core.examples import Examples
from nnviz.core.learning_rates import get_decay
from nnviz.core.network import Network
from nnviz.core.optimizers import create_optimizer
from nnviz.core.settings import TrainingSettings


class Observer:
    """Watches a training: subclasses override the events that they need.

    Methods run in the training's own loop; they may read the training and call its ``stop``,
    but must not change its parameters.
    """

    def on_start(self, training: Training) -> None:
        """Act at the start of a training, before anything is computed."""

    def on_epoch(self, training: Training, train: Evaluation, test: Evaluation | None) -> None:
        """Act at the start of an epoch; also after the last epoch, at the end of a whole training.

        Parameters
        ----------
        training
            The training, with ``training.epoch`` epochs completed.
        train, test
            The network at its current parameters, measured on all training examples and on all
            held-out ones; ``None`` where none are held out.
        """

    def on_step(self, training: Training) -> None:
        """Act just before a step changes the parameters.

        The parameters are those before the step; ``training.gradient``,
        ``training.learning_rate`` and ``training.batch`` are what it will use.
        The last call is for the step that would follow the end, and is never taken.
        """

    def on_end(self, training: Training) -> None:
        """Act at the end of a training, also of one that was stopped."""


class Training:
    """One training of one network; the network's parameters change in place.

    Parameters
    ----------
    network
        The network to train.
    train_set, test_set
        Examples to learn from, and held-out ones that are only measured, once an epoch;
        ``None`` holds none out.
    settings
        Every other choice; ``None`` is the default settings.

    Attributes
    ----------
    step
        Number of steps taken so far.
    n_steps
        Number of steps of the whole training.
    gradient
        Gradient of the current batch's average cost at the current parameters,
        ``(n_parameters,)``; overwritten at each step.
    learning_rate
        Learning rate of the current step.
    batch
        The training examples of the current step; unset before the first.

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
        self.train_set = fit_examples("training", train_set, network)
        self.test_set = test_set and fit_examples("held-out", test_set, network)
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
        self._backpropagation: Backpropagation
        # Two sizes at most: the batch's, and what is left at the end of an epoch.
        self._backpropagation_by_size: dict[int, Backpropagation] = {}
        self._stopped = False

    @property
    def epoch(self) -> int:
        """Number of epochs completed so far."""
        return self.step // self.steps_per_epoch

    def run(self, observers: Sequence[Observer] = ()) -> None:
        """Train to the end, or until ``stop`` is called; may be called once only.

        Parameters
        ----------
        observers
            Called at the start, at every epoch, before every step and at the end, in this order.
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
                    self._report_epoch(observers)
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
        """End the training at once: a step whose observers are being called is not taken."""
        self._stopped = True

    @property
    def is_complete(self) -> bool:
        """Whether every step was taken."""
        return self.step == self.n_steps

    def batch_cost(self) -> float:
        """Return the current batch's average cost at the current parameters."""
        return float(self._backpropagation.costs(self.batch.targets, self.cost).mean())

    def _report_epoch(self, observers: Sequence[Observer]) -> None:
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
        if n not in self._backpropagation_by_size:
            self._backpropagation_by_size[n] = Backpropagation(self.network.layers, n)
        self._backpropagation = self._backpropagation_by_size[n]
        self._backpropagation.gradient(
            self.batch.inputs, self.batch.targets, self.cost, self._gradient_views
        )
