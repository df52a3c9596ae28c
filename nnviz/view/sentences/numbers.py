"""Numbers as they are written on screen and in figures."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

# From here on, numbers with decimals and whole numbers are written with a power of ten: their
# digits would take more room than a readout has.
_LONG, _LONG_WHOLE = 1e5, 1e9
# Digits before the point that leave room for all decimals: each further one takes one's place.
_FEW = 3
# Percentages this close to 0 or 100 are 0 or 100: the rest is rounding in double precision.
_HARDLY = 1e-9
# Digits that levels of a scale have at most, to be told apart.
_MOST_DIGITS = 6


def number_text(value: float, decimals: int) -> str:
    """Return a number in a fixed number of decimals, or in fewer where it is large.

    Parameters
    ----------
    value
        Number to write; NaN is *none*, and very large ones are written with a power of ten.
    decimals
        Number of places after the point, 0 or more.

    Examples
    --------
    >>> number_text(234.567, 2), number_text(12345.678, 2)
    ('234.57', '12,346')
    >>> number_text(-1.23e30, 2), number_text(1.4e7, 2), number_text(float("inf"), 2)
    ('-1.2e30', '1.4e7', '∞')
    >>> number_text(float("nan"), 2)
    'none'
    """
    if np.isnan(value):
        return "none"
    if np.isinf(value):
        return "∞" if value > 0 else "-∞"
    if abs(value) >= (_LONG if decimals else _LONG_WHOLE):
        mantissa, _, exponent = f"{value:.1e}".partition("e")
        return f"{mantissa}e{int(exponent)}"
    n_whole = len(f"{abs(value):.0f}")
    if n_whole > _FEW:
        decimals = max(decimals - n_whole + 1, 0)
    text = f"{value:,.{decimals}f}"
    return text.lstrip("-") if float(text.replace(",", "")) == 0 else text


def significant(value: float, digits: int = 3) -> str:
    """Return a number in a few significant digits.

    Parameters
    ----------
    value
        Number to write; NaN is *none*. Large ones have all digits before the point, with commas,
        and very large or small ones a power of ten.
    digits
        Number of significant digits, 1 or more.

    Examples
    --------
    >>> significant(0.07181), significant(-12345.6), significant(6e8), significant(1.25e-7)
    ('0.0718', '−12,346', '6e8', '1.25e−7')
    >>> significant(float("inf")), significant(float("nan"))
    ('∞', 'none')
    """
    if np.isnan(value):
        return "none"
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    if 10**digits <= abs(value) < _LONG:
        return f"{value:,.0f}".replace("-", "−")
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    text = f"{mantissa}e{int(exponent)}" if exponent else mantissa
    return text.replace("-", "−")


def percent(share: float, *, decimals: int = 0) -> str:
    """Return a share as a percentage, never rounded to all or to none.

    Parameters
    ----------
    share
        Share in [0, 1]; NaN is *none*.
    decimals
        Least number of places after the point; a share near 0 or 1 takes as many as tell it from
        them.

    Examples
    --------
    >>> percent(0.94), percent(0.046), percent(0.9595, decimals=1)
    ('94 %', '4.6 %', '96.0 %')
    >>> percent(1.0), percent(0.99996), percent(0.0), percent(0.00021)
    ('100 %', '99.996 %', '0 %', '0.02 %')
    """
    if np.isnan(share):
        return "none"
    hundredths = 100 * share
    rest = min(hundredths, 100 - hundredths)
    if rest < _HARDLY:
        return f"{hundredths:.{decimals}f} %"
    if rest < 10 and not decimals:
        decimals = 1 if hundredths < 10 else 0
    # As many places as the first digit of the rest needs.
    needed = int(np.ceil(-np.log10(rest) - 1e-6)) if rest <= 10**-decimals / 2 else decimals
    return f"{hundredths:.{max(decimals, needed)}f} %"


def level_texts(values: ArrayLike) -> list[str]:
    """Return the levels of a scale in as few digits as tell them apart, two at least.

    Parameters
    ----------
    values
        Levels, ``(n,)``, ascending.

    Examples
    --------
    >>> level_texts([0.0741, 3.0, 240.0, 3e9])
    ['0.074', '3', '240', '3e9']
    >>> level_texts([0.501, 0.503, 0.505])
    ['0.501', '0.503', '0.505']
    """
    levels = np.asarray(values, np.float64).tolist()
    for digits in range(2, _MOST_DIGITS + 1):
        texts = [_level_text(level, digits) for level in levels]
        if len(set(texts)) == len(levels):
            break
    return texts


def _level_text(value: float, digits: int) -> str:
    whole = 100 <= abs(value) < _LONG and digits == 2
    text = f"{value:,.0f}" if whole else f"{value:.{digits}g}"
    return text.replace("e+0", "e").replace("e+", "e")
