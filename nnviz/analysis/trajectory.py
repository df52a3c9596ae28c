"""The path of a training through parameter space, seen on a plane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.errors import RecordingError

_FEWEST_MOMENTS = 3


@dataclass(frozen=True, slots=True)
class Plane:
    """A plane in parameter space.

    Parameters
    ----------
    origin
        A point of it, ``(n_parameters,)``.
    directions
        Two orthonormal directions, ``(2, n_parameters)``.
    variance_explained
        Share of a path's variance that lies along each direction, ``(2,)``, in [0, 1].
    """

    origin: FloatArray
    directions: FloatArray
    variance_explained: FloatArray

    def project(self, parameters: FloatArray) -> FloatArray:
        """Return the coordinates of the nearest point of the plane.

        Parameters
        ----------
        parameters
            ``(..., n_parameters)``.

        Returns
        -------
        FloatArray
            ``(..., 2)``, in the units of the parameters.
        """
        coordinates: FloatArray = (parameters - self.origin) @ self.directions.T
        return coordinates

    def at(self, coordinates: FloatArray) -> FloatArray:
        """Return the parameters at coordinates ``(..., 2)``: ``(..., n_parameters)``."""
        parameters: FloatArray = self.origin + coordinates @ self.directions
        return parameters


def principal_plane(parameters: FloatArray) -> Plane:
    """Return the plane that holds most of a path's variance.

    Parameters
    ----------
    parameters
        One moment a row, ``(n_moments, n_parameters)``; moments that are not finite, of a
        training that diverged, do not count.

    Returns
    -------
    Plane
        Through the mean of the path; the path ends further right than it begins.

    Raises
    ------
    RecordingError
        If fewer than three moments are finite, or all are the same.

    Source
    ------
    Principal component analysis: Pearson, *On lines and planes of closest fit* (1901); for
    training paths, Li et al., *Visualizing the loss landscape of neural nets* (2018), 7.2.
    """
    finite = parameters[np.isfinite(parameters).all(axis=1)].astype(np.float64)
    if len(finite) < _FEWEST_MOMENTS:
        message = (
            f"a plane needs at least {_FEWEST_MOMENTS} recorded moments with finite parameters; "
            f"got {len(finite)}. Record more steps, or a training that does not diverge."
        )
        raise RecordingError(message)
    origin = finite.mean(axis=0)
    _, singular, components = np.linalg.svd(finite - origin, full_matrices=False)
    variances = singular**2
    if variances[0] == 0:
        message = "a plane needs a path; the recorded parameters never change."
        raise RecordingError(message)
    directions = components[:2]
    travelled = directions @ (finite[-1] - finite[0])
    directions *= np.where(travelled < 0, -1.0, 1.0)[:, None]
    return Plane(origin, directions, variances[:2] / variances.sum())
