"""Which numbers can seed a random generator."""

from __future__ import annotations

import numpy as np

from nnviz.errors import SettingError


def check_seed(seed: int) -> None:
    """Check that a seed is a whole number of 0 to 2**63 - 1.

    Raises
    ------
    SettingError
        If it is not.
    """
    if not isinstance(seed, int | np.integer) or not 0 <= seed < 2**63:
        message = f"seed must be a whole number of 0 to 2**63 - 1; got {seed}."
        raise SettingError(message)
