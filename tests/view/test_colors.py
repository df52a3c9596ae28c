from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.errors import SettingError, UnknownNameError
from nnviz.view.colors import (
    diverging,
    hex_color,
    interpolate_colors,
    rgb,
    sequential,
    symmetric_limit,
)
from nnviz.view.themes import THEMES, get_theme

themes = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
colors = st.tuples(*3 * [st.integers(0, 255)])


def luminance(color):
    """Return relative luminance, as WCAG 2 defines it, of sRGB in [0, 1]."""
    linear = np.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(one, other):
    dark, light = sorted([luminance(rgb(one)), luminance(rgb(other))])
    return (light + 0.05) / (dark + 0.05)


@given(colors)
def test_colour_survives_its_name(levels):
    name = hex_color(np.array(levels) / 255)
    np.testing.assert_array_equal((255 * rgb(name)).round(), levels)


@themes
def test_text_can_be_read(theme):
    assert contrast(theme.foreground, theme.background) > 12
    for color in (theme.muted, theme.accent, theme.wrong):
        assert contrast(color, theme.background) >= 4.5  # WCAG 2, AA


@themes
def test_zero_is_the_background_and_the_limit_a_hue(theme):
    drawn = diverging([-2.0, 0.0, 2.0, 9.0, np.nan], 2.0, theme)
    expected = [theme.negative, theme.background, theme.positive, theme.positive, theme.gap]
    assert [hex_color(color) for color in drawn] == expected


@given(st.floats(0, 1), st.floats(0, 1))
def test_larger_magnitude_is_further_from_the_background(one, other):
    theme = get_theme("dark")
    drawn = diverging([-one, -other], 1.0, theme)
    near, far = np.linalg.norm(drawn - rgb(theme.background), axis=1)
    assert (near <= far + 1e-6) if one <= other else (far <= near + 1e-6)


@pytest.mark.parametrize("limit", [0, -1, np.nan])
def test_limit_must_be_above_zero(limit):
    with pytest.raises(SettingError, match="colour limit must be above 0"):
        diverging([0.0], limit, get_theme("dark"))


@themes
def test_cost_is_told_by_lightness_alone(theme):
    lightness = luminance(sequential(np.linspace(0, 1, 50), theme))
    steps = np.diff(lightness)
    assert (steps > 0).all() or (steps < 0).all()


@themes
def test_what_is_not_a_number_has_a_colour_that_no_number_has(theme):
    for colored, numbers in (
        (sequential, np.linspace(0, 1, 200)),
        (lambda values, theme: diverging(values, 1, theme), np.linspace(-1, 1, 200)),
    ):
        gap = colored(np.nan, theme)
        np.testing.assert_allclose(gap, rgb(theme.gap), atol=1e-6)
        assert np.abs(colored(numbers, theme) - gap).max(axis=1).min() > 0.1


def test_gradient_passes_through_its_colours():
    drawn = interpolate_colors([0.0, 0.5, 1.0, 0.25], ("#000000", "#FF0000", "#FFFFFF"))
    np.testing.assert_allclose(drawn, [[0, 0, 0], [1, 0, 0], [1, 1, 1], [0.5, 0, 0]])


def test_limit_leaves_out_the_rare_outlier():
    values = np.r_[np.ones(999), 1000.0]
    assert symmetric_limit(values) == 1
    assert symmetric_limit(values, quantile=1.0) == 1000


@pytest.mark.parametrize(
    ("values", "limit"),
    [([0, 0], 1), ([], 1), ([np.nan, np.inf], 1), ([np.nan, -3], 3), (np.r_[np.zeros(999), 7], 7)],
)
def test_limit_is_always_usable(values, limit):
    assert symmetric_limit(values) == limit


def test_unknown_theme_is_refused():
    with pytest.raises(UnknownNameError, match="theme must be one of dark, light, print"):
        get_theme("drak")
