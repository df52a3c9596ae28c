from __future__ import annotations

import pytest

from nnviz.mobjects.readout import Readout
from nnviz.view.themes import DARK

pytestmark = pytest.mark.render


def test_readout_shows_a_new_value():
    readout = Readout("cost", 0.5, DARK, decimals=2)
    width = readout.width
    readout.set_value(1234567)
    assert readout.value.get_value() == 1234567
    assert readout.width > width
