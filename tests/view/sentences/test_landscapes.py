"""What is said of the cost around a network, or over a plane."""

from __future__ import annotations

import numpy as np

from nnviz.analysis.landscape import Landscape
from nnviz.analysis.planes import Plane
from nnviz.view.sentences.landscapes import (
    landscape_note,
    landscape_title,
    surface_figure_note,
    surface_title,
)


def test_landscape_says_where_the_network_is(zoo):
    recording = zoo("tanh")
    land = Landscape(None, None, None, np.ones((2, 2)))
    origin = recording.network_at(-1).parameters.astype(float)
    along = np.eye(2, len(origin))
    here = Plane(origin, along)
    aside = Plane(origin + 3.0 * np.eye(5, len(origin))[4], along)

    def note(recording, plane, step=-1, *, is_shown=True, found=land):
        return landscape_note(recording, step, plane, found, is_shown=is_shown)

    assert "two random directions, filter-normalised" in note(recording, None)
    assert "the dot: the network, in the plane" in note(recording, here)
    assert "the dot: the network, 3 away from the plane" in note(recording, aside)
    outside = note(recording, here, is_shown=False)
    assert "the network, in the plane, lies outside the picture" in outside
    nan = zoo("nan-at-once")
    plane = Plane(np.zeros(610), np.eye(2, 610))
    assert "not finite: it has no place here" in note(nan, plane)
    holes = Landscape(None, None, None, np.array([[1.0, np.inf]]))
    assert note(recording, None, found=holes).endswith("no finite cost at 1 of 2 points")
    assert landscape_title(None) != landscape_title(here)
    assert surface_figure_note(land) == "height: the cost; colour: its logarithm"
    assert surface_figure_note(holes).endswith("holes: no finite cost at 1 of 2 points")
    assert surface_title()
