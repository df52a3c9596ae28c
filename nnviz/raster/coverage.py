"""How much of each pixel each straight line covers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from nnviz.core.arrays import FloatArray

# Lines are turned into pixels this many samples at a time: few enough for a processor's cache.
_CHUNK_SAMPLES = 50_000


def line_coverage(
    starts: FloatArray, ends: FloatArray, width: float, shape: tuple[int, int]
) -> csc_array:
    """Return the share of each pixel that each line covers, antialiased.

    A line is cut into columns of pixels (rows, if it is steep); in each it covers a band
    whose ends fall inside pixels and are weighed by their overlap.

    Parameters
    ----------
    starts, ends
        Where the lines start and end, ``(n, 2)``: x to the right and y down, in pixels; pixel
        (0, 0) covers [0, 1]^2. What lies outside the picture is left out.
    width
        Width of every line, in pixels; below 1 a line is fainter, not narrower.
    shape
        Height and width of the picture, in pixels.

    Returns
    -------
    csc_array
        ``(height * width, n)``, float32 in [0, 1].

    Examples
    --------
    >>> across = line_coverage(np.array([[0, 0.5]]), np.array([[3, 0.5]]), 1.0, (2, 3))
    >>> across.toarray().reshape(2, 3)
    array([[1., 1., 1.],
           [0., 0., 0.]], dtype=float32)
    """
    starts, ends = np.asarray(starts, np.float64), np.asarray(ends, np.float64)
    n_lines = len(starts)
    steps = np.ceil(np.abs(ends - starts).max(axis=1, initial=0)) + 2
    chunk_of = (np.cumsum(steps) // _CHUNK_SAMPLES).astype(int)
    bounds = np.searchsorted(chunk_of, np.arange(chunk_of.max(initial=0) + 2))
    # Room for all there can be; what is not filled takes no memory.
    most_bands = int(np.ceil(width * np.sqrt(2))) + 1
    room = int(steps.sum()) * most_bands
    pixels, shares = np.empty(room, np.int32), np.empty(room, np.float32)
    counts = []
    filled = 0
    for a, b in pairwise(bounds):
        count, pixel, share = _cover(starts[a:b], ends[a:b], width, shape)
        pixels[filled : filled + len(pixel)] = pixel
        shares[filled : filled + len(share)] = share
        filled += len(pixel)
        counts.append(count)
    pointers = np.zeros(n_lines + 1, np.int64)
    np.cumsum(np.concatenate(counts), out=pointers[1:])
    if filled < np.iinfo(np.int32).max:
        pointers = pointers.astype(np.int32)
    entries = (shares[:filled], pixels[:filled], pointers)
    return csc_array(entries, shape=(shape[0] * shape[1], n_lines))


@dataclass(frozen=True, slots=True, eq=False)
class _AxisLines:
    """Lines as functions of the axis u that each runs along; v is its other coordinate.

    Parameters
    ----------
    steep
        Whether u is y, and not x, ``(n,)``.
    u, v
        Where each line starts, ``(n,)``.
    slope
        By how much v changes for one pixel along u, ``(n,)``.
    low, high
        Between which u each line lies, ``(n,)``.
    """

    steep: NDArray[np.bool_]
    u: FloatArray
    v: FloatArray
    slope: FloatArray
    low: FloatArray
    high: FloatArray


def _along_axes(starts: FloatArray, ends: FloatArray) -> _AxisLines:
    """Return lines as functions of x or, where they are steep, of y."""
    delta = ends - starts
    steep = np.abs(delta[:, 1]) > np.abs(delta[:, 0])
    u0 = np.where(steep, starts[:, 1], starts[:, 0])
    u1 = np.where(steep, ends[:, 1], ends[:, 0])
    v0 = np.where(steep, starts[:, 0], starts[:, 1])
    v1 = np.where(steep, ends[:, 0], ends[:, 1])
    length = np.where(u1 == u0, 1.0, u1 - u0)
    slope = (v1 - v0) / length
    return _AxisLines(steep, u0, v0, slope, np.minimum(u0, u1), np.maximum(u0, u1))


def _cover(
    starts: FloatArray, ends: FloatArray, width: float, shape: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return entries per line, pixel of each entry, and covered share of each entry."""
    height, picture_width = shape
    lines = _along_axes(starts, ends)
    limit = np.where(lines.steep, height, picture_width)
    first = np.clip(np.floor(lines.low), 0, limit).astype(np.int64)
    last = np.clip(np.ceil(lines.high), 0, limit).astype(np.int64)
    n_cells = np.maximum(last - first, 0)

    line = np.repeat(np.arange(len(starts)), n_cells)
    offset = np.arange(len(line)) - np.repeat(np.cumsum(n_cells) - n_cells, n_cells)
    cell = first[line] + offset
    inside = np.minimum(cell + 1, lines.high[line]) - np.maximum(cell, lines.low[line])
    middle = lines.v[line] + lines.slope[line] * (cell + 0.5 - lines.u[line])
    # A slanted line's band is wider when measured along one axis.
    half_band = 0.5 * width * np.sqrt(1 + lines.slope**2)
    band_low, band_high = middle - half_band[line], middle + half_band[line]
    base = np.floor(band_low).astype(np.int64)
    n_bands = int(np.ceil(2 * half_band.max(initial=0.0))) + 1

    across = base[:, None] + np.arange(n_bands)
    share = np.minimum(across + 1, band_high[:, None]) - np.maximum(across, band_low[:, None])
    share = np.clip(share, 0, 1) * inside[:, None]
    steep = lines.steep[line][:, None]
    is_covered = (share > 0) & (across >= 0) & (across < np.where(steep, picture_width, height))
    pixel = np.where(
        steep, cell[:, None] * picture_width + across, across * picture_width + cell[:, None]
    )
    counts = np.bincount(line, weights=is_covered.sum(axis=1), minlength=len(starts))
    return (
        counts.astype(np.int64),
        pixel[is_covered].astype(np.int32),
        share[is_covered].astype(np.float32),
    )
