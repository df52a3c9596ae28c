"""What pictures of a network say: a forward pass, activations, images of weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.analysis.scores import last_epoch_score, sample_score
from nnviz.core.arrays import FloatArray
from nnviz.core.predictions import NO_CLASS, predict_classes
from nnviz.recording.recording import Recording
from nnviz.view.brightness import Brightness
from nnviz.view.sentences.comparisons import n_changed
from nnviz.view.sentences.gaps import not_numbers_text
from nnviz.view.sentences.numbers import number_text, significant
from nnviz.view.sentences.runs import count_of, moment_text, run_text
from nnviz.view.sentences.scores import cost_text, right_text, share_text
from nnviz.view.sentences.wording import joined

ACTIVATION = "activation, to each layer's white"
WEIGHT = "weight"

# Classes that are named where as many outputs are equal; of more only the number is given.
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """A network's prediction for an example, and whether it is right.

    Parameters
    ----------
    text
        The verdict in words.
    prediction
        The class that is predicted; ``None`` if none is, as outputs are NaN.
    is_right
        Whether the prediction is the example's class.
    """

    text: str
    prediction: int | None
    is_right: bool


def verdict(output: FloatArray, truth: int) -> Verdict:
    """Say what a network predicts for an example, and whether that is right.

    Parameters
    ----------
    output
        Activations of the output layer for the example, ``(n_outputs,)``.
    truth
        The example's class.

    Examples
    --------
    >>> verdict(np.array([0.1, 0.9]), 1).text, verdict(np.array([0.1, 0.9]), 0).text
    ('it reads 1', 'it reads 1, but it is 0')
    """
    (prediction,) = predict_classes(output[None]).tolist()
    if prediction == NO_CLASS:
        return Verdict(f"no prediction; it is {truth}", None, False)
    is_right = prediction == truth
    largest = np.flatnonzero(output == output.max()).tolist() if len(output) > 1 else []
    text = f"it reads {prediction}"
    text = text if is_right else f"{text}, but it is {truth}"
    if len(largest) > 1:
        names = [str(each) for each in largest]
        named = (
            f"{', '.join(names[:-1])} and {names[-1]}"
            if len(names) <= _MOST_NAMED
            else f"{len(names)}"
        )
        text = f"{text}; {named} are equal: the first counts"
    return Verdict(text, prediction, is_right)


def output_classes(n_outputs: int) -> list[int]:
    """Return the class that each output stands for; a single output stands for the second of two.

    Examples
    --------
    >>> output_classes(3), output_classes(1)
    ([0, 1, 2], [1])
    """
    return [1] if n_outputs == 1 else list(range(n_outputs))


def pixels_text(image_shape: tuple[int, int]) -> str:
    """Say how many pixels an image has.

    Examples
    --------
    >>> pixels_text((12, 9))
    '12 × 9 = 108 pixels'
    """
    height, width = image_shape
    return f"{height} × {width} = {height * width:,} pixels"


def neurons_text(n: int, n_shown: int) -> str:
    """Say how many neurons a layer has, and how many of them are shown if not all.

    Examples
    --------
    >>> neurons_text(784, 16), neurons_text(16, 16)
    ('784, 16 of them shown', '16')
    """
    return f"{n:,}" if n == n_shown else f"{n:,}, {n_shown:,} of them shown"


def brightness_text(scale: float, *, is_signed: bool, is_named: bool = True) -> str:
    """Say which activation a neuron at full light has.

    Parameters
    ----------
    scale
        Magnitude of that activation, above 0.
    is_signed
        Whether activations below zero have a colour of their own.
    is_named
        Whether the colours are named; if not, only the number is given.

    Examples
    --------
    >>> brightness_text(3.21, is_signed=False), brightness_text(1, is_signed=True)
    ('white = 3.21', 'white = 1, red = −1')
    >>> brightness_text(3.21, is_signed=False, is_named=False)
    '3.21'
    """
    number = significant(scale)
    if not is_named:
        return f"±{number}" if is_signed else number
    return f"white = {number}, red = −{number}" if is_signed else f"white = {number}"


def feed_forward_caption(recording: Recording, step: int) -> str:
    """Say which network is shown, when, and how well it reads."""
    row = recording.row(step)
    return f"{run_text(recording)}, {moment_text(recording, step)}; {right_text(recording, row)}"


def flow_legend() -> tuple[tuple[str, str], ...]:
    """Return the colours of edges, by their names in a theme, and what each means, as a formula."""
    return (
        ("positive", '"weight × activation" > 0'),
        ("negative", '"weight × activation" < 0'),
        ("muted", '"idle: by" |"weight"|'),
    )


def light_legend() -> str:
    """Say what a neuron's light means."""
    return "activation: 0 is black, white as below"


def gap_legend() -> str:
    """Name what is drawn in the colour of a gap."""
    return "not a number"


def activations_note(
    recording: Recording, values: Sequence[FloatArray], example: int, step: int, n_edges: int
) -> str:
    """Say what a figure of activations shows.

    Parameters
    ----------
    recording
        The recorded training.
    values
        Activations of each layer, ``(n_L,)``, the input first.
    example
        Number of the probe example.
    step
        A recorded step, or a negative number that counts recorded moments from the end.
    n_edges
        Number of edges that are drawn between two layers at most.
    """
    n_all = sum(len(each) for each in values)
    n = sum(int((~np.isfinite(each)).sum()) for each in values)
    return joined(
        [
            f"{run_text(recording)}, {moment_text(recording, step)}, probe example {example}",
            f"lines: the strongest weight × activation between two layers, up to {n_edges}; "
            "solid above zero, dashed below",
            not_numbers_text(n, n_all, "activations"),
        ]
    )


def brightness_ticks(ticks: Sequence[int]) -> list[str]:
    """Name the ticks -1, 0 and 1 of a scale of light that each layer gives its own meaning."""
    names = {-1: "−white", 0: "0", 1: "white"}
    return [names[tick] for tick in ticks]


def output_text(name: int, value: float, outcome: Verdict, truth: int) -> str:
    """Say what one output is: its class, its activation, and whether it decides.

    Parameters
    ----------
    name
        Class that the output stands for.
    value
        Activation of the output.
    outcome
        Verdict on the example.
    truth
        The example's class.

    Examples
    --------
    >>> output_text(3, 0.91, Verdict("", 3, True), 3), output_text(3, 0.1, Verdict("", 5, False), 3)
    ('3   0.91   right', '3   0.10   label')
    """
    word = "label" if name == truth else ""
    if name == outcome.prediction:
        word = "right" if outcome.is_right else "wrong"
    return f"{name}   {number_text(float(value), 2)}   {word}".rstrip()


def activations_title(truth: int, outcome: Verdict) -> str:
    """Say what class an example has and what the network predicts.

    Examples
    --------
    >>> activations_title(3, Verdict("", 3, True)), activations_title(3, Verdict("", None, False))
    ('Class 3, predicted 3: right', 'Class 3, no prediction: outputs are not numbers')
    """
    if outcome.prediction is None:
        return f"Class {truth}, no prediction: outputs are not numbers"
    word = "right" if outcome.is_right else "wrong"
    return f"Class {truth}, predicted {outcome.prediction}: {word}"


def column_text(layer: int, light: Brightness, n: int, n_shown: int) -> str:
    """Name a layer, with the activation that is white and how many of its neurons are shown."""
    text = f"layer {layer}\n{brightness_text(light.scale, is_signed=False)}"
    return text if n == n_shown else f"{text}\n{n_shown:,} of {n:,}"


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
