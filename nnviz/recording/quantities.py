"""What a recording holds: each quantity's file, axes and meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

Per = Literal["step", "epoch"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One array of a recording that grows by a row at each recorded step, or each epoch.

    Parameters
    ----------
    name
        Also the name of its file, with ``.npy``.
    per
        What a row belongs to.
    axes
        Names of a row's axes.
    row_shape
        Shape of a row.
    dtype
        NumPy's name of the type of each value.
    meaning
        What it is, with its unit or range.
    """

    name: str
    per: Per
    axes: tuple[str, ...]
    row_shape: tuple[int, ...]
    dtype: str
    meaning: str

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.npy"

    def describe(self) -> dict[str, Any]:
        """Return the manifest's entry."""
        return {
            "file": self.file,
            "axes": [self.per, *self.axes],
            "row_shape": list(self.row_shape),
            "dtype": self.dtype,
            "meaning": self.meaning,
        }

    @classmethod
    def from_description(cls, name: str, entry: dict[str, Any]) -> Quantity:
        """Read a manifest's entry."""
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
        Neurons of each layer, input first.
    n_parameters
        Length of the parameter vector.
    dtype
        Of parameters and activations.
    batch_size
        Most examples that a batch holds.
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
