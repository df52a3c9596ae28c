"""What pictures of weights say, and of a training that is followed on them."""

from __future__ import annotations

import numpy as np

from nnviz.analysis.scores import last_epoch_score, sample_score
from nnviz.core.arrays import FloatArray
from nnviz.recording.recording import Recording
from nnviz.view.sentences.comparisons import n_changed
from nnviz.view.sentences.gaps import not_numbers_text
from nnviz.view.sentences.runs import count_of, moment_text, run_text
from nnviz.view.sentences.scores import cost_text, share_text
from nnviz.view.sentences.wording import joined

WEIGHT = "weight"


def weight_images_heading() -> str:
    """Say what the weights of a layer that looks at pixels are."""
    return "Every neuron gives each pixel a weight"


def weight_images_caption(recording: Recording, n_neurons: int) -> str:
    """Say how many weights are shown, on what they were trained, and what ± means if it stands."""
    height, width = recording.image_shape
    text = f"{n_neurons:,} neurons, {height} × {width} weights each; {run_text(recording)}"
    has_error = np.isfinite(sample_score(recording, "test", "accuracies", 0).error)
    is_sampled = len(recording.test_sample) < recording.n_examples("test")
    return f"{text}; ±: standard error of the sample" if is_sampled and has_error else text


def neuron_name(neuron: int) -> str:
    """Name a neuron by its number, from 0.

    Examples
    --------
    >>> neuron_name(3)
    'neuron 3'
    """
    return f"neuron {neuron:,}"


def start_text(recording: Recording) -> str:
    """Say where the weights at the first recorded moment come from."""
    if recording.steps[0] > 0:
        return f"The first recorded moment: {moment_text(recording, int(recording.steps[0]))}"
    if recording.has_random_start:
        return "Before training they are random"
    return "These are the weights that it was given"


def changes_text(history: FloatArray) -> str:
    """Say how many weights a training changes.

    Parameters
    ----------
    history
        The weights at each recorded moment, ``(n_rows, ...)``.

    Examples
    --------
    >>> changes_text(np.array([[1.0, 2.0, 3.0], [1.5, 2.0, 3.0]]))
    'Training changes 1 of these 3 weights'
    """
    n_all = int(np.prod(history.shape[1:]))
    if len(history) == 1:
        return "Only this moment was recorded"
    if n_none := int(np.isnan(history[-1]).sum()):
        return f"At the end {n_none:,} of these {n_all:,} weights are not numbers"
    n = n_changed(history)
    if n == n_all:
        return f"Training changes all {n_all:,} of these weights"
    if n == 0:
        return f"Training changes none of these {n_all:,} weights"
    return f"Training changes {n:,} of these {n_all:,} weights"


def progress_names(recording: Recording) -> list[str]:
    """Name the values that :func:`progress_values` returns."""
    share = sample_score(recording, "test", "accuracies", 0)
    images = count_of(share.n, share.n_all, "held-out")
    names = ["step", f"right, {images}", f"cost, {images}"]
    return names if share.is_of_all else [*names, f"right, all {share.n_all:,} held-out images"]


def progress_values(recording: Recording, row: int) -> list[str]:
    """Say how far a training is at a recorded moment, and how well the network reads by then.

    Returns
    -------
    list of str
        The step, the share of held-out images that are read rightly, and their average cost; and
        where these are of a sample, the share of all held-out images at the last epoch's end.

    Examples
    --------
    >>> progress_values(getfixture("tiny_recording"), 0)
    ['0', '10.0 %', '3.05']
    """
    right, cost = (sample_score(recording, "test", each, row) for each in ("accuracies", "costs"))
    values = [f"{recording.steps[row]:,}", share_text(right), cost_text(cost)]
    if right.is_of_all:
        return values
    past = recording.epoch_steps[recording.epoch_steps <= recording.steps[row]]
    whole = last_epoch_score(recording, "test", "accuracies", row)
    return [*values, "none yet" if whole is None else f"{share_text(whole)} at step {past[-1]:,}"]


def weight_images_note(recording: Recording, weights: FloatArray) -> str:
    """Say which run the weights of a figure are of, and how many of them are not finite."""
    n = int((~np.isfinite(weights)).sum())
    return joined([run_text(recording), not_numbers_text(n, weights.size, "weights")])


def weight_images_title(recording: Recording, layer: int, step: int) -> str:
    """Say which layer's weights a figure shows, and when."""
    return f"Weights of layer {layer} {moment_text(recording, step)}"
