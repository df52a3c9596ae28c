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
from nnviz.view.sentences.common import (
    cost_text,
    count_of,
    joined,
    moment_text,
    n_changed,
    not_numbers_text,
    right_text,
    share_text,
)
from nnviz.view.sentences.numbers import number_text, significant
from nnviz.view.sentences.runs import run_text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a network made of an example.

    Parameters
    ----------
    text
        In words.
    prediction
        The class; ``None`` if it predicts none.
    is_right
        Whether that is the example's class.
    """

    text: str
    prediction: int | None
    is_right: bool


def verdict(output: FloatArray, truth: int) -> Verdict:
    """Say what the outputs ``(n_outputs,)`` for one example predict, and whether that is right.

    Examples
    --------
    >>> verdict(np.array([0.1, 0.9]), 1).text, verdict(np.array([0.1, 0.9]), 0).text
    ('it reads 1', 'it reads 1, but it is 0')
    """
    (prediction,) = predict_classes(output[None]).tolist()
    if prediction == NO_CLASS:
        return Verdict(f"no prediction; it is {truth}", None, False)
    is_right = prediction == truth
    equals = np.flatnonzero(output == output.max()).tolist() if len(output) > 1 else []
    text = f"it reads {prediction}"
    text = text if is_right else f"{text}, but it is {truth}"
    if len(equals) > 1:
        names = [str(each) for each in equals]
        named = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) < 5 else f"{len(names)}"
        text = f"{text}; {named} are equal: the first counts"
    return Verdict(text, prediction, is_right)


def output_classes(n_outputs: int) -> list[int]:
    """Return the class that each output stands for: a single one for the second of two.

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
    """Say which activation a white neuron has, and a coloured one if there are such below zero.

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
    """Return what edges show, as formulas: what flows above and below zero, and idle edges."""
    return (
        ("positive", '"weight × activation" > 0'),
        ("negative", '"weight × activation" < 0'),
        ("muted", '"idle: by" |"weight"|'),
    )


def light_legend() -> str:
    """Say what a neuron's light is."""
    return "activation: 0 is black, white as below"


def gap_legend() -> str:
    """Name what is drawn in the colour of a gap."""
    return "not a number"


ACTIVATION = "activation, to each layer's white"


def activations_note(
    recording: Recording, values: Sequence[FloatArray], example: int, step: int, n_edges: int
) -> str:
    """Say what a figure of activations ``(n_L,)`` of each layer shows."""
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
    """Name the ends of a scale of light that each layer gives its own meaning."""
    names = {-1: "−white", 0: "0", 1: "white"}
    return [names[tick] for tick in ticks]


def output_text(name: int, value: float, found: Verdict, truth: int) -> str:
    """Say what one output is: its class, its activation, and whether it decides.

    Examples
    --------
    >>> output_text(3, 0.91, Verdict("", 3, True), 3), output_text(3, 0.1, Verdict("", 5, False), 3)
    ('3   0.91   right', '3   0.10   label')
    """
    word = "label" if name == truth else ""
    if name == found.prediction:
        word = "right" if found.is_right else "wrong"
    return f"{name}   {number_text(float(value), 2)}   {word}".rstrip()


def activations_title(truth: int, found: Verdict) -> str:
    """Say what class an example has and what the network predicts.

    Examples
    --------
    >>> activations_title(3, Verdict("", 3, True)), activations_title(3, Verdict("", None, False))
    ('Class 3, predicted 3: right', 'Class 3, no prediction: outputs are not numbers')
    """
    if found.prediction is None:
        return f"Class {truth}, no prediction: outputs are not numbers"
    return f"Class {truth}, predicted {found.prediction}: {'right' if found.is_right else 'wrong'}"


def column_text(layer: int, light: Brightness, n: int, n_shown: int) -> str:
    """Name a layer under its column, with what white means and how much of it is shown."""
    text = f"layer {layer}\n{brightness_text(light.scale, is_signed=False)}"
    return text if n == n_shown else f"{text}\n{n_shown:,} of {n:,}"


WEIGHT = "weight"


def weight_images_heading() -> str:
    """Say what a layer that looks at pixels is."""
    return "Every neuron gives each pixel a weight"


def weight_images_caption(recording: Recording, n_neurons: int) -> str:
    """Say how many weights are shown and what they were trained on."""
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
    """Say how many weights a training changes, from recorded moments ``(n_rows, ...)`` of them.

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
    """Name the figures of :func:`progress_values`."""
    found = sample_score(recording, "test", "accuracies", 0)
    images = count_of(found.n, found.n_all, "held-out")
    names = ["step", f"right, {images}", f"cost, {images}"]
    return names if found.is_of_all else [*names, f"right, all {found.n_all:,} held-out images"]


def progress_values(recording: Recording, row: int) -> list[str]:
    """Say how far a training is, and how well the network reads held-out images by then.

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
    """Name the run of a figure of weights, and say how many of them are not finite."""
    n = int((~np.isfinite(weights)).sum())
    return joined([run_text(recording), not_numbers_text(n, weights.size, "weights")])


def weight_images_title(recording: Recording, layer: int, step: int) -> str:
    """Say whose weights a figure shows."""
    return f"Weights of layer {layer} {moment_text(recording, step)}"
