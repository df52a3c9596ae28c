from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.view.layout import column, grid


@given(n=st.integers(1, 2000), height=st.floats(0.5, 8))
def test_column_fits_and_neurons_do_not_touch(n, height):
    layout = column(n, 1.5, height=height)
    x, y = layout.positions.T
    assert (x == 1.5).all()
    assert y.max() - y.min() + 2 * layout.radius <= height + 1e-9
    np.testing.assert_allclose(y, -y[::-1], atol=1e-9)  # centred
    if n > 1:
        assert (np.diff(y) < 0).all()
        assert 2 * layout.radius < -np.diff(y).max()
    assert layout.is_complete
    assert layout.ellipsis is None
    assert not layout.is_image


@given(n_shown=st.integers(2, 40), n_more=st.integers(1, 700))
def test_neurons_left_out_leave_a_gap_for_the_ellipsis(n_shown, n_more):
    layout = column(n_shown + n_more, 0.0, shown=np.arange(n_shown))
    gaps = -np.diff(layout.positions[:, 1])
    half = (n_shown + 1) // 2
    others = np.delete(gaps, half - 1)
    assert (others < gaps[half - 1] / 2).all()
    above, below = layout.positions[half - 1 : half + 1, 1]
    assert below + layout.radius < layout.ellipsis[1] < above - layout.radius
    assert not layout.is_complete


def test_column_can_be_kept_close():
    spacing = -np.diff(column(3, 0.0, max_spacing=0.5).positions[:, 1])
    np.testing.assert_allclose(spacing, 0.5)


@given(rows=st.integers(1, 60), columns=st.integers(1, 60))
def test_grid_is_the_image_pixel_by_pixel(rows, columns):
    layout = grid((rows, columns), (-4.0, 0.5), height=3.0, width=2.0)
    x, y = layout.positions.reshape(rows, columns, 2).transpose(2, 0, 1)
    assert (x == x[0]).all()
    assert (y == y[:, :1]).all()
    assert (np.diff(x[0]) > 0).all()
    assert (np.diff(y[:, 0]) < 0).all()  # the first row on top
    assert columns * layout.cell <= 2.0 + 1e-9
    assert rows * layout.cell <= 3.0 + 1e-9
    assert layout.positions.mean(axis=0) == pytest.approx((-4.0, 0.5))
    assert layout.is_image
