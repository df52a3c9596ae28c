"""What pictures of a gradient say."""

from __future__ import annotations

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording
from nnviz.view.sentences.comparisons import n_changed
from nnviz.view.sentences.numbers import significant
from nnviz.view.sentences.runs import moment_text, run_text
from nnviz.view.sentences.wording import joined, plural

GRADIENT_COLUMNS = ("parameter", "value", "−gradient")
COST_OF_BATCH = "cost of its batch"
PARAMETER_AXIS, GRADIENT_AXIS = "parameter, layer after layer", "−gradient: up, or down"
RANK_AXIS, MAGNITUDE = "rank within the layer", "magnitude"

# How much a parameter matters, by the share of its entry of the largest: the least share and
# the words for it.
_SIZES = ((0.5, "a lot"), (0.1, "somewhat"), (0.01, "a little"), (0.0, "hardly"))


def gradient_legend() -> tuple[tuple[str, str], ...]:
    """Return the colours of a gradient's edges, by their names in a theme, and what each means."""
    return (("positive", "−gradient above 0: up"), ("negative", "below 0: down"))


def batch_text(recording: Recording, step: int) -> str:
    """Say over which examples the gradient that was recorded at a step is averaged.

    Examples
    --------
    >>> batch_text(getfixture("tiny_recording"), 0)
    'a mini-batch of 8 images'
    """
    n = len(recording.batch_indices(step))
    if n == recording.n_examples("train"):
        return f"all {n:,} training images"
    return f"a mini-batch of {n:,} {plural(n, 'image')}"


def gradient_headings(n: int) -> tuple[str, str, str]:
    """Return the headings of a gradient's scene in their order, for ``n`` weights and biases."""
    return (
        f"{n:,} weights and biases, one long column",
        "The negative gradient: a nudge for each of them",
        "Sign: up or down. Size: how much it matters",
    )


def steps_heading(recording: Recording, rows: range) -> str:
    """Say how many parameters change from the first of some recorded moments to the last."""
    moments = np.asarray(recording.parameters[rows.start : rows.stop])
    n, n_all = n_changed(moments), moments.shape[1]
    if n == 0:
        return "No weight moves: what follows is the same"
    moving = f"{n:,} of the {n_all:,}" if n < n_all else f"all {n:,}"
    steps = int(recording.steps[rows[-1]] - recording.steps[rows[0]])
    return f"In {steps:,} {plural(steps, 'step')} {moving} move, each time by a gradient anew"


def gradient_caption(recording: Recording, row: int) -> str:
    """Say which gradient is shown: of which run, from which step and over which examples."""
    step = int(recording.steps[row])
    return f"{run_text(recording)}; recorded at step {step:,}, on {batch_text(recording, step)}"


def weighing_text(entry: float, largest: float) -> str:
    """Say which change an entry of the negative gradient asks for, and how much it matters.

    Parameters
    ----------
    entry
        Entry of the negative gradient.
    largest
        Magnitude of the gradient's largest entry, above 0 unless the entry is 0.

    Examples
    --------
    >>> weighing_text(-0.9, 1.0), weighing_text(0.01, 1.0), weighing_text(0.0, 1.0)
    ('down, a lot', 'up, a little', 'stays: exactly zero')
    """
    if entry == 0:
        return "stays: exactly zero"
    share = abs(entry) / largest
    size = next(words for least, words in _SIZES if share >= least)
    return f"{'up' if entry > 0 else 'down'}, {size}"


def spread_text(gradient: FloatArray) -> str:
    """Compare the largest entry of a gradient ``(n,)`` with a typical one, and count the zeros.

    Examples
    --------
    >>> spread_text(np.array([4.0, -1.0, 2.0, 0.0]))
    'the largest is 2 times the median of those not zero; 1 of 4 entries is exactly zero'
    >>> spread_text(np.array([4.0, -1.0, 2.0]))
    'the largest is 2 times the median'
    >>> spread_text(np.zeros(3))
    'all 3 entries are exactly zero: nothing matters here'
    """
    magnitudes = np.abs(gradient)
    nonzero = magnitudes[magnitudes > 0]
    n, n_zero = magnitudes.size, magnitudes.size - nonzero.size
    if not nonzero.size:
        return f"all {n:,} entries are exactly zero: nothing matters here"
    times = significant(float(nonzero.max() / np.median(nonzero)))
    text = f"the largest is {times} times the median"
    if not n_zero:
        return text
    verb = "entries are" if n_zero > 1 else "entries is"
    return f"{text} of those not zero; {n_zero:,} of {n:,} {verb} exactly zero"


def gradient_title() -> str:
    """Name the figure of all entries of a gradient."""
    return "The negative gradient, entry by entry"


def gradient_sizes_title() -> str:
    """Name the figure of a gradient's magnitudes."""
    return "How much each matters"


def into_layer(layer: int) -> str:
    """Name the parameters that lead into a layer."""
    return f"into layer {layer}"


def gradient_note(recording: Recording, step: int) -> str:
    """Say which gradient a figure shows: of which run, when, and over which examples."""
    return (
        f"{run_text(recording)}, {moment_text(recording, step)}; gradient of the average cost of "
        f"{batch_text(recording, step)}"
    )


def layer_entries_text(layer: int, n: int, n_zero: int, n_below: int = 0) -> str:
    """Count the entries of a gradient that lead into a layer.

    Parameters
    ----------
    layer
        Number of the layer, from 1.
    n, n_zero, n_below
        Numbers of all entries, of those that are zero, and of those too small to be shown; counts
        of zero are not mentioned.

    Examples
    --------
    >>> layer_entries_text(1, 12560, 5040), layer_entries_text(2, 272, 0)
    ('layer 1: 12,560 entries, 5,040 of them zero', 'layer 2: 272 entries')
    >>> layer_entries_text(2, 272, 0, 9)
    'layer 2: 272 entries, 9 of them below the picture'
    """
    counts = [f"{n_zero:,} of them zero" if n_zero else ""]
    counts.append(f"{n_below:,} of them below the picture" if n_below else "")
    return joined([f"layer {layer}: {n:,} entries", *counts], ", ")
