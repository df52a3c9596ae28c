"""Comparison of what settings, seeds and data decide before a training takes its first step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset, LabelledImages
from nnviz.recording.recording import Recording
from nnviz.recording.schedule import parse_schedule
from nnviz.verification.checks import Check, Tally
from nnviz.verification.evaluation import precision_of
from nnviz.verification.reference_training import (
    drawn_examples,
    first_examples,
    initial_parameters,
)

# As recordings are made: most examples of a sample, and of each class among the probes.
_N_SAMPLE, _N_PROBES = 2000, 10
# An initial parameter is a product of three numbers, rounded by the order of its factors: an error
# of this many units of the precision.
_PRODUCT_ERROR = 2


def check_start(recording: Recording) -> Check:
    """Compare the first recorded parameters with what the initializer draws."""
    network = recording.manifest["network"]
    if not recording.has_random_start:
        return Check("start", skipped="its parameters were given, not drawn")
    drawn = initial_parameters(recording.sizes, network["initializer"], network["seed"])
    tally = Tally("start")
    allowed = _PRODUCT_ERROR * precision_of(recording).unit * np.abs(drawn)
    tally.within(0, recording.parameters[0], drawn, allowed)
    return tally.check()


def check_steps(recording: Recording) -> Check:
    """Compare which steps were recorded with those that the schedule asks for."""
    settings, tally = recording.manifest["training"], Tally("steps")
    n = recording.n_examples("train")
    per_epoch = -(-n // batch_size_of(recording, n))
    n_steps = settings["epochs"] * per_epoch
    tally.equal(0, settings["steps_per_epoch"], per_epoch)
    tally.equal(0, settings["n_steps"], n_steps)
    steps, epochs = np.asarray(recording.steps), np.asarray(recording.epoch_steps)
    asked = parse_schedule(settings["schedule"]).steps(n_steps, per_epoch)
    if not recording.is_complete:  # the step at which it was stopped is recorded, too
        asked = np.append(asked[asked < steps[-1]], min(steps[-1], n_steps))
    tally.equal(0, steps, asked)
    done = settings["epochs"] + 1 if recording.is_complete else len(epochs)
    tally.equal(0, epochs, per_epoch * np.arange(min(done, settings["epochs"] + 1)))
    return tally.check()


def batch_size_of(recording: Recording, n: int) -> int:
    """Return the most examples that a step of a recorded training learns from.

    Parameters
    ----------
    recording
        The recorded training.
    n
        Number of training examples, all of which a step of ``gradient_descent`` learns from.
    """
    settings = recording.manifest["training"]
    is_whole = settings["optimizer"] == "gradient_descent"
    return n if is_whole else int(settings["batch_size"])


@dataclass(frozen=True, slots=True, eq=False)
class _Sample:
    """Examples that a recording holds, and where they must come from.

    Parameters
    ----------
    name
        Name of the sample: ``probe``, ``train`` or ``test``.
    copied
        The examples as they are in the recording.
    source
        The part of the data set that they were taken from.
    wanted
        Indices there of the examples that had to be taken, shape ``(n,)``.
    """

    name: str
    copied: LabelledImages
    source: LabelledImages
    wanted: NDArray[np.integer]


def check_samples(recording: Recording, data: Dataset) -> Check:
    """Compare the examples in a recording with those that had to be taken from the data.

    Parameters
    ----------
    recording
        The recorded training.
    data
        Data set that it was trained on.
    """
    tally = Tally("samples")
    tally.equal(0, recording.n_examples("train"), len(data.train))
    tally.equal(0, recording.n_examples("test"), len(data.test))
    for sample in _samples(recording, data):
        tally.equal(0, recording.example_indices(sample.name), sample.wanted)
        tally.equal(0, sample.copied.images, sample.source.images[sample.wanted])
        tally.equal(0, sample.copied.labels, sample.source.labels[sample.wanted])
    return tally.check()


def _samples(recording: Recording, data: Dataset) -> list[_Sample]:
    """Return the samples of a recording with the examples that had to be in them."""
    seed = recording.manifest["samples"]["seed"] if recording.has_random_samples else None
    probes = first_examples(data.test.labels, data.n_classes, _N_PROBES)
    train = drawn_examples(len(data.train), _N_SAMPLE, seed)
    test = drawn_examples(len(data.test), _N_SAMPLE, seed)
    return [
        _Sample("probe", recording.probes, data.test, probes),
        _Sample("train", recording.train_sample, data.train, train),
        _Sample("test", recording.test_sample, data.test, test),
    ]
