"""The direction that a camera looks at a height field from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """The direction that a camera looks from, in parallel projection.

    Things that are far away look no smaller.

    Parameters
    ----------
    azimuth
        Angle of the camera around the surface, in radians; at 0 it looks along y.
    elevation
        Angle of the camera above the ground, in radians, between 0 and a right angle, both
        excluded.
    """

    azimuth: float
    elevation: float

    def project(self, points: FloatArray) -> FloatArray:
        """Return where points of space are seen.

        Parameters
        ----------
        points
            ``(n, 3)``: x and y on the ground, and the height.

        Returns
        -------
        FloatArray
            ``(n, 3)``: how far right and how far up each point is seen, and how far back it is on
            the ground; in the units of the points.
        """
        x, y, z = np.asarray(points, np.float64).T
        right = x * np.cos(self.azimuth) + y * np.sin(self.azimuth)
        back = y * np.cos(self.azimuth) - x * np.sin(self.azimuth)
        up = z * np.cos(self.elevation) + back * np.sin(self.elevation)
        return np.column_stack([right, up, back])

    def on_ground(self, right: FloatArray, back: FloatArray) -> FloatArray:
        """Return the points of the ground that are seen so far right and lie so far back.

        Parameters
        ----------
        right, back
            Distances along the ground, ``(...)``, in the units of the result.

        Returns
        -------
        FloatArray
            x and y of each, ``(..., 2)``.
        """
        cosine, sine = np.cos(self.azimuth), np.sin(self.azimuth)
        return np.stack([right * cosine - back * sine, right * sine + back * cosine], axis=-1)
