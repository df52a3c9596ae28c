"""Scenes that are watched closely: nothing of them may run over the frame's border."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnviz.view.themes import DARK
from tests.faithfulness.reference import rgb


@pytest.fixture(scope="session")
def play(play: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that plays a scene, and sees that it keeps within the frame."""

    def played(name: str, recording: Any, **options: Any) -> Any:
        seen = play(name, recording, **options)
        for frame in seen.frames:
            for edge in (frame[0], frame[-1], frame[:, 0], frame[:, -1]):
                assert np.abs(edge / 255 - rgb(DARK.background)).max() < 0.15
        return seen

    return played
