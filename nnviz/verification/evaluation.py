"""A recorded network on examples, in double precision, with bounds on what rounding does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.data.dataset import LabelledImages
from nnviz.recording.recording import Recording
from nnviz.verification.reference import (
    Layer,
    example_costs,
    forward,
    layers_of,
    predicted,
    targets_of,
)
from nnviz.verification.rounding import Array, Bounded, Precision

# Two precisions part on a stretch of training by as much as rounding makes of it: the recorded
# one, whose sums run in yet another order, may part from them this many times as far.
TIMES_APART = 32.0
# Errors of an average, in what is usual, that do not come.
_RARE = 8.0
# Examples taken at a time, so that memory stays small.
_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A network on a set of examples, each figure with how far rounding may take it."""

    cost: float
    cost_error: float
    deviation: float
    deviation_error: float
    accuracy: float
    accuracy_error: float


def evaluated(
    recording: Recording,
    layers: Sequence[Layer],
    examples: Iterable[tuple[Bounded, NDArray[np.integer]]],
    *,
    apart: Sequence[Layer] | None = None,
) -> Evaluated:
    """Evaluate a network on examples, with bounds of what rounding can have changed.

    Parameters
    ----------
    recording
        Gives the cost.
    layers
        The network.
    examples
        Inputs and labels, some at a time.
    apart
        The same network where its training was rounded otherwise: what that changes, the
        recorded training may have changed by some times as much.
    """
    values, errors, drifts, right, unsure = [], [], [], 0.0, 0
    for x, labels in examples:
        targets = targets_of(labels, recording.sizes[-1])
        z, a = forward(layers, x)
        each = example_costs(recording.cost.name, z[-1], a[-1], targets)
        output, drift = a[-1], np.zeros(len(labels))
        if apart is not None:
            z_apart, a_apart = forward(apart, x.value)
            costs_apart = example_costs(recording.cost.name, z_apart[-1], a_apart[-1], targets)
            drift = TIMES_APART * np.abs(each.value - costs_apart)[:, 0]
            moved = TIMES_APART * np.abs(output.value - a_apart[-1])
            output = Bounded(output.value, output.error + moved, output.precision)
        values.append(each.value[:, 0])
        errors.append(each.error[:, 0])
        drifts.append(drift)
        right += float((predicted(output.value) == labels).sum())
        unsure += int(_is_close(output).sum())
    costs, errors_of = np.concatenate(values), np.concatenate(errors)
    n, typical = len(costs), float(np.sqrt(np.square(errors_of).mean()))
    # Of many examples one errs up and another down, but those that are the same err alike.
    _, counts = np.unique(costs, return_counts=True)
    n_independent = n**2 / np.square(counts.astype(float)).sum()
    error = min(float(errors_of.mean()), _RARE * typical / np.sqrt(n_independent))
    drift_of = float(np.concatenate(drifts).mean())
    # The deviation is found from squares, whose difference loses half of all digits.
    lost = 1e-7 * float(np.abs(costs).mean()) + typical
    average, deviation = float(costs.mean()), float(costs.std())
    return Evaluated(
        average,
        float(settled(layers, average, error + drift_of)),
        deviation,
        float(settled(layers, deviation, lost + drift_of)),
        right / n,
        (unsure + 0.5) / n,
    )


def taken(
    images: LabelledImages, precision: Precision
) -> Iterable[tuple[Bounded, NDArray[np.integer]]]:
    """Return inputs and labels, some at a time; what fits into memory is there for good."""

    def blocks() -> Iterator[tuple[Bounded, NDArray[np.integer]]]:
        for start in range(0, len(images), _BLOCK):
            rows = np.arange(start, min(start + _BLOCK, len(images)))
            yield Bounded.exactly(inputs_of(images, rows), precision), images.labels[rows]

    return list(blocks()) if len(images) <= _BLOCK else blocks()


def settled(layers: Sequence[Layer], value: ArrayLike, error: ArrayLike) -> Array:
    """Return errors of values, none for a NaN that follows from a NaN in the parameters.

    What overflows in single precision may be NaN there or here only: of that, nothing is sure.
    """
    parts = [part for layer in layers for part in (layer.weights, layer.biases)]
    is_sure = any(np.isnan(part).any() for part in parts)
    is_sure &= not any(np.isinf(part).any() for part in parts)
    return np.where(np.isnan(value) & is_sure, 0.0, error)


def _is_close(output: Bounded) -> NDArray[np.bool_]:
    """Tell for which examples rounding decides what is predicted."""
    if output.shape[1] == 1:
        return np.asarray(np.abs(output.value[:, 0] - 0.5) <= output.error[:, 0])
    best = output.value.argmax(axis=1)
    rows = np.arange(len(best))
    least = output.value[rows, best] - output.error[rows, best]
    most = output.value + output.error
    most[rows, best] = -np.inf
    return np.asarray(~(most.max(axis=1) < least) & ~np.isnan(output.value).any(axis=1))


def layers_at(recording: Recording, vector: Array) -> list[Layer]:
    network = recording.manifest["network"]
    whole = vector if vector.dtype == network["dtype"] else np.asarray(vector, np.float64)
    return layers_of(whole, recording.sizes, network["activation"], network["output"])


def precision_of(recording: Recording) -> Precision:
    return Precision.of(recording.manifest["network"]["dtype"])


def inputs_of(images: LabelledImages, rows: NDArray[np.integer] | None = None) -> Array:
    """Return images as rows of numbers in [0, 1], as a network takes them."""
    chosen = images.images if rows is None else images.images[rows]
    flat = chosen.reshape(len(chosen), -1)
    # Pixels are divided in single precision.
    if flat.dtype == np.uint8:
        flat = flat.astype(np.float32) / np.float32(255)
    return flat.astype(np.float64)
