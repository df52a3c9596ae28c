"""Steps down a curve of one variable."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.analysis.functions.function import Function
from nnviz.analysis.functions.named import FUNCTIONS_1D, FUNCTIONS_2D
from nnviz.errors import SettingError
from nnviz.figures import descent_1d
from tests.figures.artists import lines_of, texts


def test_steps_lie_on_the_curve():
    lines = lines_of(descent_1d("bowl", learning_rate=0.5, start=1.0, n_steps=4))
    np.testing.assert_allclose(lines["steps"][:, 0], 3 * 0.5 ** np.arange(5))
    for x, y in lines["steps"]:
        assert y == pytest.approx(FUNCTIONS_1D["bowl"].value(np.array([x])))


def test_curve_of_a_function_with_gaps():
    root = Function.of(lambda x: x**0.5 if x >= 0 else float("nan"), [(-1, 4)])
    low, high = descent_1d(root, learning_rate=0.1).get_ylim()
    assert low < 0 < 2 < high


def test_steps_out_of_the_picture_are_told_of():
    ax = descent_1d("bowl", learning_rate=3.0)
    assert any("out of the picture" in text for text in texts(ax))
    assert ax.get_xlim() == (-3, 3)


def test_function_of_two_variables_is_no_curve():
    with pytest.raises(SettingError, match=r"must have 1 variable"):
        descent_1d(FUNCTIONS_2D["bowl"])
