"""Where a camera looks at a height field from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """The direction that a camera looks from, in parallel projection: far things are not smaller.

    Parameters
    ----------
    azimuth
        Of the camera around the surface, radians; at 0 it looks along y.
    elevation
        Above the ground, radians, above 0 and below a right angle.
    """

    azimuth: float
    elevation: float

    def project(self, points: FloatArray) -> FloatArray:
        """Return where points are seen.

        Parameters
        ----------
        points
            ``(n, 3)``: two coordinates on the ground, and the height.

        Returns
        -------
        FloatArray
            ``(n, 3)``: to the right, up, and how far back on the ground; in the points' units.
        """
        x, y, z = np.asarray(points, np.float64).T
        right = x * np.cos(self.azimuth) + y * np.sin(self.azimuth)
        back = y * np.cos(self.azimuth) - x * np.sin(self.azimuth)
        up = z * np.cos(self.elevation) + back * np.sin(self.elevation)
        return np.column_stack([right, up, back])

    def on_ground(self, right: FloatArray, back: FloatArray) -> FloatArray:
        """Return the points of the ground, ``(..., 2)``, seen so far right and so far back."""
        cosine, sine = np.cos(self.azimuth), np.sin(self.azimuth)
        return np.stack([right * cosine - back * sine, right * sine + back * cosine], axis=-1)
