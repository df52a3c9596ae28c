"""Numbers as they stand on screen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.view.sentences.numbers import level_texts, number_text, percent, significant


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (234.567, 2, "234.57"),
        (12345.678, 2, "12,346"),
        (1234.5678, 3, "1,235"),
        (-0.001, 2, "0.00"),
        (-0.4, 1, "-0.4"),
        (99999, 0, "99,999"),
        (123456789, 0, "123,456,789"),
        (1.4e7, 2, "1.4e7"),
        (-1.23e30, 2, "-1.2e30"),
        (np.inf, 2, "∞"),
        (-np.inf, 2, "-∞"),
        (np.nan, 2, "none"),
    ],
)
def test_numbers_keep_short(value, decimals, expected):
    assert number_text(value, decimals) == expected


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (0.07181, 3, "0.0718"),
        (2.0, 3, "2"),
        (999.4, 3, "999"),
        (12345.6, 3, "12,346"),
        (99999.0, 3, "99,999"),
        (123456.0, 3, "1.23e5"),
        (6e8, 3, "6e8"),
        (1.25e-7, 3, "1.25e−7"),
        (-0.5, 2, "−0.5"),
        (0.0, 3, "0"),
        (np.nan, 3, "none"),
        (np.inf, 3, "∞"),
        (-np.inf, 3, "−∞"),
    ],
)
def test_numbers_in_a_few_digits(value, digits, expected):
    assert significant(value, digits) == expected


def read(text):
    return float(text.replace("−", "-").replace(",", ""))


@given(st.floats(-1e30, 1e30))
def test_few_digits_are_close_to_the_number(value):
    assert read(significant(value)) == pytest.approx(value, rel=0.006, abs=1e-300)


@given(st.floats(0, 1))
def test_percentage_is_close_and_never_all_or_none_by_rounding(share):
    for decimals in (0, 1):
        said = percent(share, decimals=decimals)
        shown = float(said.removesuffix(" %"))
        assert shown == pytest.approx(100 * share, abs=0.51)
        if 1e-10 < share < 1 - 1e-10:
            assert 0 < shown < 100
    assert percent(float("nan")) == "none"


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.94, "94 %"),
        (0.046, "4.6 %"),
        (1.0, "100 %"),
        (0.0, "0 %"),
        (0.99999, "99.999 %"),
        (0.995, "99.5 %"),
    ],
)
def test_percentages(share, expected):
    assert percent(share) == expected


def test_one_decimal_is_kept():
    assert percent(0.9, decimals=1) == "90.0 %"
    assert percent(0.9996, decimals=1) == "99.96 %"


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([0.0741, 3.0, 240.0, 3e9], ["0.074", "3", "240", "3e9"]),
        ([0.501, 0.503, 0.505], ["0.501", "0.503", "0.505"]),
        ([100.0, 2000.0], ["100", "2,000"]),
        ([1.0, 1.0], ["1", "1"]),
    ],
)
def test_levels_are_told_apart_in_few_digits(levels, expected):
    assert level_texts(levels) == expected
