"""Quantities: what a recording holds, each with its file, axes and meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

#: What a quantity's rows belong to: recorded steps, or epochs.
Per = Literal["step", "epoch"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One array of a recording that grows by a row at each recorded step, or each epoch.

    Parameters
    ----------
    name
        Name of the quantity; that of its file ends in ``.npy``.
    per
        Whether a row belongs to a recorded step or to an epoch.
    axes
        Names of a row's axes.
    row_shape
        Shape of a row; ``()`` for a number.
    dtype
        NumPy's name of the type of each value.
    meaning
        Phrase that tells readers of the manifest what it is, with its unit or range.
    """

    name: str
    per: Per
    axes: tuple[str, ...]
    row_shape: tuple[int, ...]
    dtype: str
    meaning: str

    @property
    def file(self) -> str:
        """Name of the quantity's file in the recording's folder."""
        return f"{self.name}.npy"

    def describe(self) -> dict[str, Any]:
        """Return the entry of the quantity in a manifest."""
        return {
            "file": self.file,
            "axes": [self.per, *self.axes],
            "row_shape": list(self.row_shape),
            "dtype": self.dtype,
            "meaning": self.meaning,
        }

    @classmethod
    def from_description(cls, name: str, entry: dict[str, Any]) -> Quantity:
        """Make the quantity that an entry of a manifest describes.

        Raises
        ------
        KeyError, TypeError, ValueError
            If the entry does not describe one.
        """
        per, *axes = entry["axes"]
        return cls(
            name,
            per,
            tuple(axes),
            tuple(int(n) for n in entry["row_shape"]),
            str(np.dtype(str(entry["dtype"]))),
            entry["meaning"],
        )


def quantities(
    sizes: Sequence[int], n_parameters: int, dtype: str, *, batch_size: int, n_probes: int
) -> list[Quantity]:
    """Return every quantity of a training's recording.

    Parameters
    ----------
    sizes
        Number of neurons in each layer, input first.
    n_parameters
        Length of the parameter vector.
    dtype
        NumPy's name of the type of parameters and activations.
    batch_size
        Number of examples in the largest batch.
    n_probes
        Number of probe examples.
    """

    def number(name: str, per: Per, meaning: str, kind: str = "float64") -> Quantity:
        return Quantity(name, per, (), (), kind, meaning)

    def vector(name: str, meaning: str) -> Quantity:
        return Quantity(name, "step", ("parameter",), (n_parameters,), dtype, meaning)

    def layer_values(name: str, layer: int, meaning: str) -> Quantity:
        shape = (n_probes, sizes[layer])
        return Quantity(f"{name}_{layer}", "step", ("probe", "neuron"), shape, dtype, meaning)

    sample = "on the fixed sample of"
    spread = "standard deviation of single examples' costs"
    listed = [
        number("steps", "step", "steps taken before this row", "int64"),
        vector("parameters", "per layer the weights, row by row, then the biases; unitless"),
        vector("gradients", "of the batch's average cost at these parameters"),
        number("learning_rates", "step", "that the step about to be taken uses"),
        number("batch_costs", "step", "average cost of the batch at these parameters"),
        Quantity(
            "batch_indices",
            "step",
            ("example",),
            (batch_size,),
            "int64",
            "training examples of the batch; -1 where it holds fewer",
        ),
        number("train_costs", "step", f"average cost {sample} training examples"),
        number("train_cost_deviations", "step", f"{spread} {sample} training examples"),
        number("train_accuracies", "step", f"share right {sample} training examples, [0, 1]"),
        number("test_costs", "step", f"average cost {sample} held-out examples"),
        number("test_cost_deviations", "step", f"{spread} {sample} held-out examples"),
        number("test_accuracies", "step", f"share right {sample} held-out examples, [0, 1]"),
        number("epoch_steps", "epoch", "steps taken before this epoch", "int64"),
        number("epoch_train_costs", "epoch", "average cost of all training examples"),
        number("epoch_train_accuracies", "epoch", "share right of all training examples, [0, 1]"),
        number("epoch_test_costs", "epoch", "average cost of all held-out examples"),
        number("epoch_test_accuracies", "epoch", "share right of all held-out examples, [0, 1]"),
    ]
    for layer in range(1, len(sizes)):
        listed += [
            layer_values("pre_activations", layer, f"z of layer {layer} for the probe examples"),
            layer_values("activations", layer, f"a of layer {layer} for the probe examples"),
        ]
    return listed
