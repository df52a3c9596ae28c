"""Figures by their names, and their options."""

from __future__ import annotations

import pytest

from nnviz.errors import UnknownNameError
from nnviz.figures.registry import FIGURES, get_figure


def test_figures_have_names():
    assert get_figure("weight_images") is FIGURES["weight-images"]
    with pytest.raises(UnknownNameError, match="Did you mean 'descent-path'"):
        get_figure("descent-pth")


@pytest.mark.parametrize("name", FIGURES)
def test_every_option_is_described_by_a_sentence(name):
    for option in get_figure(name).options().values():
        assert len(option.description.split()) > 5, option
        assert option.description.endswith(".")
        assert not option.description.startswith("See ")
