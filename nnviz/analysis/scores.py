"""Recorded costs and accuracies: on how many examples they were measured, and how surely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording


@dataclass(frozen=True, slots=True)
class Score:
    """A cost or an accuracy: of all examples of a data set, or of a sample.

    Parameters
    ----------
    value
        Average cost, or accuracy in [0, 1]; NaN where a network gives no numbers.
    error
        Standard error of a sample's value as an estimate of that of all examples; 0 where all
        were measured, and NaN where it is not known.
    n
        Number of examples that were measured.
    n_all
        Number of examples that there are.
    """

    value: float
    error: float
    n: int
    n_all: int

    @property
    def is_of_all(self) -> bool:
        """Whether every example was measured."""
        return self.n == self.n_all


def score(recording: Recording, examples: str, measure: str, row: int) -> Score:
    """Return a cost or an accuracy at a recorded step: of all examples, if that was measured.

    All examples are measured at the start of every epoch, the sample at every recorded step.

    Parameters
    ----------
    recording
        The recorded training.
    examples
        Examples that were measured: ``train``, or ``test`` for held-out ones.
    measure
        What was measured: ``costs`` or ``accuracies``.
    row
        Row of the recorded step, from 0 to ``recording.n_rows - 1``.

    Returns
    -------
    Score
        The value of all examples at the start of an epoch, else that of the sample.
    """
    epochs = np.flatnonzero(recording.epoch_steps == recording.steps[row])
    if epochs.size:
        return _whole_score(recording, examples, measure, epochs[-1])
    return sample_score(recording, examples, measure, row)


def sample_curve(recording: Recording, examples: str, measure: str) -> FloatArray:
    """Return a cost or an accuracy of the recording's sample at every recorded step.

    Parameters
    ----------
    recording, examples, measure
        See :func:`score`.

    Returns
    -------
    FloatArray
        Values of the sample, shape ``(n_rows,)``. An accuracy is NaN, not 0, where the network
        gives no numbers and so predicts nothing.
    """
    values = np.asarray(getattr(recording, f"{examples}_{measure}"))
    return _predicting(values, np.asarray(getattr(recording, f"{examples}_costs")), measure)


def epoch_curve(recording: Recording, examples: str, measure: str) -> FloatArray:
    """Return a cost or an accuracy of all examples at the start of every epoch and at the end.

    Parameters
    ----------
    recording, examples, measure
        See :func:`score`.

    Returns
    -------
    FloatArray
        Values of all examples, shape ``(n_epochs + 1,)``. An accuracy is NaN, not 0, where the
        network gives no numbers and so predicts nothing.
    """
    values, costs = (
        np.asarray(recording.epoch_curve(examples, each)) for each in (measure, "costs")
    )
    return _predicting(values, costs, measure)


def _predicting(values: FloatArray, costs: FloatArray, measure: str) -> FloatArray:
    """Return the values, with NaN for accuracies where nothing is predicted."""
    if measure == "costs":
        return values
    return np.where((values == 0) & np.isnan(costs), np.nan, values)


def _whole_score(recording: Recording, examples: str, measure: str, epoch: int) -> Score:
    n_all = recording.n_examples(examples)
    value = float(epoch_curve(recording, examples, measure)[epoch])
    return Score(value, 0.0, n_all, n_all)


def sample_score(recording: Recording, examples: str, measure: str, row: int) -> Score:
    """Return a cost or an accuracy at a recorded step, of the recording's sample.

    Parameters
    ----------
    recording, examples, measure, row
        See :func:`score`.

    Returns
    -------
    Score
        The sample's value with its standard error.
    """
    value = float(sample_curve(recording, examples, measure)[row])
    n = len(getattr(recording, f"{examples}_sample"))
    n_all = recording.n_examples(examples)
    return Score(value, _standard_error(recording, examples, measure, row, n, n_all), n, n_all)


def last_epoch_score(recording: Recording, examples: str, measure: str, row: int) -> Score | None:
    """Return the latest cost or accuracy of all examples at or before a recorded step.

    Parameters
    ----------
    recording, examples, measure, row
        See :func:`score`.

    Returns
    -------
    Score or None
        The value at the start of the latest epoch; ``None`` if none was measured yet.
    """
    past = np.flatnonzero(recording.epoch_steps <= recording.steps[row])
    if not past.size:
        return None
    return _whole_score(recording, examples, measure, past[-1])


def _standard_error(
    recording: Recording, examples: str, measure: str, row: int, n: int, n_all: int
) -> float:
    if measure == "accuracies":
        share = float(getattr(recording, f"{examples}_accuracies")[row])
        error = share_error(share, n, n_all)
    else:
        deviations = recording.cost_deviations(examples)
        error = np.nan if deviations is None else mean_error(float(deviations[row]), n, n_all)
    return if_random(recording, error)


def if_random(recording: Recording, error: float) -> float:
    """Return the standard error of a recording's sample, or NaN if it was not drawn at random.

    Parameters
    ----------
    recording
        Recording that the sample belongs to.
    error
        Standard error of the same sample if it had been drawn at random. An error of 0 means
        that all examples were measured, and is returned in either case.
    """
    return error if recording.has_random_samples or error == 0 else float("nan")


def mean_error(deviation: float, n: int, n_all: int) -> float:
    """Return the standard error of the average of a sample drawn without replacement.

    Parameters
    ----------
    deviation
        Standard deviation of the values of the sample's examples.
    n, n_all
        Number of examples in the sample, and in all.

    Source
    ------
    Cochran, *Sampling Techniques* (1977), 2.6.

    Examples
    --------
    >>> round(mean_error(0.2, 2000, 10000), 5), mean_error(0.2, 50, 50)
    (0.004, 0.0)
    """
    if n == n_all:
        return 0.0
    return float(deviation / np.sqrt(n - 1) * np.sqrt(1 - n / n_all))


def share_error(share: float, n: int, n_all: int) -> float:
    """Return the standard error of a share of examples in a sample drawn without replacement.

    Parameters
    ----------
    share
        Share of the sample's examples, in [0, 1].
    n, n_all
        Number of examples in the sample, and in all.

    Source
    ------
    Cochran, *Sampling Techniques* (1977), 3.2; Laplace's rule of succession.

    Examples
    --------
    >>> round(share_error(0.96, 2000, 10000), 4)
    0.0039
    """
    # Laplace's estimate: that none or all of a sample are right does not make it certain.
    likely = (share * n + 1) / (n + 2)
    return mean_error(float(np.sqrt(likely * (1 - likely))), n, n_all)
