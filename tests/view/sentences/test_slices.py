"""What is said of the cost along a straight line."""

from __future__ import annotations

import numpy as np

from nnviz.view.sentences.slices import recorded_name, slice_note, slice_title


def test_slice_says_how_long_it_is_and_what_is_not_finite(zoo):
    drawn = np.array([1.0, np.inf])
    assert slice_note(zoo("tanh"), 5.678, 2, drawn).splitlines() == [
        "64-10-8-10 on small blobs (synthetic); 5.68 long, in units of the parameters",
        "costs: averages over all 200 training images and all 100 held-out images",
        "1 of 2 costs is not finite",
        "diverged: 2 later moments are left out",
    ]
    assert len(slice_note(zoo("tanh"), 5.678, 0, np.ones(2)).splitlines()) == 2
    assert recorded_name("training examples") == "training examples, recorded"
    assert slice_title()
