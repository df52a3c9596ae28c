"""Which of several processes draws a shot: the one that claims it first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nnviz.rendering.film import Shot

#: Whether a shot is this process's to draw; asked once of each.
Claim = Callable[[Shot], bool]


def claimer(folder: Path) -> Claim:
    """Return the function that claims a shot for one of the processes that share a folder."""

    def claim(shot: Shot) -> bool:
        try:
            (folder / shot.key).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    return claim
