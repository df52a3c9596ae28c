"""The settings of a training: every choice that does not belong to the network or the data."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from nnviz.core.costs import get_cost
from nnviz.core.learning_rates import get_decay
from nnviz.core.optimizers import create_optimizer
from nnviz.core.seeds import check_seed
from nnviz.errors import SettingError

# Most epochs, or examples in a batch: far beyond any training, and their products still fit
# into 64 bits.
_MAX_COUNT = 1_000_000_000


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """Every choice of a training; the defaults are those of the video series' own example.

    Parameters
    ----------
    cost
        Name of the cost function: ``squared_error`` or ``cross_entropy``.
    optimizer
        Name of the optimizer: ``sgd``, ``momentum``, ``adam``, or ``gradient_descent`` (every
        step uses all examples, whatever ``batch_size``).
    learning_rate
        Learning rate of the first step, above 0 and finite.
    decay
        How the learning rate changes: ``cosine`` (falls to 0 at the end) or ``constant``.
    batch_size
        Examples in a batch, from 1 to a billion; an epoch's last batch holds what is left.
    epochs
        Number of epochs, from 1 to a billion.
    seed
        Seed of the order of the examples, from 0 to 2**63 - 1. The same seed gives the same order.

    Raises
    ------
    SettingError
        If a number is out of its range or a name is unknown.
    """

    cost: str = "squared_error"
    optimizer: str = "sgd"
    learning_rate: float = 1.0
    decay: str = "cosine"
    batch_size: int = 32
    epochs: int = 30
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("cost", "optimizer", "decay"):
            # One spelling, so that a name can be compared; a frozen dataclass is filled like this.
            object.__setattr__(self, name, str(getattr(self, name)).replace("-", "_"))
        get_cost(self.cost)
        create_optimizer(self.optimizer)
        get_decay(self.decay)
        if not 0 < self.learning_rate < np.inf:
            message = f"learning rate must be above 0 and finite; got {self.learning_rate}."
            raise SettingError(message)
        check_seed(self.seed)
        for name in ("batch_size", "epochs"):
            words, value = name.replace("_", " "), getattr(self, name)
            if value < 1:
                message = f"{words} must be at least 1; got {value}."
                raise SettingError(message)
            if value > _MAX_COUNT:
                message = f"{words} must be at most {_MAX_COUNT:,}; got {value}."
                raise SettingError(message)

    def describe(self) -> dict[str, Any]:
        """Return the settings by name, as they stand in a recording's manifest."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
