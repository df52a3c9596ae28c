"""What pictures of a network say: of a forward pass and of activations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.core.predictions import NO_CLASS, predict_classes
from nnviz.recording.recording import Recording
from nnviz.view.brightness import Brightness
from nnviz.view.sentences.gaps import not_numbers_text
from nnviz.view.sentences.numbers import number_text, significant
from nnviz.view.sentences.runs import moment_text, run_text
from nnviz.view.sentences.scores import right_text
from nnviz.view.sentences.wording import joined

ACTIVATION = "activation, to each layer's white"

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
        named = f"{len(names)}"
        if len(names) <= _MOST_NAMED:
            named = f"{', '.join(names[:-1])} and {names[-1]}"
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
