"""What was compared, how much of it, and whether it agrees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

# What the smallest numbers of single precision may lose on the way.
_VANISHING = 1e-35


@dataclass(frozen=True, slots=True)
class Check:
    """One quantity of a recording, compared with what it should be.

    Parameters
    ----------
    name
        Of the quantity.
    n_compared
        Numbers that were compared.
    n_untold
        Numbers of which rounding leaves nothing to be told, as where a training diverges.
    n_different
        Numbers that differ by more than rounding explains.
    largest
        Difference of those that agree, as a share of what rounding explains, 0 to 1.
    first_step
        At which something differs; ``None`` if nothing does.
    skipped
        Why nothing was compared; empty if it was.
    """

    name: str
    n_compared: int = 0
    n_untold: int = 0
    n_different: int = 0
    largest: float = 0.0
    first_step: int | None = None
    skipped: str = ""

    @property
    def agrees(self) -> bool:
        """Whether nothing differs."""
        return self.n_different == 0

    def describe(self) -> dict[str, Any]:
        """Return the check as plain numbers."""
        return {
            "name": self.name,
            "agrees": self.agrees,
            "compared": self.n_compared,
            "untold": self.n_untold,
            "different": self.n_different,
            "largest": self.largest,
            "first_step": self.first_step,
            "skipped": self.skipped,
        }


class Tally:
    """Counts, step by step, how recorded numbers compare with what they should be.

    Parameters
    ----------
    name
        Of the quantity.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._compared = self._untold = self._different = 0
        self._largest, self._first = 0.0, -1

    def within(
        self, step: int, recorded: ArrayLike, expected: ArrayLike, allowed: ArrayLike
    ) -> None:
        """Compare numbers with others that they may differ from.

        Where both are not numbers they agree. Where only one of them is not, or the allowed
        difference is not finite, nothing can be told, except of a number in the place of NaN.
        """
        found, wanted = np.asarray(recorded, np.float64), np.asarray(expected, np.float64)
        margin = np.broadcast_to(np.asarray(allowed, np.float64), wanted.shape)
        with np.errstate(all="ignore"):
            share = np.abs(found - wanted) / (margin + _VANISHING)
        share = np.where(found == wanted, 0.0, share)
        told = np.isfinite(margin) & np.isfinite(wanted)
        both_nan = np.isnan(found) & np.isnan(wanted)
        invented = np.isfinite(found) & np.isnan(wanted) & np.isfinite(margin)
        lost = told & ~np.isfinite(found)
        differs = (told & (share > 1)) | invented | lost
        self._count(step, told | both_nan | invented, differs, np.where(told, share, 0.0))

    def equal(self, step: int, recorded: ArrayLike, expected: ArrayLike) -> None:
        """Compare numbers that must be the very same; NaN is NaN."""
        found, wanted = np.asarray(recorded), np.asarray(expected)
        if found.shape != wanted.shape:
            everything = np.ones(max(found.size, 1), bool)
            self._count(step, everything, everything, np.zeros(1))
            return
        differs = (found != wanted) & ~((found != found) & (wanted != wanted))
        self._count(step, np.ones(found.shape, bool), differs, np.zeros(1))

    def untold(self, n: int) -> None:
        """Count numbers that nothing can be told of."""
        self._untold += n

    def check(self) -> Check:
        """Return the result."""
        return Check(
            self._name,
            self._compared,
            self._untold,
            self._different,
            float(self._largest),
            self._first if self._different else None,
        )

    def _count(
        self, step: int, compared: np.ndarray, differs: np.ndarray, share: np.ndarray
    ) -> None:
        self._compared += int(compared.sum())
        self._untold += int(compared.size - compared.sum())
        n_different = int(differs.sum())
        if n_different and not self._different:
            self._first = step
        self._different += n_different
        agreeing = share[~differs] if share.shape == differs.shape else share
        self._largest = max(self._largest, float(np.max(agreeing, initial=0.0)))
