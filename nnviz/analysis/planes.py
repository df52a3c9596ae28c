"""Planes through parameter space: principal, random, or through three points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.core.arrays import FloatArray
from nnviz.core.network import Network
from nnviz.errors import RecordingError, SettingError, ShapeError

#: Fewest snapshots of a path that span a plane.
FEWEST_SNAPSHOTS = 3
# Variance across the path, as a share of that along it, below which rounding would decide the
# second direction if it were found from products of snapshots.
_NEARLY_STRAIGHT = 1e-8
# Height of a triangle, as a share of a side, below which it is only rounding.
_ON_A_LINE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """A plane in parameter space, with coordinates x and y.

    Parameters
    ----------
    origin
        Point of the plane with the coordinates (0, 0), shape ``(n_parameters,)``.
    directions
        Vectors that one unit of x and one unit of y stand for, shape ``(2, n_parameters)``;
        they must not be parallel, and need not be at right angles.
    """

    origin: FloatArray
    directions: FloatArray

    def project(self, parameters: FloatArray) -> FloatArray:
        """Return the coordinates of the nearest points of the plane.

        Parameters
        ----------
        parameters
            Points of parameter space, shape ``(..., n_parameters)``.

        Returns
        -------
        FloatArray
            Coordinates x and y of each point's projection, shape ``(..., 2)``, in units of the
            directions.
        """
        gram = self.directions @ self.directions.T
        along = (parameters - self.origin) @ self.directions.T
        coordinates: FloatArray = along @ np.linalg.inv(gram)
        return coordinates

    def at(self, coordinates: FloatArray) -> FloatArray:
        """Return the points of parameter space at coordinates on the plane.

        Parameters
        ----------
        coordinates
            Coordinates x and y, shape ``(..., 2)``.

        Returns
        -------
        FloatArray
            Parameters at each point, shape ``(..., n_parameters)``.
        """
        parameters: FloatArray = self.origin + coordinates @ self.directions
        return parameters

    def distances(self, parameters: FloatArray) -> FloatArray:
        """Return the distances of points from the plane.

        Parameters
        ----------
        parameters
            Points of parameter space, shape ``(..., n_parameters)``.

        Returns
        -------
        FloatArray
            Euclidean distance of each point, shape ``(...,)``, in the units of the parameters.
        """
        away = parameters - self.at(self.project(parameters))
        size = _size(away)
        distances: FloatArray = size * np.linalg.norm(away / size, axis=-1)
        return distances

    def variance_explained(self, path: FloatArray) -> FloatArray:
        """Return the share of a path's variance that lies along each direction.

        Where the directions are not at right angles, the second counts for what it adds to
        the first, so that the sum is the share along the plane.

        Parameters
        ----------
        path
            Points of a path, one snapshot a row, shape ``(n, n_parameters)``.

        Returns
        -------
        FloatArray
            Share along x and along y, shape ``(2,)``, in [0, 1]; zero for a path that does not
            move.
        """
        centered = path - path.mean(axis=0)
        centered = centered / _size(centered)
        orthonormal = np.linalg.qr(self.directions.T)[0]
        total = np.square(centered).sum()
        shares: FloatArray = np.square(centered @ orthonormal).sum(axis=0) / (total or 1.0)
        return shares


def principal_plane(path: FloatArray, *others: FloatArray) -> Plane:
    """Return the plane that holds most of the variance of one path, or of several together.

    Parameters
    ----------
    path, *others
        Paths through parameter space, one snapshot a row, shape ``(n, n_parameters)`` each.
        Snapshots that are not finite, as of a training that diverged, are left out.

    Returns
    -------
    Plane
        Plane through the mean of all snapshots with orthonormal directions, x the one of most
        variance. Signs are such that the first path ends further right, and further up, than
        it begins.

    Raises
    ------
    RecordingError
        If fewer than three snapshots are finite, or all are the same.

    Source
    ------
    Principal component analysis: Pearson, *On lines and planes of closest fit* (1901); for
    training paths, Li et al., *Visualizing the loss landscape of neural nets* (2018), 7.2.
    """
    kept = [finite_snapshots(each) for each in (path, *others)]
    together = np.concatenate(kept).astype(np.float64)
    if len(together) < FEWEST_SNAPSHOTS:
        message = (
            f"a plane needs at least {FEWEST_SNAPSHOTS} recorded moments with finite parameters; "
            f"got {len(together)}. Record more steps, or a training that does not diverge."
        )
        raise RecordingError(message)
    origin = together.mean(axis=0)
    together -= origin
    if not together.any():
        message = "a plane needs a path; the recorded parameters never change."
        raise RecordingError(message)
    directions = _principal_directions(together)
    first = next(each for each in kept if len(each))
    travelled = directions @ (first[-1].astype(np.float64) - first[0])
    directions *= np.where(travelled < 0, -1.0, 1.0)[:, None]
    return Plane(origin, directions)


def _principal_directions(centered: FloatArray) -> FloatArray:
    """Return the two right singular vectors of the largest singular values, ``(2, n)``."""
    centered = centered / _size(centered)
    # There are far fewer snapshots than parameters: products of snapshots give the same vectors
    # in less time. But they are squares, so that rounding hides the second direction of a path
    # that is almost straight.
    variances, mixtures = np.linalg.eigh(centered @ centered.T)
    if len(centered) > centered.shape[1] or variances[-2] < _NEARLY_STRAIGHT * variances[-1]:
        components: FloatArray = np.linalg.svd(centered, full_matrices=False)[2][:2]
        return components
    directions = mixtures[:, :-3:-1].T @ centered
    return directions / np.linalg.norm(directions, axis=1, keepdims=True)


def random_plane(network: Network, *, seed: int = 0) -> Plane:
    """Return a plane through a network along two random, filter-normalised directions.

    Each neuron's weights in a direction are as long as the neuron's own weights, so that
    one unit means the same in every layer and for networks of any scale. Biases stay as
    they are.

    Parameters
    ----------
    network
        Network whose parameters are the plane's origin.
    seed
        Seed of the random directions, 0 or more; the same one gives the same plane.

    Returns
    -------
    Plane
        Plane whose directions are almost, but not exactly, at right angles.

    Raises
    ------
    SettingError
        If all weights of the network are zero: then the directions have no length.

    Source
    ------
    Li et al., *Visualizing the loss landscape of neural nets* (2018), section 4.
    """
    rng = np.random.default_rng(seed)
    origin = network.parameters.astype(np.float64)
    directions = np.zeros((2, network.n_parameters))
    own = network.split(origin)
    for (filters, _), (weights, _) in zip(network.split(directions), own, strict=True):
        drawn = rng.normal(size=filters.shape)
        lengths = np.linalg.norm(weights, axis=-1, keepdims=True)
        filters[...] = drawn * lengths / np.linalg.norm(drawn, axis=-1, keepdims=True)
    if not directions.any():
        message = (
            "the network must have weights that are not zero: a random direction is as long as "
            "they are. Choose another step, or a plane."
        )
        raise SettingError(message)
    return Plane(origin, directions)


def plane_through(first: FloatArray, second: FloatArray, third: FloatArray) -> Plane:
    """Return the plane through three points of parameter space.

    Parameters
    ----------
    first, second, third
        Points such as the start and the end of one training and the end of another, shape
        ``(n_parameters,)`` each. The first is the origin, the second lies on the x axis to its
        right, the third above that axis.

    Returns
    -------
    Plane
        Plane with orthonormal directions.

    Raises
    ------
    SettingError
        If the points lie on a line.
    ShapeError
        If the points are not vectors of the same length.
    """
    points = [np.asarray(point, np.float64) for point in (first, second, third)]
    _check_alike(points)
    along, across = points[1] - points[0], points[2] - points[0]
    x = along / (np.linalg.norm(along) or 1.0)
    across = across - (across @ x) * x
    height = np.linalg.norm(across)
    if not along.any() or height <= _ON_A_LINE * np.linalg.norm(points[2] - points[0]):
        message = "three points of a plane must not lie on a line. Choose another third point."
        raise SettingError(message)
    return Plane(points[0], np.stack([x, across / height]))


def finite_snapshots(path: FloatArray) -> FloatArray:
    """Return the snapshots of a path whose parameters are all finite.

    Parameters
    ----------
    path
        Points of a path, one snapshot a row, shape ``(n, n_parameters)``.

    Returns
    -------
    FloatArray
        The finite rows, shape ``(n_finite, n_parameters)``.
    """
    path = np.asarray(path)
    return path[np.isfinite(path).all(axis=1)]


def _size(vectors: FloatArray) -> float:
    """Return the largest magnitude: vectors divided by it have finite squares."""
    return float(np.abs(vectors).max()) or 1.0


def _check_alike(points: Sequence[FloatArray]) -> None:
    shapes = [point.shape for point in points]
    if len(set(shapes)) > 1 or len(shapes[0]) != 1:
        message = f"points must be vectors of as many parameters; got shapes {shapes}."
        raise ShapeError(message)
