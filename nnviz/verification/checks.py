"""Results of comparisons: how many numbers were compared, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

# Differences of this size are always allowed: so small, numbers of single precision lose digits.
_VANISHING = 1e-35


@dataclass(frozen=True, slots=True)
class Check:
    """One quantity of a recording, compared with what it should be.

    Parameters
    ----------
    name
        Name of the quantity.
    n_compared
        Number of numbers that were compared.
    n_untold
        Number of numbers that cannot be compared, as rounding may have made anything of them,
        such as where a training diverges.
    n_different
        Number of numbers that differ by more than rounding explains.
    largest
        Largest difference of those that agree, as a share of what rounding explains, from 0 to
        1.
    first_step
        First training step at which a number differs; ``None`` if none does.
    skipped
        Why the quantity was not compared; empty if it was.
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
        """Whether no number differs."""
        return self.n_different == 0

    def describe(self) -> dict[str, Any]:
        """Return the check as plain numbers and texts."""
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
    """Counts, step by step, how the recorded numbers of a quantity compare with the expected.

    Parameters
    ----------
    name
        Name of the quantity.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._compared = self._untold = self._different = 0
        self._largest, self._first = 0.0, -1

    def within(
        self, step: int, recorded: ArrayLike, expected: ArrayLike, allowed: ArrayLike
    ) -> None:
        """Compare recorded numbers with expected ones that they may differ from a little.

        NaN agrees with NaN. Where the expected number is infinite, or the allowed difference is
        not finite, a number cannot be compared. A recorded number that is finite in place of an
        expected NaN differs, and so does one that is not finite in place of a finite one; infinity
        in place of NaN cannot be compared.

        Parameters
        ----------
        step
            Training step at which the numbers were recorded.
        recorded, expected
            Numbers to compare, of the same shape.
        allowed
            Largest difference that rounding explains, 0 or more; infinite or NaN where nothing
            is known. Broadcast to the shape of the others.
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
        """Compare recorded numbers with expected ones that they must be equal to.

        NaN equals NaN. Arrays of another shape differ in every number.

        Parameters
        ----------
        step
            Training step at which the numbers were recorded.
        recorded, expected
            Numbers to compare.
        """
        found, wanted = np.asarray(recorded), np.asarray(expected)
        if found.shape != wanted.shape:
            everything = np.ones(max(found.size, 1), bool)
            self._count(step, everything, everything, np.zeros(1))
            return
        differs = (found != wanted) & ~((found != found) & (wanted != wanted))
        self._count(step, np.ones(found.shape, bool), differs, np.zeros(1))

    def untold(self, n: int) -> None:
        """Count ``n`` numbers that cannot be compared."""
        self._untold += n

    def check(self) -> Check:
        """Return the result of all comparisons so far."""
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
        """Add numbers: which were compared, which differ, and by what share of the allowed."""
        self._compared += int(compared.sum())
        self._untold += int(compared.size - compared.sum())
        n_different = int(differs.sum())
        if n_different and not self._different:
            self._first = step
        self._different += n_different
        agreeing = share[~differs] if share.shape == differs.shape else share
        self._largest = max(self._largest, float(np.max(agreeing, initial=0.0)))
