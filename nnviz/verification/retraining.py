"""Comparison of all that steps are made of, by training again between recorded steps."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.progress import OnProgress
from nnviz.recording.recording import Recording
from nnviz.verification.checks import Check, Tally
from nnviz.verification.evaluation import evaluate_with_bounds, example_blocks, precision_of
from nnviz.verification.preparation import batch_size_of
from nnviz.verification.reference_training import batches
from nnviz.verification.stretch import Stretch

#: Names of the quantities that are compared by training again.
RETRAINED = ("batches", "rates", "gradients", "batch costs", "parameters", "epochs")
# Numbers measured at each epoch: cost and accuracy, of training and of held-out examples.
_NUMBERS_PER_EPOCH = 4
# A learning rate is a product of a few numbers in double precision: its error is far smaller.
_RATE_ERROR = 1e-12


def check_retrained(
    recording: Recording, data: Dataset, on_progress: OnProgress | None
) -> Iterator[Check]:
    """Train from each recorded step to the next, and compare all that a step is made of.

    Parameters
    ----------
    recording
        The recorded training.
    data
        Data set that it was trained on.
    on_progress
        Called after each step with how many are done, and with the last one to do.

    Returns
    -------
    iterator of Check
        A check for each of :data:`RETRAINED`, all after the last step.
    """
    retraining = _Retraining(recording, data)
    n = len(data.train)
    order = batches(n, batch_size_of(recording, n), recording.manifest["training"]["seed"])
    while True:
        step, batch = retraining.step, next(order)
        retraining.compare(batch)
        if on_progress is not None:
            on_progress(step, retraining.last)
        if step == retraining.last:
            break
        retraining.take_step(batch)
    yield from retraining.checks()


class _Retraining:
    """A recorded training run again, with tallies of what is compared on the way.

    It begins anew at the parameters of each recorded step, so that rounding errors do not grow
    beyond the next.
    """

    def __init__(self, recording: Recording, data: Dataset) -> None:
        self._recording, self._data = recording, data
        self._stretch = Stretch(recording, data)
        self._tallies = {name: Tally(name) for name in RETRAINED}
        self._rows = {int(step): row for row, step in enumerate(recording.steps)}
        self._epochs = {int(step): row for row, step in enumerate(recording.epoch_steps)}
        self.last = max(*self._rows, *self._epochs)

    @property
    def step(self) -> int:
        """The current training step."""
        return self._stretch.step

    def compare(self, batch: NDArray[np.integer]) -> None:
        """Compare what was recorded at the current step, whose batch this is."""
        row, epoch = self._rows.get(self.step), self._epochs.get(self.step)
        if row is not None:
            self._compare_parameters(row)
        if epoch is not None:
            self._compare_epoch(epoch)
        if row is not None:
            self._compare_batch(row, batch)

    def take_step(self, batch: NDArray[np.integer]) -> None:
        """Train with a batch."""
        self._stretch.take_step(batch)

    def checks(self) -> Iterator[Check]:
        """Yield the results."""
        for tally in self._tallies.values():
            yield tally.check()

    def _compare_parameters(self, row: int) -> None:
        """Compare where the training came to with what was recorded, and begin anew there."""
        recorded = self._recording.parameters[row]
        if row:
            self._stretch.compare(self._tallies["parameters"], recorded)
        self._stretch.begin_at(recorded)

    def _compare_epoch(self, row: int) -> None:
        """Compare an epoch's costs and accuracies on all examples."""
        tally, recording, stretch = self._tallies["epochs"], self._recording, self._stretch
        if not stretch.is_sure():
            tally.untold(_NUMBERS_PER_EPOCH)
            return
        for name, images in (("train", self._data.train), ("test", self._data.test)):
            expected = evaluate_with_bounds(
                recording,
                stretch.layers(),
                example_blocks(images, precision_of(recording)),
                rounded=stretch.rounded_layers(),
            )
            cost, accuracy = (
                recording.epoch_curve(name, measure)[row] for measure in ("costs", "accuracies")
            )
            tally.within(stretch.step, cost, expected.cost, expected.cost_error)
            tally.within(stretch.step, accuracy, expected.accuracy, expected.accuracy_error)

    def _compare_batch(self, row: int, batch: NDArray[np.integer]) -> None:
        """Compare a step's batch, learning rate, gradient and cost."""
        tallies, recording, step = self._tallies, self._recording, self.step
        tallies["batches"].equal(step, recording.batch_indices(step), batch)
        tallies["rates"].within(
            step, recording.learning_rates[row], self._stretch.rate(), _RATE_ERROR
        )
        expected = self._stretch.evaluate_batch(batch)
        gradient = expected.gradient
        tallies["gradients"].within(step, recording.gradients[row], gradient.value, gradient.error)
        tallies["batch costs"].within(
            step, recording.batch_costs[row], expected.cost, expected.cost_error
        )
