"""Every sentence on screen and in figures: what is said follows from the data it is said of.

A scene or a figure writes no words of its own. What a function here claims, it has compared;
what is not a number it calls none; and each of its branches has a test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.analysis.descent import Descent
from nnviz.analysis.landscape import Landscape
from nnviz.analysis.minima import Minima
from nnviz.analysis.planes import Plane
from nnviz.analysis.race import Entry, Race
from nnviz.analysis.scores import Score, last_epoch_score, sample_score, score
from nnviz.analysis.walks import Walk
from nnviz.core.arrays import FloatArray
from nnviz.core.predictions import NO_CLASS, predict_classes
from nnviz.recording.recording import Recording
from nnviz.view.brightness import Brightness
from nnviz.view.notation import (
    data_text,
    number_text,
    percent,
    run_text,
    significant,
    sizes_text,
)

# A change by less than this share of it leaves a cost where it is.
_LEVEL = 0.01
# A cost that was higher on the way than at both ends, by this factor, went uphill first.
_UPHILL = 1.2
# Costs that differ by no more than this factor are about equal.
_ALIKE = 1.25

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


#: Kinds of examples, by their names in a recording.
KINDS = {"train": "training", "test": "held-out", "probe": "probe"}

# -- of a recording -------------------------------------------------------------------------


def moment_text(recording: Recording, step: int) -> str:
    """Say when a recorded step is, such as ``after 1,875 steps``.

    Raises
    ------
    RecordingError
        If the step was not recorded.

    Examples
    --------
    >>> moment_text(getfixture("tiny_recording"), 0)
    'before training'
    """
    taken = int(recording.steps[recording.row(step)])
    if taken == 0:
        return "before training" if recording.has_random_start else "as it was given"
    return f"after {taken:,} {_plural(taken, 'step')}"


def examples_text(recording: Recording, examples: str) -> str:
    """Say which examples a cost is averaged over.

    Examples
    --------
    >>> examples_text(getfixture("tiny_recording"), "test")
    'all 200 held-out images'
    """
    n = len(recording.test_sample if examples == "test" else recording.train_sample)
    return count_of(n, recording.n_examples(examples), KINDS[examples])


def count_of(n: int, n_all: int, kind: str) -> str:
    """Say how many of all images of a kind are meant.

    Examples
    --------
    >>> count_of(2000, 60000, "training"), count_of(20, 20, "held-out")
    ('2,000 of 60,000 training images', 'all 20 held-out images')
    """
    if n == n_all:
        return f"all {n:,} {kind} images"
    return f"{n:,} of {n_all:,} {kind} images"


def share_text(found: Score, *, decimals: int = 1) -> str:
    """Return a share of examples as a percentage, with its standard error if it is of a sample.

    Examples
    --------
    >>> share_text(Score(0.955, 0.0, 100, 100)), share_text(Score(0.959, 0.0041, 20, 100))
    ('95.5 %', '95.9 ± 0.4 %')
    """
    if found.is_of_all or np.isnan(found.error) or np.isnan(found.value):
        return percent(found.value, decimals=decimals)
    error = f"{100 * found.error:.{decimals}f}"
    if not float(error):
        error = _first_digit(100 * found.error)
    return f"{100 * found.value:.{decimals}f} ± {error} %"


def cost_text(found: Score) -> str:
    """Return an average cost, with its standard error if it is of a sample.

    Examples
    --------
    >>> cost_text(Score(0.0718, 0.0, 100, 100)), cost_text(Score(0.0718, 0.0052, 20, 100))
    ('0.0718', '0.072 ± 0.005')
    >>> cost_text(Score(float("nan"), 0.0, 100, 100))
    'none'
    """
    if found.is_of_all or not np.isfinite([found.error, found.value]).all() or found.error == 0:
        return significant(found.value)
    places = max(int(-np.floor(np.log10(found.error))), 0)
    return f"{number_text(found.value, places)} ± {_first_digit(found.error)}"


def right_text(recording: Recording, row: int) -> str:
    """Say how many held-out images a network reads rightly: of all, where that was measured.

    Examples
    --------
    >>> right_text(getfixture("tiny_recording"), 0)
    '10.0 % of all 200 held-out images right'
    """
    found = score(recording, "test", "accuracies", row)
    images = count_of(found.n, found.n_all, "held-out")
    if found.value == 0 and np.isnan(score(recording, "test", "costs", row).value):
        return f"no prediction for {images}: outputs are not numbers"
    if found.is_of_all or not np.isnan(found.error):
        return f"{share_text(found)} of {images} right"
    return f"{share_text(found)} of {images} right, not drawn at random"


def not_numbers_text(n: int, n_all: int, what: str) -> str:
    """Say how many of some values are no numbers; nothing if all are.

    Examples
    --------
    >>> not_numbers_text(3, 160, "weights"), not_numbers_text(0, 160, "weights")
    ('3 of 160 weights are not finite', '')
    """
    if n == 0:
        return ""
    return f"{n:,} of {n_all:,} {what} {'is' if n == 1 else 'are'} not finite"


def stopped_text(recording: Recording) -> str:
    """Say that a training did not take all its steps; nothing if it did.

    Examples
    --------
    >>> stopped_text(getfixture("tiny_recording"))
    ''
    """
    if recording.is_complete:
        return ""
    last = int(recording.steps[-1])
    return f"stopped after {last:,} of {recording.n_steps:,} steps"


# -- feed-forward, activations --------------------------------------------------------------


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
    ('white: 3.21', 'white: 1, red: −1')
    >>> brightness_text(3.21, is_signed=False, is_named=False)
    '3.21'
    """
    number = significant(scale)
    if not is_named:
        return f"±{number}" if is_signed else number
    return f"white: {number}, red: −{number}" if is_signed else f"white: {number}"


def feed_forward_caption(recording: Recording, step: int) -> str:
    """Say which network is shown, when, and how well it reads."""
    row = recording.row(step)
    return f"{run_text(recording)}, {moment_text(recording, step)}; {right_text(recording, row)}"


def flow_legend() -> tuple[tuple[str, str], ...]:
    """Return what edges show, as formulas: what flows above and below zero, and idle edges."""
    return (("positive", "w a > 0"), ("negative", "w a < 0"), ("muted", '"idle:" |w|'))


ACTIVATION = "activation"


def activations_note(
    recording: Recording, values: Sequence[FloatArray], example: int, step: int, n_edges: int
) -> str:
    """Say what a figure of activations ``(n_L,)`` of each layer shows."""
    n_all = sum(len(each) for each in values)
    n = sum(int((~np.isfinite(each)).sum()) for each in values)
    return _joined(
        [
            f"{run_text(recording)}, {moment_text(recording, step)}, probe example {example}",
            f"lines: the strongest weight × activation between two layers, up to {n_edges}; "
            "solid above zero, dashed below",
            not_numbers_text(n, n_all, "activations"),
        ]
    )


def brightness_ticks(ticks: Sequence[int]) -> list[str]:
    """Name the ends of a scale of light that each layer gives its own meaning."""
    names = {-1: "−the layer's white", 0: "0", 1: "the layer's white"}
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


# -- weight images --------------------------------------------------------------------------

WEIGHT = "weight"


def weight_images_heading() -> str:
    """Say what a layer that looks at pixels is."""
    return "Every neuron gives each pixel a weight"


def weight_images_caption(recording: Recording, n_neurons: int) -> str:
    """Say how many weights are shown and what they were trained on."""
    height, width = recording.image_shape
    return f"{n_neurons:,} neurons, {height} × {width} weights each; {run_text(recording)}"


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
    n = _n_changed(history)
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


def scale_ends(limit: float, *, below: bool, above: bool) -> tuple[str, str]:
    """Name the ends of a scale that is symmetric about zero, and say if values go beyond.

    Examples
    --------
    >>> scale_ends(0.5, below=True, above=False)
    ('≤ −0.5', '0.5')
    """
    number = significant(limit, 2)
    return f"≤ −{number}" if below else f"−{number}", f"≥ {number}" if above else number


def weight_images_note(recording: Recording, weights: FloatArray) -> str:
    """Name the run of a figure of weights, and say how many of them are not finite."""
    n = int((~np.isfinite(weights)).sum())
    return _joined([run_text(recording), not_numbers_text(n, weights.size, "weights")])


def gap_name(is_gap: NDArray[np.bool_]) -> str:
    """Name what is drawn in the colour of a gap, if anything is.

    Examples
    --------
    >>> gap_name(np.array([False, True])), gap_name(np.array([False]))
    ('none', '')
    """
    return "none" if is_gap.any() else ""


def bound_texts(texts: Sequence[str], *, below: bool, above: bool) -> list[str]:
    """Mark the ends of a scale that values lie beyond.

    Examples
    --------
    >>> bound_texts(["1", "10", "100"], below=True, above=False)
    ['≤ 1', '10', '100']
    """
    marked = list(texts)
    if below:
        marked[0] = f"≤ {marked[0]}"
    if above:
        marked[-1] = f"≥ {marked[-1]}"
    return marked


def weight_images_title(recording: Recording, layer: int, step: int) -> str:
    """Say whose weights a figure shows."""
    return f"Weights of layer {layer} {moment_text(recording, step)}"


# -- the descent of a recorded training -----------------------------------------------------

STEP, COST, TRUE_COST = "step", "cost", "true cost"
AVERAGE_COST = "average cost of an example"
COST_OF_MAP, COST_ON_SURFACE = "cost of the map there", "cost on the surface"
DISTANCE = "distance from the plane"
DISTANCE_IN_UNITS = "distance from the plane, in units of the parameters"
TRUE_COST_OF_PATH, COST_UNDER_IT = "true cost of the path", "cost of the surface under it"
PATH, RECORDED_STEPS, START, END = "path", "recorded steps", "start", "end"


def course(costs: FloatArray) -> str:
    """Return how a cost went, ``(n,)``: ``down``, ``up``, ``level``, ``over`` or ``none``.

    ``over`` is down, but only after it was higher than at the start; ``back`` is up, but higher
    on the way. ``none`` is a cost that is not finite at an end, or of a single moment.

    Examples
    --------
    >>> course(np.array([3.0, 0.1])), course(np.array([2.0, 900.0, 1.0]))
    ('down', 'over')
    >>> course(np.array([1.0, 5.0])), course(np.array([1.0, 1.001])), course(np.array([1.0]))
    ('up', 'level', 'none')
    """
    first, last = float(costs[0]), float(costs[-1])
    if len(costs) < 2 or not np.isfinite([first, last]).all():
        return "none"
    peak = float(np.max(costs, where=np.isfinite(costs), initial=first))
    was_higher = peak > _UPHILL * max(first, last)
    if last < (1 - _LEVEL) * first:
        return "over" if was_higher else "down"
    if last > (1 + _LEVEL) * first:
        return "back" if was_higher else "up"
    return "back" if was_higher else "level"


def descent_heading(n_parameters: int, costs: FloatArray) -> str:
    """Say where all parameters together lead, from the true costs on the way ``(n,)``."""
    subject = f"{n_parameters:,} weights and biases"
    return {
        "down": f"{subject} going downhill",
        "over": f"{subject}: uphill first, then down",
        "up": f"{subject} going uphill",
        "back": f"{subject}: uphill, and back again",
        "level": f"{subject}: the cost stays where it is",
        "none": f"{subject} at the moments recorded",
    }[course(costs)]


def surface_heading(costs: FloatArray) -> str:
    """Say how a path leads over a cost surface, from the true costs on the way ``(n,)``."""
    return {
        "down": "Downhill on the real cost surface",
        "over": "Uphill first, then down the real cost surface",
        "up": "Uphill on the real cost surface",
        "back": "Uphill on the real cost surface, and back",
        "level": "Along the real cost surface, at one height",
        "none": "On the real cost surface",
    }[course(costs)]


def descent_title(costs: FloatArray) -> str:
    """Name a figure of a path over the cost, from the true costs on the way ``(n,)``."""
    return {
        "down": "Descent on the cost surface",
        "over": "Up, then down the cost surface",
        "up": "Ascent on the cost surface",
        "back": "Up the cost surface, and back",
        "level": "A path along the cost surface",
        "none": "A path on the cost surface",
    }[course(costs)]


def faithfulness(found: Descent) -> list[str]:
    """Say in short lines what a plane shows of a path, and what it leaves out."""
    if (far := found.farthest) == 0:
        lines = ["The whole path lies", "in this plane."]
    else:
        lines = [
            f"This plane holds {percent(found.variance_explained.sum(), decimals=1)}",
            "of the path's variance;",
            f"the path is up to {significant(far)}",
            "away from it.",
        ]
    return lines + _in_two(diverged_text(found.n_diverged))


def descent_note(recording: Recording, found: Descent) -> str:
    """Say what a figure of a path shows and what it leaves out."""
    if (far := found.farthest) == 0:
        plane = "the whole path lies in this plane"
    else:
        plane = (
            f"the plane holds {percent(found.variance_explained.sum())} of the path's variance; "
            f"the path is up to {significant(far)} away"
        )
    return _joined(
        [
            run_text(recording),
            plane,
            costs_caption(recording),
            diverged_text(found.n_diverged),
            gap_text(found.landscape),
        ]
    )


def point_text(name: str, step: int, cost: float) -> str:
    """Say when an end of a path is, and its true cost there."""
    return f"{name}\nstep {step:,}\ncost {significant(cost)}"


def diverged_text(n: int) -> str:
    """Say how many moments of a training that diverged are left out; nothing if none is.

    Examples
    --------
    >>> diverged_text(3), diverged_text(1), diverged_text(0)
    ('diverged: 3 later moments are left out', 'diverged: 1 later moment is left out', '')
    """
    if not n:
        return ""
    return f"diverged: {n:,} later {_plural(n, 'moment')} {'are' if n > 1 else 'is'} left out"


def costs_caption(recording: Recording, examples: str = "train") -> str:
    """Say which examples the costs of a picture are averaged over.

    Examples
    --------
    >>> costs_caption(getfixture("tiny_recording"))
    'costs: average over all 600 training images'
    """
    return f"costs: average over {examples_text(recording, examples)}"


def costs_lines(recording: Recording) -> list[str]:
    """Say in short lines which examples the costs of a picture are averaged over."""
    return ["Costs are averages over", f"{examples_text(recording, 'train')}."]


def run_lines(recording: Recording) -> list[str]:
    """Name a network and its data in short lines."""
    return [sizes_text(recording), f"on {data_text(recording)}"]


def surface_note(recording: Recording) -> str:
    """Say what a surface lies over."""
    return f"{run_text(recording)}, over the two principal directions of the recorded path"


def principal_names(shares: FloatArray) -> tuple[str, str]:
    """Name the axes of a principal plane, whose directions hold shares ``(2,)`` of a path.

    Examples
    --------
    >>> principal_names(np.array([0.94, 0.046]))[1]
    'principal direction 2 (4.6 % of the variance)'
    """
    one, two = (
        f"principal direction {i} ({percent(share)} of the variance)"
        for i, share in enumerate(shares, start=1)
    )
    return one, two


def gap_text(landscape: Landscape) -> str:
    """Say what the points of a map are whose cost is not finite; nothing if there are none.

    Examples
    --------
    >>> gap_text(Landscape(None, None, None, np.array([[1.0, np.inf]])))
    'no finite cost at 1 of 2 points'
    """
    n = int((~np.isfinite(landscape.costs)).sum())
    return f"no finite cost at {n:,} of {landscape.costs.size:,} points" if n else ""


def residuals_title() -> str:
    """Name the figure of what a plane does not show of a path."""
    return "What the plane leaves out"


def residuals_note(recording: Recording, found: Descent) -> str:
    """Say where a path's true cost and that of the surface under it differ most."""
    path = found.trajectory
    with np.errstate(invalid="ignore"):
        differences = np.abs(path.costs - path.surface_costs)
    finite = np.isfinite(differences)
    worst = int(np.argmax(np.where(finite, differences, -1)))
    text = "nowhere are both costs finite"
    if finite.any():
        text = (
            f"the costs differ most at step {path.steps[worst]:,}: "
            f"{significant(path.costs[worst])}, and {significant(path.surface_costs[worst])} on "
            "the surface"
        )
    return _joined(
        [
            run_text(recording),
            text,
            not_numbers_text(int((~finite).sum()), len(finite), "moments' costs"),
            diverged_text(found.n_diverged),
        ]
    )


DIRECTIONS, THE_NETWORK = ("direction 1", "direction 2"), "the network"


def landscape_title(plane: Plane | None) -> str:
    """Name a landscape: around a network, or over a plane that was asked for."""
    return "The cost around the network" if plane is None else "The cost over a plane"


def surface_title() -> str:
    """Name the surface that stands beside a landscape's contours."""
    return "The same as a surface"


def surface_figure_note(found: Landscape) -> str:
    """Say what the height and the colour of a surface are, and what its holes."""
    holes = gap_text(found)
    note = "height: the cost; colour: its logarithm"
    return f"{note}\nholes: {holes}" if holes else note


def landscape_note(
    recording: Recording, step: int, plane: Plane | None, found: Landscape, *, is_shown: bool
) -> str:
    """Say what a landscape shows and where the network is in it.

    Parameters
    ----------
    recording, step
        The network.
    plane
        That was asked for; ``None`` for two random directions from the network.
    found
        What was measured.
    is_shown
        Whether the dot of the network lies within the picture.
    """
    where = "two random directions, filter-normalised"
    if plane is not None:
        parameters = recording.network_at(step).parameters.astype(np.float64)
        far = float(plane.distances(parameters))
        if np.isnan(far):
            where = "the network's parameters are not finite: it has no place here"
        else:
            is_in = far < 1e-6 * (1 + float(np.linalg.norm(parameters)))
            away = "in the plane" if is_in else f"{significant(far)} away from the plane"
            where = (
                f"the dot: the network, {away}"
                if is_shown
                else (f"the network, {away}, lies outside the picture")
            )
    lines = [
        f"{run_text(recording)}, {moment_text(recording, step)}",
        f"{where}; {costs_caption(recording)}",
        gap_text(found),
    ]
    return _joined(lines)


# -- functions of one and two variables -----------------------------------------------------

HEIGHT, VARIABLE, FUNCTION, STEPS, EXIT = "height", "x", "function", "steps", "leaves the picture"
SLOPE_READOUTS = ("x", "slope", "step = −rate × slope")
GRADIENT_READOUTS = ("x part of the gradient", "y part of the gradient", HEIGHT)


def rate_title(rate: float) -> str:
    """Name a figure by its learning rate.

    Examples
    --------
    >>> rate_title(0.5)
    'Rate 0.5'
    """
    return f"Rate {significant(rate)}"


def rate_name(rate: float) -> str:
    """Name a learning rate."""
    return f"rate {significant(rate)}"


def slope_heading(slope: float) -> str:
    """Say what the slope tells at the start.

    Examples
    --------
    >>> slope_heading(0.0)
    'Which way is down? It is level here'
    """
    if slope == 0:
        return "Which way is down? It is level here"
    return "Which way is down? The slope says"


def pace_text(steps: FloatArray, *, leaves: bool) -> str:
    """Say how the length of steps ``(n,)`` at one rate changed on the way.

    Examples
    --------
    >>> pace_text(np.array([1.0, -0.1]), leaves=False)
    'flatter ground, smaller steps'
    """
    if leaves:
        return "it leaves the picture"
    first, last = np.abs(steps[[0, -1]])
    if last < 0.5 * first:
        return "flatter ground, smaller steps"
    return "steeper ground, longer steps" if last > first else "no step is much shorter"


def places_heading(n_found: int, *, have_settled: bool) -> str:
    """Say what several starts show, from the number of places that they lead to.

    Examples
    --------
    >>> places_heading(3, have_settled=True), places_heading(1, have_settled=True)
    ('Where it starts decides which valley it finds', 'Wherever it starts, it finds one valley')
    """
    kind = "valley" if have_settled else "place"
    if n_found == 1:
        return f"Wherever it starts, it finds one {kind}"
    return f"Where it starts decides which {kind} it finds"


def places_pace(n_steps: int, rate: float) -> str:
    """Say how the balls of several starts go down."""
    return f"{n_steps} steps, rate {significant(rate)}"


def more_text(n: int) -> str:
    """Say how many places are not listed."""
    return f"and {n} more"


def places_text(n_starts: int, n_found: int, *, have_settled: bool) -> str:
    """Count the places that several starts lead to.

    Examples
    --------
    >>> places_text(11, 3, have_settled=True), places_text(11, 1, have_settled=False)
    ('11 starts, 3 valleys', '11 starts, 1 place')
    """
    return f"{n_starts} starts, {n_found} {_plural(n_found, 'valley' if have_settled else 'place')}"


def place_text(n: int, x: float, height: float) -> str:
    """Say how many starts lead to a place."""
    text = f"{n} at x = {number_text(x, 2)}, height {number_text(height, 2)}"
    return text.replace("-", "−")


def rate_verdicts(ends: Sequence[float], tolerance: float) -> list[str]:
    """Judge learning rates, ascending, by the heights that they end at from one start.

    Parameters
    ----------
    ends
        Height of each; infinite where it left the picture.
    tolerance
        Heights that differ by less are as good as each other.

    Examples
    --------
    >>> rate_verdicts([0.5, 0.1, np.inf], 0.01), rate_verdicts([0.5, 0.3, 0.1], 0.01)
    (['too small', 'good', 'too large'], ['too small', 'too small', 'good'])
    >>> rate_verdicts([np.inf, np.inf], 0.01), rate_verdicts([0.1, 0.1], 0.01)
    (['it leaves', 'it leaves'], ['good', 'good'])
    """
    best = min(ends)
    if not np.isfinite(best):
        return ["it leaves" for _ in ends]
    good = [end <= best + tolerance for end in ends]
    first, last = good.index(True), len(good) - 1 - good[::-1].index(True)
    names = []
    for place, is_good in enumerate(good):
        other = "too small" if place < first else "too large" if place > last else "worse"
        names.append("good" if is_good else other)
    return names


def rates_heading(verdicts: Sequence[str]) -> str:
    """Sum up learning rates that were judged.

    Examples
    --------
    >>> rates_heading(["too small", "good", "too large"]), rates_heading(["good", "good"])
    ('The learning rate: too small, good, too large', 'The learning rate: each of these is good')
    """
    if len(set(verdicts)) > 1:
        return f"The learning rate: {', '.join(verdicts)}"
    each = {"good": "each of these is good", "it leaves": "by each of these it leaves"}
    return f"The learning rate: {each[verdicts[0]]}"


def rate_text(rate: float, judged: str) -> str:
    """Name a learning rate that was judged."""
    return f"{rate_name(rate)}: {judged}"


def outcome_text(walk: Walk, *, leaves: bool) -> str:
    """Say where a walk ended."""
    n = len(walk.points) - 1
    if leaves:
        return f"out of the picture after {n:,} {_plural(n, 'step')}"
    return f"height {number_text(float(walk.values[-1]), 2)} after {n:,} {_plural(n, 'step')}"


def steepest_heading(gradient: FloatArray) -> str:
    """Say what the gradient ``(2,)`` tells at the start."""
    if not np.any(gradient):
        return "It is level here: no direction leads down"
    return "Of all directions, the gradient knows the steepest"


def weighing_lines(gradient: FloatArray) -> list[str]:
    """Say what a gradient's parts ``(2,)`` mean: a direction, and how much each number matters.

    Examples
    --------
    >>> weighing_lines(np.array([3.0, 1.0])), weighing_lines(np.array([0.0, 1.0]))
    (['here x matters 3.0 times', 'as much as y'], ['only y matters here'])
    >>> weighing_lines(np.array([2.0, -2.0]))
    ['here x and y', 'matter alike']
    """
    sizes = np.abs(gradient)
    more, less = ("x", "y") if sizes[0] >= sizes[1] else ("y", "x")
    if sizes.max() == 0:
        return ["it is level here:", "no way is down"]
    if sizes.min() == 0:
        return [f"only {more} matters here"]
    times = float(sizes.max() / sizes.min())
    if times < 1.05:
        return ["here x and y", "matter alike"]
    text = f"{times:.1f}" if times < 100 else significant(times)
    return [f"here {more} matters {text} times", f"as much as {less}"]


def method_text(method: str, n_steps: int, n_shown: int) -> str:
    """Say by what method a path was found, and how much of it is shown.

    Examples
    --------
    >>> method_text("l_bfgs_b", 9, 9), method_text("momentum", 14, 3)
    ('l bfgs b, 9 steps', 'momentum, 3 of 14 steps: then it leaves')
    """
    name = method.replace("_", " ").replace("-", " ")
    if n_shown < n_steps:
        return f"{name}, {n_shown} of {n_steps} steps: then it leaves"
    return f"{name}, {n_steps} {_plural(n_steps, 'step')}"


def batches_heading() -> str:
    """Say what is compared."""
    return "All images at every step, or a few: mini-batches"


def step_name(step: int) -> str:
    """Name a step."""
    return f"step {step:,}"


def batches_lines(n: int, batch_size: int) -> list[str]:
    """Say how many images a step of the race looks at, and how many steps a pass takes.

    Examples
    --------
    >>> batches_lines(2000, 32)[1]
    'A pass over all of them is one step of the full batch, or 63 of mini-batches.'
    """
    n_steps = -(-n // batch_size)
    if n_steps == 1:
        return [f"{n:,} training images: a mini-batch of up to {batch_size} holds them all."]
    return [
        f"{n:,} training images in random order, up to {batch_size} a step.",
        f"A pass over all of them is one step of the full batch, or {n_steps:,} of mini-batches.",
    ]


# -- the race -------------------------------------------------------------------------------


def race_heading(n_parameters: int) -> str:
    """Say what the race runs on."""
    return f"One start, one landscape of {n_parameters:,} weights and biases"


def race_title(found: Race) -> str:
    """Count the ways from one start.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> race_title(SimpleNamespace(entries=[0] * 4))
    'One start, four ways on'
    """
    n = len(found.entries)
    return f"One start, {_COUNTS[n] if n < len(_COUNTS) else n} {_plural(n, 'way')} on"


def race_costs_title(found: Race) -> str:
    """Say who ends lowest after the same work, by the true cost."""
    ends = [_end_cost(entry) for entry in found.entries]
    if not np.isfinite(ends).any():
        return "The same work: none ends with a finite cost"
    best = int(np.argmin(np.where(np.isfinite(ends), ends, np.inf)))
    lowest = [entry.contender.name for entry, end in zip(found.entries, ends, strict=True)
              if end <= (1 + _LEVEL) * ends[best]]  # fmt: skip
    if len(lowest) == len(ends) > 1:
        return "The same work: all end alike"
    if len(lowest) == 1:
        return f"The same work: {lowest[0]} ends lowest"
    return f"The same work: {', '.join(lowest[:-1])} and {lowest[-1]} end alike, lowest"


def _end_cost(entry: Entry) -> float:
    return float("inf") if entry.n_diverged else float(entry.trajectory.costs[-1])


def entry_text(entry: Entry) -> str:
    """Say at what rate a contender went, how many steps, and whether it diverged."""
    steps = int(entry.trajectory.steps[-1])
    text = f"rate {entry.learning_rate:g}, {steps:,} {_plural(steps, 'step')}"
    return f"{text}, then diverged" if entry.n_diverged else text


def contender_text(entry: Entry) -> str:
    """Name a contender, with its rate and steps."""
    return f"{entry.contender.name}, {entry_text(entry)}"


def race_lines(recording: Recording, found: Race) -> list[str]:
    """Say what the numbers of a race are and what its plane holds."""
    return [
        "Numbers are true costs, of all",
        f"{found.n_examples:,} images that they learn.",
        f"The plane holds {percent(found.variance_explained.sum())}",
        "of the paths' variance.",
        run_text(recording),
        *_in_two(gap_text(found.landscape)),
    ]


def race_note(recording: Recording, found: Race, passes: int) -> str:
    """Say what a figure of a race shows."""
    lines = [
        f"{run_text(recording)}; each takes {passes} passes over {found.n_examples:,} images",
        f"the plane holds {percent(found.variance_explained.sum())} of the paths' variance",
        gap_text(found.landscape),
    ]
    return _joined(lines)


def race_costs_note(recording: Recording, found: Race) -> str:
    """Say what the costs of a race are."""
    return (
        f"{run_text(recording)}; true costs, average over the {found.n_examples:,} images "
        "that are learned"
    )


# -- gradients ------------------------------------------------------------------------------

GRADIENT_COLUMNS = ("parameter", "value", "−gradient")
COST_OF_BATCH = "cost of its batch"


def gradient_legend() -> tuple[tuple[str, str], ...]:
    """Return what the edges of a gradient show: the theme's colour and its meaning."""
    return (("positive", "−gradient above 0: up"), ("negative", "below 0: down"))


def batch_text(recording: Recording, step: int) -> str:
    """Say which examples the gradient recorded at a step is of.

    Examples
    --------
    >>> batch_text(getfixture("tiny_recording"), 0)
    'a mini-batch of 8 images'
    """
    n = len(recording.batch_indices(step))
    if n == recording.n_examples("train"):
        return f"all {n:,} training images"
    return f"a mini-batch of {n:,} {_plural(n, 'image')}"


def gradient_headings(n: int) -> tuple[str, str, str]:
    """Say what the parts of a gradient's scene show, in their order."""
    return (
        f"{n:,} weights and biases, one long column",
        "The negative gradient: a nudge for each of them",
        "Sign: up or down. Size: how much it matters",
    )


def steps_heading(recording: Recording, rows: range) -> str:
    """Say what happens to the parameters from a recorded moment to those that follow."""
    moments = np.asarray(recording.parameters[rows.start : rows.stop])
    n, n_all = _n_changed(moments), moments.shape[1]
    if n == 0:
        return "No weight moves: what follows is the same"
    who = f"{n:,} of the {n_all:,}" if n < n_all else f"All {n:,}"
    return f"{who} move, and the gradient is computed again"


def gradient_caption(recording: Recording, row: int) -> str:
    """Say what gradient is shown: of which run, when, and of which examples."""
    step = int(recording.steps[row])
    return f"{run_text(recording)}; recorded at step {step:,}, on {batch_text(recording, step)}"


def weighing_text(nudge: float, largest: float) -> str:
    """Say what an entry of the negative gradient asks for, and how much it matters.

    Parameters
    ----------
    nudge
        The entry.
    largest
        Magnitude of the gradient's largest entry.

    Examples
    --------
    >>> weighing_text(-0.9, 1.0), weighing_text(0.01, 1.0), weighing_text(0.0, 1.0)
    ('down, a lot', 'up, a little', 'stays: exactly zero')
    """
    if nudge == 0:
        return "stays: exactly zero"
    share = abs(nudge) / largest
    size = "a lot" if share >= 0.5 else "somewhat" if share >= 0.1 else "a little"
    return f"{'up' if nudge > 0 else 'down'}, {size}"


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
    some = magnitudes[magnitudes > 0]
    n, n_zero = magnitudes.size, magnitudes.size - some.size
    if not some.size:
        return f"all {n:,} entries are exactly zero: nothing matters here"
    times = f"the largest is {significant(float(some.max() / np.median(some)))} times the median"
    if not n_zero:
        return times
    verb = "entries are" if n_zero > 1 else "entries is"
    return f"{times} of those not zero; {n_zero:,} of {n:,} {verb} exactly zero"


PARAMETER_AXIS, GRADIENT_AXIS = "parameter, layer after layer", "−gradient: up, or down"
RANK_AXIS, MAGNITUDE = "rank within the layer", "magnitude"


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
    """Say which gradient a figure shows."""
    return (
        f"{run_text(recording)}, {moment_text(recording, step)}; gradient of the average cost of "
        f"{batch_text(recording, step)}"
    )


def layer_entries_text(layer: int, n: int, n_zero: int) -> str:
    """Count the entries of a layer.

    Examples
    --------
    >>> layer_entries_text(1, 12560, 5040), layer_entries_text(2, 272, 0)
    ('layer 1: 12,560 entries, 5,040 of them zero', 'layer 2: 272 entries')
    """
    text = f"layer {layer}: {n:,} entries"
    return f"{text}, {n_zero:,} of them zero" if n_zero else text


# -- minima ---------------------------------------------------------------------------------

MINIMA_COLUMNS = ("cost", "held-out", "right")
PASSES, SHARE_BETWEEN = "passes over the images", "share of the way from one end to another"


def seed_text(seed: int) -> str:
    """Name a training by its seed."""
    return f"seed {seed}"


def minimum_values(found: Minima, i: int) -> tuple[str, str, str]:
    """Return the end of one training: costs of what was learned and held out, and its share right.

    A network whose held-out cost is not a number predicts nothing: none of it is right or wrong.
    """
    test_cost = float(found.test_costs[i])
    right = "none" if np.isnan(test_cost) else percent(found.test_accuracies[i], decimals=1)
    return significant(found.train_costs[i]), significant(test_cost), right


def minima_heading(n: int) -> str:
    """Say what is trained.

    Examples
    --------
    >>> minima_heading(3)
    '3 starts, 3 trainings on the same images'
    """
    return f"{n} starts, {n} trainings on the same images"


def lines_heading() -> str:
    """Say how two ends are compared."""
    return "Do they meet? Walk straight from one end to another"


def minima_verdict(found: Minima) -> str:
    """Say what the numbers say of the ends, no more."""
    if not np.isfinite(found.train_costs).all():
        n = int((~np.isfinite(found.train_costs)).sum())
        return f"{n} of {len(found.seeds)} trainings have no finite cost at the end"
    return f"{_places(found)}, {_hills(found)}, {_equality(found)}"


def _places(found: Minima) -> str:
    n_same = int((found.distances == 0).sum())
    if n_same == len(found.distances):
        return "The same place"
    return "Partly different places" if n_same else "Different places"


def _hills(found: Minima) -> str:
    highest = np.where(np.isnan(found.lines), np.inf, found.lines).max(axis=1)
    is_hill = highest > _UPHILL * found.train_costs[found.pairs].max(axis=1)
    if is_hill.all():
        return "hills between"
    return "hills between some" if is_hill.any() else "no hills between"


def _equality(found: Minima) -> str:
    alike = [
        bool(costs.max() <= _ALIKE * costs.min()) for costs in (found.train_costs, found.test_costs)
    ]
    if all(alike):
        return "about equal in cost"
    if alike[0]:
        return "equal in cost, not on held-out images"
    return "not equal in cost, but on held-out images" if alike[1] else "not equal in cost"


def minima_findings(found: Minima) -> list[str]:
    """Say what was measured of the ends and between them, and what counts as a hill."""
    return [
        f"cost at the ends: {range_text(found.train_costs)}",
        f"highest between two: {range_text(found.lines.max(axis=1))}",
        f"held-out cost: {range_text(found.test_costs)}",
        f"distance between ends: {range_text(found.distances)}",
        f"a hill: over {percent(_UPHILL - 1)} above the higher end",
        f"equal: up to {percent(_ALIKE - 1)} apart",
    ]


def minima_caption(recording: Recording, found: Minima) -> str:
    """Say which images are learned and which held out."""
    return (
        f"{run_text(recording)}; learned: "
        f"{count_of(found.n_examples, recording.n_examples('train'), 'training')}; held out: "
        f"{count_of(found.n_held_out, recording.n_examples('test'), 'held-out')}"
    )


def range_text(values: FloatArray) -> str:
    """Say from where to where values go, and how many are not finite.

    Examples
    --------
    >>> range_text(np.array([0.5, 0.25])), range_text(np.array([np.nan])), range_text(np.ones(2))
    ('0.25 to 0.5', 'none is finite', '1')
    >>> range_text(np.array([1.0, np.inf]))
    '1; 1 not finite'
    """
    finite = values[np.isfinite(values)]
    if not finite.size:
        return "none is finite"
    low, high = significant(float(finite.min())), significant(float(finite.max()))
    text = low if low == high else f"{low} to {high}"
    n_gaps = values.size - finite.size
    return f"{text}; {n_gaps} not finite" if n_gaps else text


# -- learning curves, slices ----------------------------------------------------------------

CURVES_TITLES = {"costs": "Cost", "accuracies": "Accuracy"}
SHARE_RIGHT = "predicted right"
TRAINING_STEP = "training step"


def all_of(kind: str) -> str:
    """Name what is measured on all examples of a kind."""
    return f"{kind}, all examples"


def curves_note(
    recording: Recording, curves: Sequence[tuple[str, FloatArray]], *, is_share: bool
) -> str:
    """Say what the lines and the dots of learning curves are, and how many of each are none.

    Parameters
    ----------
    recording
        Of a training.
    curves
        Name and values of each.
    is_share
        Whether they are shares of what is predicted rightly.
    """
    lines = " and ".join(examples_text(recording, examples) for examples in ("train", "test"))
    gaps = [
        not_numbers_text(int((~np.isfinite(values)).sum()), len(values), f"{name} values")
        for name, values in curves
    ]
    return _joined(
        [
            _joined([run_text(recording), stopped_text(recording)], "; "),
            f"lines: {lines}",
            "dots: all of them, at every epoch",
            _joined(gaps, "; "),
            _unpredicted(recording) if is_share else "",
        ]
    )


def _unpredicted(recording: Recording) -> str:
    """Say at how many moments a network has predicted nothing: its outputs were NaN."""
    n = int(np.isnan(recording.test_costs).sum())
    if not n:
        return ""
    return f"no prediction at {n:,} of {recording.n_rows:,} moments: outputs are not numbers"


def end_text(kind: str, last: Score, measure: str) -> str:
    """Name a curve, with its last figure: of all examples where that is known."""
    return f"{kind}\n{cost_text(last) if measure == 'costs' else share_text(last)}"


SLICE_CURVES = {"train": "training examples", "test": "held-out examples"}
SHARE_OF_WAY = "share of the way from the start (0) to the end (1)"


def recorded_name(name: str) -> str:
    """Name the recorded costs that a measured curve must meet."""
    return f"{name}, recorded"


def slice_title() -> str:
    """Name the figure of the line from a training's start to its end."""
    return "Straight from the start to the end"


def slice_note(recording: Recording, length: float, n_diverged: int, drawn: FloatArray) -> str:
    """Say how long the line of a slice is, what its costs are of, and how many are none."""
    samples = " and ".join(examples_text(recording, examples) for examples in ("train", "test"))
    n_gaps = int((~np.isfinite(drawn)).sum())
    return _joined(
        [
            f"{run_text(recording)}; {significant(length)} long, in units of the parameters",
            f"costs: averages over {samples}",
            not_numbers_text(n_gaps, len(drawn), "costs"),
            diverged_text(n_diverged),
        ]
    )


def cost_function_note(n_images: int) -> str:
    """Say what the network's own cost as a function of one variable is."""
    return (
        f"C: the network's cost on {n_images:,} images; x: the way from where this "
        "training ended to where one with another seed did"
    )


# -- shared ---------------------------------------------------------------------------------


def _n_changed(history: FloatArray) -> int:
    """Return how many numbers differ at any later moment of ``(n_moments, ...)`` from the first."""
    first = history[0]
    has_changed = np.zeros(first.shape, bool)
    for moment in history[1:]:
        has_changed |= (moment != first) & ~(np.isnan(moment) & np.isnan(first))
    return int(has_changed.sum())


def _plural(n: int, word: str) -> str:
    return word if n == 1 else f"{word}s"


def _first_digit(value: float) -> str:
    """Return a number above zero in its first digit.

    Examples
    --------
    >>> _first_digit(0.41), _first_digit(0.0052), _first_digit(1.3), _first_digit(23.0)
    ('0.4', '0.005', '1', '20')
    """
    return f"{float(f'{value:.0e}'):g}"


def _joined(parts: Sequence[str], by: str = "\n") -> str:
    return by.join(part for part in parts if part)


def _in_two(text: str) -> list[str]:
    """Break a text near its middle; nothing has no lines."""
    if not text:
        return []
    words = text.split()
    half = max((len(words) + 1) // 2, 1)
    return [" ".join(words[:half]), *([" ".join(words[half:])] if words[half:] else [])]
