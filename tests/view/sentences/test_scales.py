"""Names of axes, and of the ends of scales."""

from __future__ import annotations

import numpy as np

from nnviz.view.sentences.scales import bound_texts, principal_names, scale_ends


def test_scales_say_what_lies_beyond_them():
    assert scale_ends(0.5, below=True, above=True) == ("≤ −0.5", "≥ 0.5")
    assert scale_ends(0.5, below=False, above=False) == ("−0.5", "0.5")
    assert bound_texts(["1", "2"], below=True, above=True) == ["≤ 1", "≥ 2"]
    assert bound_texts(["1", "2"], below=False, above=False) == ["1", "2"]


def test_shares_of_a_plane_are_never_rounded_to_all():
    one, two = principal_names(np.array([0.99994, 0.00006]))
    assert one == "principal direction 1 (99.994 % of the variance)"
    assert two == "principal direction 2 (0.006 % of the variance)"
