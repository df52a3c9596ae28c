"""A premultiplied layer: a picture to be composited over what is already painted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Premultiplied colours, and the share of the background that shows through them.

    Composited over a background ``b`` it gives ``colors + transmittance * b``.

    Parameters
    ----------
    colors
        Premultiplied red, green and blue, ``(3, height, width)`` float32; levels from 0 to 255.
    transmittance
        Share of the background that shows through, 1 - opacity: ``(height, width)`` float32 in
        [0, 1].

    Source
    ------
    Porter and Duff, *Compositing digital images* (1984): the *over* operator.
    """

    colors: FloatArray
    transmittance: FloatArray

    @classmethod
    def empty(cls, height: int, width: int) -> Layer:
        """Return a layer of a size in pixels, whose values are arbitrary until they are set."""
        return cls(np.empty((3, height, width), np.float32), np.empty((height, width), np.float32))

    @classmethod
    def of_depth(cls, depth: FloatArray) -> Layer:
        """Return the layer of a coloured medium that absorbs the light from behind it.

        Parameters
        ----------
        depth
            ``(4, height, width)`` float32. The last plane is the optical depth, which lets
            exp(-depth) of the light pass; the first three are the medium's colour, in [0, 1],
            multiplied by that depth. Nothing is changed in place.

        Source
        ------
        The law of Beer and Lambert.
        """
        transmittance = np.exp(-depth[3])
        gain = (1 - transmittance) * np.float32(255) / np.maximum(depth[3], np.float32(1e-9))
        # Channel by channel, in whatever order the depths lie in memory: runs are fast.
        return cls(np.multiply(depth[:3], gain, order="C"), transmittance)

    @classmethod
    def of_colors(cls, colors: FloatArray, opacities: FloatArray) -> Layer:
        """Return the layer of straight colours, not yet multiplied by their opacities.

        Parameters
        ----------
        colors
            Colour of each pixel, ``(height, width, 3)``, or of all, ``(3,)``; in [0, 1].
        opacities
            Opacity of each pixel, ``(height, width)`` in [0, 1].
        """
        layer = cls.empty(*opacities.shape)
        levels = 255 * np.asarray(opacities, np.float32)
        for channel in range(3):
            np.multiply(
                levels, colors[..., channel], out=layer.colors[channel], casting="same_kind"
            )
        np.subtract(1, opacities, out=layer.transmittance, casting="same_kind")
        return layer

    def crop(self, rows: slice, columns: slice) -> Layer:
        """Return the part of the layer in some rows and columns, as views of its arrays."""
        return Layer(self.colors[:, rows, columns], self.transmittance[rows, columns])
