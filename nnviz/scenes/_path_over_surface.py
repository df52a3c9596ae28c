"""How to look at a recorded path over its cost surface: from where, and how high."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.raster.height_field import HeightField
from nnviz.raster.viewpoint import Viewpoint

#: Width (x) and depth (y) of the block whose top is the surface, frame units.
WIDTH, DEPTH = 7.2, 5.1
#: Height of the block under a cost of 0, frame units: where the cost is low it is still solid.
FLOOR = 0.25
#: Where the middle of the block's bottom stands on the frame, x and y, frame units.
CENTER_X, CENTER_Y = -2.45, -1.4
#: How far the camera turns during the film, radians.
TURN = 0.8
#: Angle of the camera above the ground, radians: 30 degrees show both heights and ground.
ELEVATION = 0.52

# Most that costs rise above the floor, and where the title begins, frame units.
_MAX_HEIGHT, _TOP_Y = 2.8, 2.3
# Azimuth of the first side, radians: from there x leads to the right.
_FIRST_AZIMUTH = 0.15
# Directions tried on the camera's turn: what is seen changes little between two of them.
_N_DIRECTIONS = 5
# Share of the path that is too much to hide if another side hides less.
_MUCH = 0.15
# In place of a height of 0, so that it can be divided by.
_TINY_HEIGHT = 1e-300


@dataclass(frozen=True, slots=True, eq=False)
class PathOverSurface:
    """A recorded path over the cost surface of its plane, before costs become heights.

    Parameters
    ----------
    ground
        Where each recorded step is over the block's bottom, shape ``(n, 2)``, frame units
        from its middle.
    path_costs
        True cost of each recorded step, shape ``(n,)``, finite.
    surface_costs
        Measured costs over the plane, shape ``(n_y, n_x)``, finite.
    """

    ground: FloatArray
    path_costs: FloatArray
    surface_costs: FloatArray

    def best_azimuth(self) -> float:
        """Return the azimuth, radians, to begin at: from the side that hides least of the path.

        The first side, from where x leads to the right, is kept unless another shows much
        more.
        """
        sides = _FIRST_AZIMUTH + np.arange(4) * np.pi / 2
        hidden = [self._hidden_share(azimuth) for azimuth in sides]
        return float(sides[0 if hidden[0] < min(hidden) + _MUCH else np.argmin(hidden)])

    def height_scale(self, azimuth: float) -> float:
        """Return the frame units for a unit of cost that keep everything under the title.

        Parameters
        ----------
        azimuth
            Where the camera begins its turn, radians.
        """
        everything = np.concatenate([self.ground, _grid(self.surface_costs.shape)])
        heights = np.concatenate([self.path_costs, self.surface_costs.ravel()])
        feet = np.column_stack([everything, np.full(len(everything), FLOOR)])
        scales = [_MAX_HEIGHT / max(float(heights.max()), np.finfo(float).tiny)]
        for each in _turned(azimuth):
            room = _TOP_Y - CENTER_Y - Viewpoint(each, ELEVATION).project(feet)[:, 1]
            fitting = room / np.cos(ELEVATION) / np.maximum(heights, _TINY_HEIGHT)
            scales.append(float(fitting.min()))
        return min(scales)

    def _hidden_share(self, azimuth: float) -> float:
        """Return the share of the recorded steps that the surface hides, over the whole turn."""
        scale = self.height_scale(azimuth)
        blank = np.zeros((*self.surface_costs.shape, 3))
        heights = FLOOR + scale * self.surface_costs
        field = HeightField(heights, blank, blank[0, 0], (WIDTH, DEPTH))
        points = np.column_stack([self.ground, FLOOR + scale * self.path_costs])
        hidden = [field.hides(points, Viewpoint(each, ELEVATION)) for each in _turned(azimuth)]
        return float(np.mean(hidden))


def without_gaps(costs: FloatArray) -> FloatArray:
    """Return costs to stand as heights: a gap, which has its own colour, is as high as the top.

    Parameters
    ----------
    costs
        Costs of any shape; NaN where there is a gap.
    """
    return np.nan_to_num(costs, nan=float(np.nanmax(costs, initial=0.0)))


def _grid(shape: tuple[int, ...]) -> FloatArray:
    """Return the ground under a grid of heights, shape ``(n, 2)``."""
    x = np.linspace(-WIDTH / 2, WIDTH / 2, shape[1])
    y = np.linspace(-DEPTH / 2, DEPTH / 2, shape[0])
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def _turned(azimuth: float) -> FloatArray:
    """Return azimuths on the camera's turn, if it begins at one."""
    return azimuth + TURN * np.linspace(0, 1, _N_DIRECTIONS)
