"""What is seen of a surface, against every grid point projected one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.errors import ShapeError
from nnviz.raster.height_field import HeightField
from nnviz.raster.viewpoint import Viewpoint

SIZE = (4.0, 3.0)
FACE = np.array([0.2, 0.2, 0.2])


def hills(n_y=121, n_x=161):
    y, x = np.mgrid[-1 : 1 : n_y * 1j, -1 : 1 : n_x * 1j]
    return 1.2 * np.exp(-4 * ((x - 0.3) ** 2 + y**2)) + 0.3 * np.sin(3 * x) * y + 0.4


def ground(heights):
    n_y, n_x = heights.shape
    x = np.linspace(-SIZE[0] / 2, SIZE[0] / 2, n_x)
    y = np.linspace(-SIZE[1] / 2, SIZE[1] / 2, n_y)
    return np.stack(np.meshgrid(x, y), axis=-1)


views = st.builds(Viewpoint, st.floats(-7, 7), st.floats(0.15, 1.4))


@given(view=views)
@settings(deadline=None, max_examples=15)
def test_picture_covers_what_the_points_of_the_block_cover(view):
    heights, scale = hills(), 30.0
    picture = HeightField(heights, np.ones((*heights.shape, 3)), FACE, SIZE).draw(view, scale)
    top = np.concatenate([ground(heights), heights[..., None]], axis=-1).reshape(-1, 3)
    floor = top * [1, 1, 0]
    seen = view.project(np.concatenate([top, floor])) * scale
    cover = 1 - picture.layer.transmittance
    height, width = cover.shape
    assert picture.left == pytest.approx(seen[:, 0].min(), abs=1.5)
    assert picture.left + width == pytest.approx(seen[:, 0].max(), abs=1.5)
    assert picture.top == pytest.approx(seen[:, 1].max(), abs=3)
    assert picture.top - height == pytest.approx(seen[:, 1].min(), abs=3)
    # Every point of the block lies on a covered pixel, but for the outermost.
    column = np.floor(seen[:, 0] - picture.left).astype(int)
    row = np.floor(picture.top - seen[:, 1]).astype(int)
    inside = (column > 1) & (column < width - 2) & (row > 1) & (row < height - 2)
    covered = cover[row[inside], column[inside]]
    assert (covered > 0).mean() > 0.98
    assert (picture.layer.colors[:, cover == 0] == 0).all()


@given(view=st.builds(Viewpoint, st.floats(-7, 7), st.floats(0.5, 1.4)))
@settings(deadline=None, max_examples=6)
def test_colours_are_those_of_the_points_in_front(view):
    """Each pixel shows the point of the surface that a search over all of them finds nearest."""
    heights, scale = hills(), 24.0
    places = ground(heights)
    colors = np.stack(
        [places[..., 0] / SIZE[0] + 0.5, places[..., 1] / SIZE[1] + 0.5, 0 * heights], axis=-1
    )
    # Without light from anywhere, and faces that cannot be taken for the surface.
    field = HeightField(heights, colors, np.array([0, 0, 1.0]), SIZE)
    light = HeightField(heights, np.ones_like(colors), np.array([0, 0, 1.0]), SIZE)
    seen, bright = field.draw(view, scale), light.draw(view, scale)
    points = np.concatenate([places, heights[..., None]], axis=-1).reshape(-1, 3)
    visible = points[~field.hides(points, view)]
    at = view.project(visible) * scale
    column = np.floor(at[:, 0] - seen.left).astype(int)
    row = np.floor(seen.top - at[:, 1]).astype(int)
    cover = 1 - seen.layer.transmittance
    height, width = cover.shape
    inside = (column > 1) & (column < width - 2) & (row > 1) & (row < height - 2)
    visible, column, row = visible[inside], column[inside], row[inside]
    surface = (cover[row, column] == 1) & (bright.layer.colors[0, row, column] > 20)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = seen.layer.colors[:2, row, column] / bright.layer.colors[0, row, column]
    shown = (share.T - 0.5) * SIZE
    off = np.abs(shown - visible[:, :2]).max(axis=1)[surface]
    assert np.median(off) < 0.08
    assert (off < 0.3).mean() > 0.9


def test_level_surface_has_its_own_colours():
    colors = np.full((20, 30, 3), [0.5, 0.25, 1.0])
    picture = HeightField(np.full((20, 30), 0.5), colors, FACE, SIZE).draw(
        Viewpoint(0.0, 1.0), 40.0
    )
    height, width = picture.layer.transmittance.shape
    middle = picture.layer.colors[:, height // 3, width // 2]
    np.testing.assert_allclose(middle, [128, 64, 255], atol=1)


def test_slopes_towards_the_light_are_brighter():
    x = np.linspace(0, 1, 30)
    rising = np.tile(x, (20, 1))
    white = np.ones((20, 30, 3)) * 0.5
    bright, dark = (
        HeightField(heights, white, FACE, SIZE).draw(Viewpoint(0.0, 1.0), 20.0).layer.colors.max()
        for heights in (rising, rising[:, ::-1])
    )
    assert bright > 1.2 * dark


def test_faces_under_the_edges_take_their_colour():
    heights = np.full((20, 30), 1.0)
    picture = HeightField(heights, np.ones((20, 30, 3)), np.array([1.0, 0, 0]), SIZE).draw(
        Viewpoint(0.0, 0.4), 40.0
    )
    lowest = picture.layer.colors[:, -4, picture.layer.transmittance.shape[1] // 2]
    assert lowest[0] > 100
    assert lowest[1] == lowest[2] == 0


def test_hill_hides_what_is_behind_it():
    heights = hills()
    field, view = (
        HeightField(heights, np.ones((*heights.shape, 3)), FACE, SIZE),
        Viewpoint(0.0, 0.2),
    )
    top = np.array([[0.6, 0.0, 1.61]])
    behind, above, before = (
        np.array([[0.6, y, z]]) for y, z in ((0.9, 1.0), (0.9, 2.5), (-1.4, 0.6))
    )
    assert not field.hides(top, view)[0]
    assert field.hides(behind, view)[0]
    assert not field.hides(above, view)[0]
    assert not field.hides(before, view)[0]
    # From the other side it is the other way round.
    assert not field.hides(behind, Viewpoint(np.pi, 0.2))[0]
    assert field.hides(before, Viewpoint(np.pi, 0.2))[0]


def test_points_under_the_surface_are_hidden():
    heights = np.full((20, 30), 1.0)
    field = HeightField(heights, np.ones((20, 30, 3)), FACE, SIZE)
    assert field.hides(np.array([[0.0, 0.0, 0.5]]), Viewpoint(0.3, 0.8))[0]


def test_height_is_that_of_the_grid():
    heights = hills()
    field = HeightField(heights, np.ones((*heights.shape, 3)), FACE, SIZE)
    np.testing.assert_allclose(field.height_at(ground(heights)), heights, rtol=1e-6)


@pytest.mark.parametrize(
    ("heights", "colors"), [((1, 5), (1, 5, 3)), ((5, 5), (5, 4, 3)), ((5,), (5, 3))]
)
def test_heights_and_colours_must_fit(heights, colors):
    with pytest.raises(ShapeError, match="heights must have shape"):
        HeightField(np.ones(heights), np.ones(colors), FACE, SIZE)


def test_field_as_wide_as_a_line_of_sight_has_samples_is_drawn():
    """A column for each sample must not be taken for a sample of each column."""
    field = HeightField(hills(), np.ones((*hills().shape, 3)), FACE, SIZE)
    widths = []
    for n_columns in (190, 192, 194):
        drawn = field.draw(Viewpoint(0.0, 0.6), n_columns / SIZE[0])
        widths.append(drawn.layer.transmittance.shape[1])
    assert widths == [190, 192, 194]
