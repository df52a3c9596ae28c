"""What pictures of the cost along a straight line say."""

from __future__ import annotations

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording
from nnviz.view.sentences.gaps import diverged_text, not_numbers_text
from nnviz.view.sentences.numbers import significant
from nnviz.view.sentences.runs import examples_text, run_text
from nnviz.view.sentences.wording import joined

SLICE_CURVES = {"train": "training examples", "test": "held-out examples"}
SHARE_OF_LINE = "share of the way from the start (0) to the end (1)"


def recorded_name(name: str) -> str:
    """Name the dots of recorded costs, which the curve of a given name must meet."""
    return f"{name}, recorded"


def slice_title() -> str:
    """Name the figure of the line from a training's start to its end."""
    return "Straight from the start to the end"


def slice_note(recording: Recording, length: float, n_diverged: int, drawn: FloatArray) -> str:
    """Say how long the line is, which examples its costs are averaged over, and what is left out.

    Parameters
    ----------
    recording
        The recorded training.
    length
        Distance from the start to the end of the training, in units of the parameters.
    n_diverged
        Number of later moments that are left out, as the training had diverged.
    drawn
        All costs that are drawn, ``(n,)``.
    """
    samples = " and ".join(examples_text(recording, examples) for examples in ("train", "test"))
    n_gaps = int((~np.isfinite(drawn)).sum())
    return joined(
        [
            f"{run_text(recording)}; {significant(length)} long, in units of the parameters",
            f"costs: averages over {samples}",
            not_numbers_text(n_gaps, len(drawn), "costs"),
            diverged_text(n_diverged),
        ]
    )
