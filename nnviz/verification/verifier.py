"""Every recorded number compared with what a second implementation of the training gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnviz.data.dataset import Dataset
from nnviz.errors import RecordingError
from nnviz.progress import OnProgress
from nnviz.recording.recording import Recording
from nnviz.verification.checks import Check
from nnviz.verification.preparation import check_samples, check_start, check_steps
from nnviz.verification.retraining import RETRAINED, check_retrained
from nnviz.verification.snapshots import check_snapshots

_NO_DATA = "the data it was trained on are not here"
_NO_STEPS = "its steps are not those of its schedule"


@dataclass(frozen=True, slots=True)
class Verification:
    """How the numbers of a recording compare with what a second implementation gives.

    Parameters
    ----------
    checks
        One check for each quantity that a recording holds.
    """

    checks: tuple[Check, ...]

    @property
    def agrees(self) -> bool:
        """Whether no number differs by more than rounding explains."""
        return all(check.agrees for check in self.checks)

    @property
    def is_complete(self) -> bool:
        """Whether every quantity was compared."""
        return not any(check.skipped for check in self.checks)


def verify(
    recording: Recording, data: Dataset | None = None, *, on_progress: OnProgress | None = None
) -> Verification:
    """Train a recording again by code that shares none with ``nnviz.core``, and compare everything.

    The training is run from each recorded step to the next, with the batches of its seed, in
    double precision and in the recording's own. At each recorded step gradient, costs,
    accuracies, activations and pre-activations are computed anew in double precision, with a
    bound of what rounding can have changed.

    Parameters
    ----------
    recording
        The recorded training to verify.
    data
        Data set that it was trained on; without it (``None``), only what can be computed from
        the samples in the recording is compared.
    on_progress
        Called with training steps that are done, and with the last one to do.

    Returns
    -------
    Verification
        A check for each quantity.

    Raises
    ------
    RecordingError
        If no step was recorded, or the data are not those of the recording.
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
        return Verification(tuple(_checks(recording, data, on_progress)))


def _checks(
    recording: Recording, data: Dataset | None, on_progress: OnProgress | None
) -> Iterator[Check]:
    """Yield the check of each quantity; those that need what is missing are skipped."""
    steps = check_steps(recording)
    yield steps
    yield check_start(recording)
    # Training again takes much longer than this: it tells of its own progress.
    yield from check_snapshots(recording, None if data else on_progress)
    if data is None:
        yield from (Check(name, skipped=_NO_DATA) for name in ("samples", *RETRAINED))
        return
    yield check_samples(recording, data)
    if steps.agrees:
        yield from check_retrained(recording, data, on_progress)
    else:
        yield from (Check(name, skipped=_NO_STEPS) for name in RETRAINED)
