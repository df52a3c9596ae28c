"""A recorded cost or accuracy, on how many examples it was measured, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording


@dataclass(frozen=True, slots=True)
class Score:
    """An average over examples: of all there are, or of a sample.

    Parameters
    ----------
    value
        A cost, or a share in [0, 1]; NaN where a network gives no numbers.
    error
        Standard error of a sample's value as an estimate of that of all examples; 0 where all
        were measured, and NaN where it is not known.
    n
        Examples measured.
    n_all
        Examples there are.
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
    """Return a cost or an accuracy at a recorded moment: of all examples, if that was measured.

    All examples are measured at the start of every epoch, the sample at every recorded moment.

    Parameters
    ----------
    recording
        Of a training.
    examples
        ``train`` or ``test``.
    measure
        ``costs`` or ``accuracies``.
    row
        Recorded moment.
    """
    epochs = np.flatnonzero(recording.epoch_steps == recording.steps[row])
    if epochs.size:
        return _whole_score(recording, examples, measure, epochs[-1])
    return sample_score(recording, examples, measure, row)


def sample_curve(recording: Recording, examples: str, measure: str) -> FloatArray:
    """Return a cost or an accuracy of the recording's sample at every moment, ``(n_rows,)``.

    An accuracy is NaN where nothing is right as the network gives no numbers: it predicts nothing.

    Parameters
    ----------
    recording, examples, measure
        See :func:`score`.
    """
    values = np.asarray(getattr(recording, f"{examples}_{measure}"))
    return _predicting(values, np.asarray(getattr(recording, f"{examples}_costs")), measure)


def epoch_curve(recording: Recording, examples: str, measure: str) -> FloatArray:
    """Return a cost or an accuracy of all examples at every epoch, ``(n_epochs + 1,)``.

    Parameters
    ----------
    recording, examples, measure
        See :func:`sample_curve`.
    """
    values, costs = (
        np.asarray(recording.epoch_curve(examples, each)) for each in (measure, "costs")
    )
    return _predicting(values, costs, measure)


def _predicting(values: FloatArray, costs: FloatArray, measure: str) -> FloatArray:
    if measure == "costs":
        return values
    return np.where((values == 0) & np.isnan(costs), np.nan, values)


def _whole_score(recording: Recording, examples: str, measure: str, epoch: int) -> Score:
    n_all = recording.n_examples(examples)
    value = float(epoch_curve(recording, examples, measure)[epoch])
    return Score(value, 0.0, n_all, n_all)


def sample_score(recording: Recording, examples: str, measure: str, row: int) -> Score:
    """Return a cost or an accuracy at a recorded moment, of the recording's sample.

    Parameters
    ----------
    recording, examples, measure, row
        See :func:`score`.

    Source
    ------
    Of a sample without replacement: Cochran, *Sampling Techniques* (1977), 2.6 and 3.2.
    """
    value = float(sample_curve(recording, examples, measure)[row])
    n = len(getattr(recording, f"{examples}_sample"))
    n_all = recording.n_examples(examples)
    return Score(value, _standard_error(recording, examples, measure, row, n, n_all), n, n_all)


def last_epoch_score(recording: Recording, examples: str, measure: str, row: int) -> Score | None:
    """Return the last figure of all examples before or at a recorded moment, if there is one."""
    past = np.flatnonzero(recording.epoch_steps <= recording.steps[row])
    if not past.size:
        return None
    return _whole_score(recording, examples, measure, past[-1])


def _standard_error(
    recording: Recording, examples: str, measure: str, row: int, n: int, n_all: int
) -> float:
    if measure == "accuracies":
        share = float(getattr(recording, f"{examples}_accuracies")[row])
        found = share_error(share, n, n_all)
    else:
        deviations = recording.cost_deviations(examples)
        found = np.nan if deviations is None else mean_error(float(deviations[row]), n, n_all)
    return if_random(recording, found)


def if_random(recording: Recording, error: float) -> float:
    """Return the standard error of a recording's sample: NaN if it was not drawn at random.

    What is known of all examples, an error of 0, is so in either case.
    """
    return error if recording.has_random_samples or error == 0 else float("nan")


def mean_error(deviation: float, n: int, n_all: int) -> float:
    """Return the standard error of a sample's average.

    Parameters
    ----------
    deviation
        Standard deviation among the sample's examples.
    n, n_all
        Examples in the sample, and in all.

    Examples
    --------
    >>> round(mean_error(0.2, 2000, 10000), 5), mean_error(0.2, 50, 50)
    (0.004, 0.0)
    """
    if n == n_all:
        return 0.0
    return float(deviation / np.sqrt(n - 1) * np.sqrt(1 - n / n_all))


def share_error(share: float, n: int, n_all: int) -> float:
    """Return the standard error of a share, in [0, 1], of a sample's examples.

    Parameters
    ----------
    share
        Of the sample.
    n, n_all
        Examples in the sample, and in all.

    Examples
    --------
    >>> round(share_error(0.96, 2000, 10000), 4)
    0.0039
    """
    # Laplace's estimate: none or all right of a sample does not make it certain.
    likely = (share * n + 1) / (n + 2)
    return mean_error(float(np.sqrt(likely * (1 - likely))), n, n_all)
