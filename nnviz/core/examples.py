"""Labelled inputs, in the form the network takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.core.arrays import FloatArray, IntArray


@dataclass(frozen=True)
class Examples:
    inputs: FloatArray
    labels: IntArray
    n_classes: int

    @cached_property
    def targets(self) -> FloatArray:
        return np.eye(self.n_classes, dtype=self.inputs.dtype)[self.labels]

    def __len__(self) -> int:
        return len(self.labels)
