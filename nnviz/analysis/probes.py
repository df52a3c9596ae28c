"""The probes, examples whose activations were recorded: their predictions, and which to show."""

from __future__ import annotations

from itertools import zip_longest

import numpy as np

from nnviz.core.arrays import IntArray
from nnviz.core.predictions import predict_classes
from nnviz.recording.recording import Recording


def predictions(recording: Recording, step: int = -1) -> IntArray:
    """Return the class predicted for each probe example at a recorded step.

    Parameters
    ----------
    recording
        The recorded training.
    step
        Recorded training step; negative ones count from the end.

    Returns
    -------
    IntArray
        Predicted class of each probe example, shape ``(n_probes,)``; -1 where there is none,
        see :func:`nnviz.core.predictions.predict_classes`.

    Raises
    ------
    RecordingError
        If the step was not recorded.
    """
    return predict_classes(recording.activations(len(recording.sizes) - 1, step))


def choose_probes(recording: Recording, n: int, step: int = -1) -> list[int]:
    """Choose probe examples to show: of different classes, the last one predicted wrongly.

    Parameters
    ----------
    recording
        The recorded training.
    n
        Number of examples to choose; all are chosen if there are fewer. A single one is
        predicted rightly.
    step
        Recorded training step whose predictions count; negative ones count from the end.

    Returns
    -------
    list of int
        Indices of probe examples. Where the network predicts none wrongly all are right, and
        where it predicts none rightly all are wrong.

    Raises
    ------
    RecordingError
        If the step was not recorded.
    """
    labels = np.asarray(recording.probes.labels)
    right = predictions(recording, step) == labels
    wrong = np.flatnonzero(~right)[:1].tolist() if n > 1 else []
    # Classes taken evenly: 2, 5, 8 of ten are told apart at a glance.
    n_right = max(n - len(wrong), 0)
    stride = max(recording.n_classes // (n_right + 1), 1)
    spread = range(stride - 1, recording.n_classes, stride)
    order = dict.fromkeys([*spread, *range(recording.n_classes)])
    members = [np.flatnonzero(right & (labels == label)).tolist() for label in order]
    turns = zip_longest(*members)
    chosen = [i for turn in turns for i in turn if i is not None][:n_right]
    rest = [i for i in range(len(labels)) if i not in chosen and i not in wrong]
    return (chosen + rest)[:n_right] + wrong
