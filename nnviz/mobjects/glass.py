"""Pictures that let some of what is below them through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Glass:
    """A picture to be looked through.

    Parameters
    ----------
    add
        ``(3, h, w)`` float32: levels, 0 to 255, that it adds to red, green and blue.
    keep
        ``(h, w)`` float32: the share of what is below that stays.
    """

    add: FloatArray
    keep: FloatArray

    @classmethod
    def empty(cls, height: int, width: int) -> Glass:
        """Return a picture whose pixels are still to be set."""
        return cls(np.empty((3, height, width), np.float32), np.empty((height, width), np.float32))

    @classmethod
    def of_depth(cls, depth: FloatArray) -> Glass:
        """Return a picture of what absorbs light.

        Parameters
        ----------
        depth
            ``(4, h, w)`` float32: optical depth last, which lets exp(-depth) of the light
            pass, and before it the glass's colour, in [0, 1], multiplied by the depth.
        """
        keep = np.exp(-depth[3])
        gain = (1 - keep) * np.float32(255) / np.maximum(depth[3], np.float32(1e-9))
        # Channel by channel, in whatever order the depths lie in memory: runs are fast.
        return cls(np.multiply(depth[:3], gain, order="C"), keep)

    @classmethod
    def of_colors(cls, colors: FloatArray, opacities: FloatArray) -> Glass:
        """Return a picture of colours ``(h, w, 3)`` or ``(3,)`` and opacities ``(h, w)``."""
        glass = cls.empty(*opacities.shape)
        levels = 255 * np.asarray(opacities, np.float32)
        for channel in range(3):
            np.multiply(levels, colors[..., channel], out=glass.add[channel], casting="same_kind")
        np.subtract(1, opacities, out=glass.keep, casting="same_kind")
        return glass

    def part(self, columns: slice) -> Glass:
        """Return some of the columns."""
        return Glass(self.add[:, :, columns], self.keep[:, columns])
