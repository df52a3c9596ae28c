"""Train again, stretch by stretch, and hold every recorded number against what comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from nnviz.data.dataset import Dataset
from nnviz.errors import RecordingError
from nnviz.recording.recording import Recording
from nnviz.recording.schedule import parse_schedule
from nnviz.verification.checks import Check, Tally
from nnviz.verification.evaluation import (
    Evaluated,
    evaluated,
    inputs_of,
    layers_at,
    precision_of,
    settled,
    taken,
)
from nnviz.verification.reference import (
    batches,
    drawn_examples,
    first_examples,
    forward,
    initial_parameters,
)
from nnviz.verification.rounding import Bounded
from nnviz.verification.stretch import Stretch

#: Told of steps that are done, and of how many there are.
OnSteps = Callable[[int, int], None]

_NO_DATA = "the data it was trained on are not here"
_NO_STEPS = "its steps are not those of its schedule"
# What is compared by training again.
_OF_STEPS = ("batches", "rates", "gradients", "batch costs", "parameters", "epochs")
# Most examples of a sample, and of a class among the probes.
_N_SAMPLE, _N_PROBES = 2000, 10


@dataclass(frozen=True, slots=True)
class Verification:
    """What a recording's numbers were held against, and how they compare.

    Parameters
    ----------
    checks
        One a quantity.
    """

    checks: tuple[Check, ...]

    @property
    def agrees(self) -> bool:
        """Whether nothing differs."""
        return all(check.agrees for check in self.checks)

    @property
    def is_complete(self) -> bool:
        """Whether every quantity was compared."""
        return not any(check.skipped for check in self.checks)


def verify(
    recording: Recording, data: Dataset | None = None, *, on_progress: OnSteps | None = None
) -> Verification:
    """Train a recording again by code that shares none with nnviz's, and compare everything.

    From each recorded moment the training goes on, with the batches of its seed, to the next:
    in double and in the recording's own precision. At each moment gradient, costs, accuracies,
    activations and pre-activations are computed anew in double precision, with a bound of what
    rounding can have changed.

    Parameters
    ----------
    recording
        Of a training.
    data
        What it was trained on; without it, only what the recording's own samples give is
        compared.
    on_progress
        Told of the steps that are done.

    Returns
    -------
    Verification
        A check for each quantity.

    Raises
    ------
    RecordingError
        If nothing was recorded, or the data are not those of the recording.
    """
    if recording.n_rows == 0:
        message = f"recording {recording.path} must hold a step; it was killed before the first."
        raise RecordingError(message)
    if data is not None and data.checksum != recording.manifest["data"]["checksum"]:
        message = (
            f"the data must be what {recording.path} was trained on; {data.name!r} has other "
            "contents. Name the data set that it was trained on."
        )
        raise RecordingError(message)
    with np.errstate(all="ignore"):  # what overflows is told of in the result
        steps = _steps(recording)
        checks = [steps, _start(recording)]
        checks += _at_moments(recording, None if data else on_progress)
        if data is None:
            checks += [Check(name, skipped=_NO_DATA) for name in ("samples", *_OF_STEPS)]
        else:
            checks.append(_samples(recording, data))
            if steps.agrees:
                checks += _retrained(recording, data, on_progress)
            else:
                checks += [Check(name, skipped=_NO_STEPS) for name in _OF_STEPS]
    return Verification(tuple(checks))


def _at_moments(recording: Recording, on_progress: OnSteps | None) -> Iterator[Check]:
    """Compare what was measured at each recorded moment on examples that are recorded, too."""
    precision = precision_of(recording)
    measured = [
        (_Measured(recording, name), taken(sample, precision))
        for name, sample in (("train", recording.train_sample), ("test", recording.test_sample))
    ]
    z_tally, a_tally = Tally("pre-activations"), Tally("activations")
    probes = Bounded.exactly(inputs_of(recording.probes), precision)
    for row, step in enumerate(recording.steps.tolist()):
        layers = layers_at(recording, recording.parameters[row])
        found = forward(layers, probes)
        for layer, (z, a) in enumerate(zip(found[0], found[1][1:], strict=True), start=1):
            for tally, recorded, expected in (
                (z_tally, recording.pre_activations(layer, step), z),
                (a_tally, recording.activations(layer, step), a),
            ):
                error = settled(layers, expected.value, expected.error)
                tally.within(step, recorded, expected.value, error)
        for tallies, sample in measured:
            tallies.compare(row, step, evaluated(recording, layers, sample))
        if on_progress is not None:
            on_progress(step, int(recording.steps[-1]))
    yield z_tally.check()
    yield a_tally.check()
    for tallies, _ in measured:
        yield from tallies.checks()


class _Measured:
    """The recorded costs, their deviations and accuracies on one of the samples."""

    def __init__(self, recording: Recording, name: str) -> None:
        words = {"train": "training", "test": "held-out"}[name]
        self._costs = getattr(recording, f"{name}_costs")
        self._accuracies = getattr(recording, f"{name}_accuracies")
        self._deviations = recording.cost_deviations(name)
        self._tallies = [
            Tally(f"{words} {what}") for what in ("costs", "cost deviations", "accuracies")
        ]

    def compare(self, row: int, step: int, found: Evaluated) -> None:
        costs, deviations, accuracies = self._tallies
        costs.within(step, self._costs[row], found.cost, found.cost_error)
        accuracies.within(step, self._accuracies[row], found.accuracy, found.accuracy_error)
        if self._deviations is not None:
            deviations.within(step, self._deviations[row], found.deviation, found.deviation_error)

    def checks(self) -> Iterator[Check]:
        for tally in self._tallies:
            found = tally.check()
            missing = found.n_compared + found.n_untold == 0
            yield Check(found.name, skipped="not recorded") if missing else found


def _start(recording: Recording) -> Check:
    """Compare the first parameters with what the initializer draws."""
    network = recording.manifest["network"]
    if not recording.has_random_start:
        return Check("start", skipped="its parameters were given, not drawn")
    drawn = initial_parameters(recording.sizes, network["initializer"], network["seed"])
    tally = Tally("start")
    # A product of three numbers is rounded by the order of its factors.
    allowed = 2 * precision_of(recording).unit * np.abs(drawn)
    tally.within(0, recording.parameters[0], drawn, allowed)
    return tally.check()


def _steps(recording: Recording) -> Check:
    """Compare which steps were recorded with those that the schedule asks for."""
    settings, tally = recording.manifest["training"], Tally("steps")
    n = recording.n_examples("train")
    per_epoch = -(-n // _batch_size(recording, n))
    n_steps = settings["epochs"] * per_epoch
    tally.equal(0, settings["steps_per_epoch"], per_epoch)
    tally.equal(0, settings["n_steps"], n_steps)
    steps, epochs = np.asarray(recording.steps), np.asarray(recording.epoch_steps)
    asked = parse_schedule(settings["schedule"]).steps(n_steps, per_epoch)
    if not recording.is_complete:  # the moment at which it was stopped is recorded, too
        asked = np.append(asked[asked < steps[-1]], min(steps[-1], n_steps))
    tally.equal(0, steps, asked)
    done = settings["epochs"] + 1 if recording.is_complete else len(epochs)
    tally.equal(0, epochs, per_epoch * np.arange(min(done, settings["epochs"] + 1)))
    return tally.check()


def _batch_size(recording: Recording, n: int) -> int:
    """Return how many of ``n`` training examples a step learns from at most."""
    settings = recording.manifest["training"]
    is_whole = settings["optimizer"] == "gradient_descent"
    return n if is_whole else int(settings["batch_size"])


def _samples(recording: Recording, data: Dataset) -> Check:
    """Compare the examples in the recording with those that had to be taken from the data."""
    tally = Tally("samples")
    tally.equal(0, recording.n_examples("train"), len(data.train))
    tally.equal(0, recording.n_examples("test"), len(data.test))
    seed = recording.manifest["samples"]["seed"] if recording.has_random_samples else None
    sources = (
        ("probe", data.test, recording.probes,
         first_examples(data.test.labels, data.n_classes, _N_PROBES)),
        ("train", data.train, recording.train_sample,
         drawn_examples(len(data.train), _N_SAMPLE, seed)),
        ("test", data.test, recording.test_sample,
         drawn_examples(len(data.test), _N_SAMPLE, seed)),
    )  # fmt: skip
    for name, source, copied, wanted in sources:
        tally.equal(0, recording.example_indices(name), wanted)
        tally.equal(0, copied.images, source.images[wanted])
        tally.equal(0, copied.labels, source.labels[wanted])
    return tally.check()


def _retrained(recording: Recording, data: Dataset, on_progress: OnSteps | None) -> Iterator[Check]:
    """Train from each recorded moment to the next, and compare all that a step is made of."""
    settings = recording.manifest["training"]
    tallies = {name: Tally(name) for name in _OF_STEPS}
    n = len(data.train)
    order = batches(n, _batch_size(recording, n), settings["seed"])
    stretch = Stretch(recording, data)
    rows = {int(step): row for row, step in enumerate(recording.steps)}
    epochs = {int(step): row for row, step in enumerate(recording.epoch_steps)}
    last = max(*rows, *epochs)
    while True:
        step, batch = stretch.step, next(order)
        row = rows.get(step)
        if row is not None:
            if row:
                stretch.compare(tallies["parameters"], recording.parameters[row])
            stretch.take(recording.parameters[row])
        if step in epochs:
            _compare_epoch(tallies["epochs"], recording, data, epochs[step], stretch)
        if row is not None:
            tallies["batches"].equal(step, recording.batch_indices(step), batch)
            tallies["rates"].within(step, recording.learning_rates[row], stretch.rate(), 1e-12)
            wanted, cost = stretch.bounded(batch)
            tallies["gradients"].within(step, recording.gradients[row], wanted.value, wanted.error)
            tallies["batch costs"].within(step, recording.batch_costs[row], *cost)
        if on_progress is not None:
            on_progress(step, last)
        if step == last:
            break
        stretch.go_on(batch)
    for tally in tallies.values():
        yield tally.check()


def _compare_epoch(
    tally: Tally, recording: Recording, data: Dataset, row: int, stretch: Stretch
) -> None:
    """Compare an epoch's costs and accuracies on all examples."""
    if not stretch.is_sure():
        tally.untold(4)
        return
    for name, images in (("train", data.train), ("test", data.test)):
        examples = taken(images, precision_of(recording))
        found = evaluated(recording, stretch.layers(), examples, apart=stretch.apart())
        costs, accuracies = (
            recording.epoch_curve(name, measure)[row] for measure in ("costs", "accuracies")
        )
        tally.within(stretch.step, costs, found.cost, found.cost_error)
        tally.within(stretch.step, accuracies, found.accuracy, found.accuracy_error)
