"""Synthetic digits, drawn by a simulated pen: the data set that comes with nnviz.

``python -m nnviz.data.digits`` draws the shipped file again.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import make_interp_spline
from scipy.spatial import cKDTree

from nnviz.core.arrays import FloatArray
from nnviz.data.dataset import Dataset, LabelledImages
from nnviz.data.npz import load_npz
from nnviz.data.strokes import STROKES, Stroke
from nnviz.errors import SettingError

#: The shipped data set.
DIGITS_FILE = Path(__file__).with_name("digits.npz")
# Enough for a small network to learn digits well, in a file small enough to ship.
_N_TRAIN, _N_TEST = 10_000, 2_000

# As MNIST's: 28 pixels square, the digit in a box of 20, its centre of mass in the middle.
_SIDE, _BOX = 28, 20.0
_PIXELS = np.stack(np.meshgrid(*2 * [np.arange(_SIDE) + 0.5]), axis=-1).reshape(-1, 2)

# How different handwritings are; chosen by eye, fitted to nothing. Pairs are the mean and the
# standard deviation of a normal distribution, or the ends of a uniform one for the softness.
_JITTER = 0.045  # displacement of each control point, in heights of the digit
# Waves that bend the plane: radians a height, and displacement in heights, whose deviation varies.
_WAVES = ((2.0, 0.042), (4.0, 0.019), (7.0, 0.0084))
_WAVE_SPREAD = 1.4
_HALVES = 0.15  # how much larger or smaller the upper half is than the lower
_ASPECT = (0.08, 0.2)  # logarithm of width to height
_SLANT = (0.15, 0.25)  # shear, widths a height
_TURN = 0.09  # rotation, radians
_PEN = (np.log(1.35), 0.25)  # logarithm of the pen's radius in pixels
_SOFTNESS = (0.55, 0.9)  # half the width of a line's soft edge, pixels
# Points along a stroke for each height of the digit: 90 over 20 pixels is closer than a pixel.
_POINTS_PER_HEIGHT, _MIN_POINTS = 90, 12


def load_digits() -> Dataset:
    """Load the shipped digits: 10,000 images to learn from and 2,000 held out.

    Examples
    --------
    >>> load_digits().test
    <LabelledImages: 2,000 of 28 x 28, uint8>
    """
    shipped = load_npz(DIGITS_FILE)
    return Dataset("digits", shipped.train, shipped.test, synthetic=True, source="digits")


def generate_digits(n: int, *, seed: int) -> LabelledImages:
    """Draw images of digits, 0 to 9 in turn.

    Parameters
    ----------
    n
        Number of images, at least 1.
    seed
        Seed of the handwriting, at least 0. Image ``i`` depends on ``seed`` and ``i`` alone, so
        that a longer set begins with the shorter.

    Returns
    -------
    LabelledImages
        Images of 28 x 28 pixels, uint8, and their digits.

    Raises
    ------
    SettingError
        If ``n`` or the seed is out of range.

    Examples
    --------
    >>> generate_digits(12, seed=0).labels
    array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])
    """
    if n < 1 or seed < 0:
        message = f"number of digits must be at least 1, and the seed at least 0; got {n}, {seed}."
        raise SettingError(message)
    labels = np.arange(n) % 10
    images = [
        _draw(label, np.random.default_rng([seed, i])) for i, label in enumerate(labels.tolist())
    ]
    return LabelledImages(np.stack(images), labels)


def _draw(label: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return an image of a digit, ``(28, 28)``, in a handwriting drawn at random."""
    variants = STROKES[label]
    line = _write(variants[rng.integers(len(variants))], rng)
    line = _slant(_distort(line, rng), rng)
    radius, softness = np.exp(rng.normal(*_PEN)), rng.uniform(*_SOFTNESS)

    low, high = line.min(axis=0), line.max(axis=0)
    line = (line - (low + high) / 2) * (_BOX - 2 * radius) / (high - low).max()
    brightness = _ink(line + _SIDE / 2, radius, softness)
    centre_of_mass = brightness @ _PIXELS / brightness.sum()
    brightness = _ink(line + _SIDE - centre_of_mass, radius, softness)
    return np.round(255 * brightness).astype(np.uint8).reshape(_SIDE, _SIDE)


def _write(strokes: tuple[Stroke, ...], rng: np.random.Generator) -> FloatArray:
    """Return points along all strokes, ``(m, 2)``, each control point a little displaced."""
    # One displacement a point, so that strokes that meet there still meet.
    points = dict.fromkeys(point for stroke in strokes for point in stroke)
    moved = {point: np.array(point) + rng.normal(0, _JITTER, 2) for point in points}
    return np.concatenate([_curve(np.array([moved[p] for p in stroke])) for stroke in strokes])


def _curve(points: FloatArray) -> FloatArray:
    """Return a smooth curve through points, sampled more closely than a pixel."""
    lengths = np.linalg.norm(np.diff(points, axis=0), axis=1)
    # Centripetal: parameter values as far apart as the root of the distance, which makes
    # no loops between points that lie close together.
    parameters = np.concatenate([[0], np.cumsum(np.sqrt(lengths + 1e-9))])
    spline = make_interp_spline(parameters, points, k=min(3, len(points) - 1))
    n_samples = max(int(_POINTS_PER_HEIGHT * lengths.sum()), _MIN_POINTS)
    return np.asarray(spline(np.linspace(0, parameters[-1], n_samples)))


def _distort(line: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Return a line bent by waves of several lengths, its upper and lower halves unequal."""
    line = line - (line.min(axis=0) + line.max(axis=0)) / 2
    for frequency, amplitude in _WAVES:
        waves, phases = rng.normal(0, frequency, (2, 2)), rng.uniform(0, 2 * np.pi, 2)
        line = line + amplitude * np.sin(line @ waves + phases) * rng.normal(0, _WAVE_SPREAD, 2)
    x, y = line.T
    widening, shift = rng.normal(0, _HALVES, 2)
    return np.stack([x * np.exp(2 * widening * y), y + shift * (0.25 - y * y)], axis=1)


def _slant(line: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Return a line stretched, sheared and rotated."""
    aspect, slant = np.exp(rng.normal(*_ASPECT)), rng.normal(*_SLANT)
    turn = rng.normal(0, _TURN)
    rotate = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    shear = np.array([[1, -slant], [0, 1]])
    stretch = np.diag([aspect, 1])
    return line @ (rotate @ shear @ stretch).T


def _ink(line: FloatArray, radius: float, softness: float) -> FloatArray:
    """Return the brightness of every pixel, ``(784,)`` in [0, 1], by its distance to the line."""
    distances, _ = cKDTree(line).query(_PIXELS, distance_upper_bound=radius + 2)
    return np.clip((radius - distances) / (2 * softness) + 0.5, 0, 1)


def _ship() -> None:
    """Draw the shipped data set, and replace its file."""
    train, test = generate_digits(_N_TRAIN, seed=0), generate_digits(_N_TEST, seed=1)
    temporary = DIGITS_FILE.with_suffix(".part.npz")
    np.savez_compressed(
        temporary,
        images=train.images,
        labels=train.labels.astype(np.uint8),
        test_images=test.images,
        test_labels=test.labels.astype(np.uint8),
    )
    os.replace(temporary, DIGITS_FILE)  # noqa: PTH105


if __name__ == "__main__":
    _ship()
