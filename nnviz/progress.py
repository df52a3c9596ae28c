"""How long work tells of its progress."""

from __future__ import annotations

from collections.abc import Callable

#: Called with how many items (frames, grid points, steps) are done, and how many there are.
OnProgress = Callable[[int, int], None]
