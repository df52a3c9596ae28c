"""A recorded cost or accuracy, on how many examples it was measured, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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
    n_all = recording.n_examples(examples)
    epochs = np.flatnonzero(recording.epoch_steps == recording.steps[row])
    if epochs.size:
        value = float(recording.epoch_curve(examples, measure)[epochs[-1]])
        return Score(value, 0.0, n_all, n_all)
    return sample_score(recording, examples, measure, row)


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
    value = float(getattr(recording, f"{examples}_{measure}")[row])
    n = len(getattr(recording, f"{examples}_sample"))
    n_all = recording.n_examples(examples)
    return Score(value, _standard_error(recording, examples, measure, row, n, n_all), n, n_all)


def last_epoch_score(recording: Recording, examples: str, measure: str, row: int) -> Score | None:
    """Return the last figure of all examples before or at a recorded moment, if there is one."""
    past = np.flatnonzero(recording.epoch_steps <= recording.steps[row])
    if not past.size:
        return None
    n_all = recording.n_examples(examples)
    value = float(recording.epoch_curve(examples, measure)[past[-1]])
    return Score(value, 0.0, n_all, n_all)


def _standard_error(
    recording: Recording, examples: str, measure: str, row: int, n: int, n_all: int
) -> float:
    if n == n_all:
        return 0.0
    deviations = recording.cost_deviations(examples)
    if not recording.has_random_samples or deviations is None:
        return float("nan")
    if measure == "costs":
        deviation = float(deviations[row])
    else:
        share = float(getattr(recording, f"{examples}_accuracies")[row])
        # Laplace's estimate: none or all right of a sample does not make it certain.
        share = (share * n + 1) / (n + 2)
        deviation = float(np.sqrt(share * (1 - share)))
    return float(deviation / np.sqrt(n - 1) * np.sqrt(1 - n / n_all))
