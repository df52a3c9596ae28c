"""The callback by which long work reports its progress."""

from __future__ import annotations

from collections.abc import Callable

#: Called with the number of items (frames, grid points, steps) that are done, and of all items.
OnProgress = Callable[[int, int], None]
