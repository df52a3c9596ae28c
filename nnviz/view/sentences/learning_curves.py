"""What pictures of learning curves say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnviz.analysis.scores import Score
from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording
from nnviz.view.sentences.gaps import not_numbers_text
from nnviz.view.sentences.runs import examples_text, run_text, stopped_text
from nnviz.view.sentences.scores import cost_text, share_text
from nnviz.view.sentences.wording import joined

CURVES_TITLES = {"costs": "Cost", "accuracies": "Accuracy"}
SHARE_RIGHT = "predicted right"


def all_of(kind: str) -> str:
    """Name what is measured on all examples of a kind."""
    return f"{kind}, all examples"


def curves_note(
    recording: Recording, curves: Sequence[tuple[str, FloatArray]], *, is_share: bool
) -> str:
    """Say what the lines and the dots of learning curves are, and how many values have gaps.

    Parameters
    ----------
    recording
        The recorded training.
    curves
        Name and values ``(n,)`` of each curve.
    is_share
        Whether the curves are shares of examples that are predicted rightly, and not costs.
    """
    lines = " and ".join(examples_text(recording, examples) for examples in ("train", "test"))
    gaps = [
        not_numbers_text(int((~np.isfinite(values)).sum()), len(values), f"moments' {name} costs")
        for name, values in curves
    ]
    return joined(
        [
            joined([run_text(recording), stopped_text(recording)], "; "),
            f"lines: {lines}",
            "dots: all of them, at every epoch",
            _unpredicted(recording) if is_share else joined(gaps, "; "),
        ]
    )


def _unpredicted(recording: Recording) -> str:
    """Say at how many moments a network predicted nothing, as its outputs were NaN."""
    n = int(np.isnan(recording.test_costs).sum())
    if not n:
        return ""
    return f"outputs are not numbers at {n:,} of {recording.n_rows:,} moments"


def end_text(kind: str, last: Score, measure: str) -> str:
    """Name a curve, with its value at the end.

    Parameters
    ----------
    kind
        Name of the curve.
    last
        Value at the end.
    measure
        What the value is: ``costs`` or ``accuracies``.
    """
    if np.isnan(last.value):
        return f"{kind}\nat the end none"
    return f"{kind}\n{cost_text(last) if measure == 'costs' else share_text(last)}"
