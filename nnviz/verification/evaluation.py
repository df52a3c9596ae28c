"""A recorded network evaluated on examples in double precision, with bounds of rounding errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.data.dataset import LabelledImages
from nnviz.recording.recording import Recording
from nnviz.verification.reference_network import (
    Layer,
    example_costs,
    forward,
    layers_of,
    predicted_classes,
    targets_of,
)
from nnviz.verification.rounding import Array, Bounded, Precision

#: The same training in two precisions differs by as much as rounding makes of it. The recorded one,
#: whose sums run in yet another order, may differ from them by this many times as much.
TIMES_APART = 32.0
# An average of independent errors is rarely more than this many standard errors off.
_RARE = 8.0
# Share of an average cost that is lost in their deviation: it is found from squares, whose
# difference loses half of all digits.
_LOST_IN_SQUARES = 1e-7
# Examples evaluated together: memory stays small however many there are.
_BLOCK = 4096

#: Inputs ``(n, n_0)`` and labels ``(n,)`` of some examples.
Block = tuple[Bounded, NDArray[np.integer]]


@dataclass(frozen=True, slots=True)
class BoundedEvaluation:
    """Cost and accuracy of a network on examples, each with the most that rounding may change it.

    Parameters
    ----------
    cost, cost_error
        Average cost of an example.
    deviation, deviation_error
        Standard deviation of the examples' costs.
    accuracy, accuracy_error
        Share of the examples whose class is predicted, in [0, 1].
    """

    cost: float
    cost_error: float
    deviation: float
    deviation_error: float
    accuracy: float
    accuracy_error: float


def evaluate_with_bounds(
    recording: Recording,
    layers: Sequence[Layer],
    examples: Iterable[Block],
    *,
    rounded: Sequence[Layer] | None = None,
) -> BoundedEvaluation:
    """Evaluate a network on examples, with bounds of what rounding can have changed.

    Parameters
    ----------
    recording
        Recording that gives the cost function and the number of outputs.
    layers
        Layers of the network, in double precision.
    examples
        Blocks of examples; see :func:`example_blocks`.
    rounded
        Layers of the same network trained in the recording's precision; ``None`` (default) if
        its parameters are exactly those recorded. What this changes, the recorded training may
        have changed by :data:`TIMES_APART` as much.
    """
    blocks = [
        _evaluate_block(recording, layers, inputs, labels, rounded) for inputs, labels in examples
    ]
    costs = np.concatenate([block.costs for block in blocks])
    errors = np.concatenate([block.errors for block in blocks])
    n, typical = len(costs), float(np.sqrt(np.square(errors).mean()))
    error = min(float(errors.mean()), _RARE * typical / np.sqrt(_n_independent(costs)))
    drift = float(np.concatenate([block.drifts for block in blocks]).mean())
    lost = _LOST_IN_SQUARES * float(np.abs(costs).mean()) + typical
    average, deviation = float(costs.mean()), float(costs.std())
    return BoundedEvaluation(
        cost=average,
        cost_error=float(certain_if_nan(layers, average, error + drift)),
        deviation=deviation,
        deviation_error=float(certain_if_nan(layers, deviation, lost + drift)),
        accuracy=sum(block.n_right for block in blocks) / n,
        accuracy_error=(sum(block.n_unsure for block in blocks) + 0.5) / n,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _BlockEvaluation:
    """A network on a block of ``n`` examples.

    Parameters
    ----------
    costs
        Cost of each example, shape ``(n,)``.
    errors
        Bounds of their rounding errors, shape ``(n,)``.
    drifts
        Bounds of what the rounding of the network's training changes in them, shape ``(n,)``.
    n_right
        Number of examples whose class is predicted.
    n_unsure
        Number of examples for which rounding decides what is predicted.
    """

    costs: Array
    errors: Array
    drifts: Array
    n_right: float
    n_unsure: int


def _evaluate_block(
    recording: Recording,
    layers: Sequence[Layer],
    inputs: Bounded,
    labels: NDArray[np.integer],
    rounded: Sequence[Layer] | None,
) -> _BlockEvaluation:
    """Evaluate a network, and how far its training's rounding moves it, on a block of examples."""
    targets = targets_of(labels, recording.sizes[-1])
    z, a = forward(layers, inputs)
    costs = example_costs(recording.cost.name, z[-1], a[-1], targets)
    output, drifts = a[-1], np.zeros(len(labels))
    if rounded is not None:
        z_rounded, a_rounded = forward(rounded, inputs.value)
        others = example_costs(recording.cost.name, z_rounded[-1], a_rounded[-1], targets)
        drifts = TIMES_APART * np.abs(costs.value - others)[:, 0]
        moved = TIMES_APART * np.abs(output.value - a_rounded[-1])
        output = Bounded(output.value, output.error + moved, output.precision)
    return _BlockEvaluation(
        costs=costs.value[:, 0],
        errors=costs.error[:, 0],
        drifts=drifts,
        n_right=float((predicted_classes(output.value) == labels).sum()),
        n_unsure=int(_is_close(output).sum()),
    )


def _n_independent(costs: Array) -> float:
    """Return the number of independent errors in the costs: equal examples err alike."""
    _, counts = np.unique(costs, return_counts=True)
    n: float = len(costs) ** 2 / np.square(counts.astype(float)).sum()
    return n


def example_blocks(images: LabelledImages, precision: Precision) -> Iterable[Block]:
    """Return inputs and labels in blocks that fit into memory.

    Parameters
    ----------
    images
        Images to take as inputs, and their labels.
    precision
        Precision of the computation that is to be compared with.

    Returns
    -------
    iterable of Block
        A list that can be used again if there is a single block, else an iterator.
    """

    def blocks() -> Iterator[Block]:
        for start in range(0, len(images), _BLOCK):
            rows = np.arange(start, min(start + _BLOCK, len(images)))
            yield Bounded.exactly(inputs_of(images, rows), precision), images.labels[rows]

    return list(blocks()) if len(images) <= _BLOCK else blocks()


def certain_if_nan(layers: Sequence[Layer], value: ArrayLike, error: ArrayLike) -> Array:
    """Return errors of values, but 0 for a NaN that follows from a NaN in the parameters.

    Where a parameter is infinite no NaN is certain: what overflows in single precision may be NaN
    in one computation only.

    Parameters
    ----------
    layers
        Layers of the network that gave the values.
    value
        Values, of any shape.
    error
        Their errors, of the same shape.
    """
    parts = [part for layer in layers for part in (layer.weights, layer.biases)]
    is_certain = any(np.isnan(part).any() for part in parts)
    is_certain &= not any(np.isinf(part).any() for part in parts)
    return np.where(np.isnan(value) & is_certain, 0.0, error)


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
    """Return the layers of a recording's network with the given parameters.

    Parameters
    ----------
    recording
        Recording that gives the architecture.
    vector
        All parameters, shape ``(n_parameters,)``. Those of the recording's precision are taken as
        they are, others in double precision.
    """
    network = recording.manifest["network"]
    whole = vector if vector.dtype == network["dtype"] else np.asarray(vector, np.float64)
    return layers_of(whole, recording.sizes, network["activation"], network["output"])


def precision_of(recording: Recording) -> Precision:
    """Return the precision that a recording was computed in."""
    return Precision.of(recording.manifest["network"]["dtype"])


def inputs_of(images: LabelledImages, rows: NDArray[np.integer] | None = None) -> Array:
    """Return images as a network takes them.

    Parameters
    ----------
    images
        Images of pixels from 0 to 255, or of numbers that are taken as they are.
    rows
        Which images to take; by default all.

    Returns
    -------
    Array
        One image a row, shape ``(n, n_pixels)``, in double precision; pixels are in [0, 1].
    """
    chosen = images.images if rows is None else images.images[rows]
    flat = chosen.reshape(len(chosen), -1)
    if flat.dtype == np.uint8:  # a network's inputs are pixels divided in single precision
        flat = flat.astype(np.float32) / np.float32(255)
    return flat.astype(np.float64)
