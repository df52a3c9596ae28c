"""Vectors of pixels and of weights as images."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from nnviz.core.arrays import FloatArray
from nnviz.errors import ShapeError
from nnviz.view.colors import diverging, interpolate_colors
from nnviz.view.themes import Theme


def ink_image(pixels: ArrayLike, theme: Theme) -> FloatArray:
    """Return an image of brightness, from the background's colour to the foreground's.

    Parameters
    ----------
    pixels
        Brightness of each pixel, ``(height, width)``: ``uint8`` in [0, 255], or numbers that are
        clipped to [0, 1].
    theme
        Theme whose background is brightness 0 and whose foreground is the highest.

    Returns
    -------
    FloatArray
        ``(height, width, 3)`` in [0, 1].
    """
    array = np.asarray(pixels)
    brightness = array / np.float32(255) if array.dtype == np.uint8 else array
    return interpolate_colors(brightness, (theme.background, theme.foreground))


def weight_image(
    weights: ArrayLike, image_shape: tuple[int, int], limit: float, theme: Theme
) -> FloatArray:
    """Return an image of the weights that one neuron gives to an image's pixels.

    Parameters
    ----------
    weights
        One row of the first layer's weights, ``(height * width,)``; NaN takes the theme's colour
        of a gap.
    image_shape
        Height and width of the image, in pixels.
    limit
        Magnitude of full colour, above 0; larger ones are clipped.
    theme
        Theme that gives the colours of the two signs and the background.

    Returns
    -------
    FloatArray
        ``(height, width, 3)`` in [0, 1].

    Raises
    ------
    ShapeError
        If there are not as many weights as pixels.
    SettingError
        If the limit is not above zero.
    """
    vector = np.asarray(weights)
    if vector.shape != (image_shape[0] * image_shape[1],):
        message = (
            f"weights of one neuron must be {image_shape[0]} x {image_shape[1]} numbers to be "
            f"shown as an image; got shape {vector.shape}. Only layer 1 looks at pixels."
        )
        raise ShapeError(message)
    return diverging(vector.reshape(image_shape), limit, theme)
