"""
Trail
=====

A line through points: here the recorded path on its principal plane.
"""

import numpy as np

import nnviz
from nnviz.analysis import principal_plane
from nnviz.mobjects import Trail
from nnviz.stage import RecordingScene


class Example(RecordingScene):
    """One building block by itself."""

    def construct(self) -> None:
        """Show it."""
        path = np.asarray(self.recording.parameters, np.float64)
        coordinates = principal_plane(path).project(path)
        coordinates *= 6 / np.abs(coordinates).max()
        places = np.column_stack([coordinates, np.zeros(len(coordinates))])
        self.add(Trail(self.theme.accent).go_through(places))
        self.wait(1)


picture = nnviz.still(Example, nnviz.default_run(), "trail.png", second=0, quality="draft")
