"""Sums over many lines of what each carries, at every pixel that they cover."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from nnviz.core.arrays import FloatArray
from nnviz.raster.coverage import line_coverage

# Rows of the picture summed at a time: few enough for a processor's cache.
_BLOCK_ROWS = 16
# Lines whose coverage is measured at a time: meanwhile it takes twice the memory.
_GROUP_LINES = 8_192
#: Positions are rounded to one such part of a pixel, far below what an eye can see.
SUBPIXELS = 64


class LineSums:
    """The pixels that lines cover, for sums over the lines of values that each carries.

    Where the picture's lower half has the lines of the upper, mirrored, only half of them
    are kept, and the sums over both take little longer than those over one.

    Parameters
    ----------
    starts, ends
        Where the lines start and end, ``(n, 2)``: x to the right and y down, in pixels.
    width
        Width of every line, in pixels; below 1 a line is fainter, not narrower.
    shape
        Height and width of the picture, in pixels.

    Attributes
    ----------
    n_bytes
        Number of bytes that the coverage takes.
    """

    def __init__(
        self, starts: FloatArray, ends: FloatArray, width: float, shape: tuple[int, int]
    ) -> None:
        self._shape = shape
        height, picture_width = shape
        twins = mirror_twins(starts, ends, height)
        self._kept: NDArray[np.intp] | None = None
        bounds = [*range(0, height, _BLOCK_ROWS), height]
        if twins is not None:
            self._kept = np.flatnonzero(np.arange(len(twins)) <= twins)
            self._twins = twins[self._kept]
            # A line that is its own twin is summed twice.
            self._halves = np.where(self._twins == self._kept, np.float32(0.5), np.float32(1))
            starts, ends = starts[self._kept], ends[self._kept]
            # From both ends to the middle, so that every block has its twin.
            above = [*range(0, height // 2, _BLOCK_ROWS), height // 2]
            bounds = sorted({*above, *(height - row for row in above)})
        self._bounds = bounds
        self.n_bytes = 0
        # For each run of rows, blocks of some lines each.
        self._blocks: list[list[csr_array]] = [[] for _ in pairwise(bounds)]
        for begin in range(0, max(len(starts), 1), _GROUP_LINES):
            group = slice(begin, begin + _GROUP_LINES)
            cover = line_coverage(starts[group], ends[group], width, shape).tocsr()
            self.n_bytes += int(cover.data.nbytes + cover.indices.nbytes)
            for blocks, (first, last) in zip(self._blocks, pairwise(bounds), strict=True):
                blocks.append(_rows(cover, first * picture_width, last * picture_width))

    def sums(self, carried: FloatArray) -> Iterator[tuple[int, FloatArray]]:
        """Yield the sums at every pixel, some rows of the picture at a time, in any order.

        Parameters
        ----------
        carried
            Values that each line carries, ``(n, 4)`` float32.

        Yields
        ------
        tuple
            The first of the rows, and the sums ``(4, rows, width)`` of the lines' values, weighed
            by the share of each pixel that a line covers.
        """
        width = self._shape[1]
        if self._kept is None:
            for first, block in zip(self._bounds, self._blocks, strict=False):
                yield first, _planes(block, carried, width)
            return
        both = np.concatenate([carried[self._kept], carried[self._twins]], axis=1)
        both *= self._halves[:, None]
        for place in range((len(self._blocks) + 1) // 2):
            opposite = len(self._blocks) - 1 - place
            above = below = _planes(self._blocks[place], both, width)
            if place != opposite:
                below = _planes(self._blocks[opposite], both, width)
                yield self._bounds[opposite], _sum(below[:4], above[4:, ::-1])
            yield self._bounds[place], _sum(above[:4], below[4:, ::-1])


def _planes(blocks: list[csr_array], carried: FloatArray, width: int) -> FloatArray:
    """Return the sums of some rows, ``(n_carried, rows, width)``."""
    first, *others = (
        block @ carried[i * _GROUP_LINES : (i + 1) * _GROUP_LINES] for i, block in enumerate(blocks)
    )
    for other in others:
        first += other
    planes: FloatArray = first.T.reshape(carried.shape[1], -1, width)
    return planes


def _sum(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return a + b in the order of C, whatever that of ``a`` and ``b``."""
    # Plane by plane: sums in the order in which these lie in memory take twice as long.
    sums: FloatArray = np.add(a, b, order="C")
    return sums


def mirror_twins(starts: FloatArray, ends: FloatArray, height: int) -> NDArray[np.intp] | None:
    """Return for each line the one that mirrors it across the picture's middle row.

    Parameters
    ----------
    starts, ends
        Where the lines start and end, ``(n, 2)``, in pixels.
    height
        Height of the picture, in pixels.

    Returns
    -------
    NDArray or None
        Number of each line's twin, ``(n,)``, such that ``twins[twins]`` is ``0, 1, ...``; a line
        in the middle is its own. ``None`` if any line has no twin.

    Examples
    --------
    >>> mirror_twins(np.array([[0, 1], [0, 9]]), np.array([[5, 5], [5, 5]]), 10)
    array([1, 0])
    >>> mirror_twins(np.array([[0, 1]]), np.array([[5, 5]]), 10)
    """
    lines = np.round(np.concatenate([starts, ends], axis=1) * SUBPIXELS).astype(np.int64)
    mirrored = lines.copy()
    mirrored[:, 1::2] = height * SUBPIXELS - lines[:, 1::2]
    order, mirrored_order = np.lexsort(lines.T), np.lexsort(mirrored.T)
    if not np.array_equal(lines[order], mirrored[mirrored_order]):
        return None
    twins = np.empty(len(lines), np.intp)
    twins[order] = mirrored_order
    # Of lines that lie on each other any may be the twin, but each must be its twin's.
    return twins if np.array_equal(twins[twins], np.arange(len(twins))) else None


def _rows(cover: csr_array, first: int, last: int) -> csr_array:
    """Return some rows of a matrix as views of its entries, which slicing would copy."""
    start, stop = cover.indptr[first], cover.indptr[last]
    entries = (
        cover.data[start:stop],
        cover.indices[start:stop],
        cover.indptr[first : last + 1] - start,
    )
    return csr_array(entries, shape=(last - first, cover.shape[1]))
