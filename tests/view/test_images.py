from __future__ import annotations

import numpy as np
import pytest

from nnviz.errors import ShapeError
from nnviz.view.colors import diverging, hex_color
from nnviz.view.images import ink_image, weight_image
from nnviz.view.themes import DARK, LIGHT, THEMES


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_ink_runs_from_background_to_foreground(theme):
    bytes_, shares = np.array([[0, 255]], np.uint8), np.array([[0.0, 1.0]])
    for pixels in (bytes_, shares):
        image = ink_image(pixels, theme)
        assert image.shape == (1, 2, 3)
        assert [hex_color(color) for color in image[0]] == [theme.background, theme.foreground]


def test_weights_stand_row_by_row():
    weights = np.arange(-6.0, 6.0)
    image = weight_image(weights, (3, 4), 6.0, DARK)
    for row in range(3):
        for column in range(4):
            expected = diverging(weights[4 * row + column], 6.0, DARK)
            np.testing.assert_array_equal(image[row, column], expected)


def test_weights_that_do_not_look_at_pixels_are_refused():
    with pytest.raises(ShapeError, match=r"must be 28 x 28 numbers.*\(16,\).*Only layer 1"):
        weight_image(np.zeros(16), (28, 28), 1.0, LIGHT)
