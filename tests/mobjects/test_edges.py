from __future__ import annotations

import numpy as np
import pytest

from nnviz.errors import ShapeError
from nnviz.mobjects import edges
from nnviz.mobjects.edges import EdgeLayer

RED, BLUE = [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]


def _edges(starts, ends, colors, opacities, **settings):
    return EdgeLayer(
        np.array(starts), np.array(ends), np.array(colors), np.array(opacities), **settings
    )


def test_each_edge_has_its_own_colour_and_opacity(canvas):
    layer = _edges([[-4, 2], [-4, -2]], [[4, 2], [4, -2]], [RED, BLUE], [1.0, 0.5], line_width=0.2)
    layer.paint(canvas)
    assert canvas.pixels[20, 80].tolist()[:3] == [255, 0, 0]
    assert canvas.pixels[60, 80].tolist()[:3] == [0, 0, 128]
    assert canvas.pixels[40].sum() == 160 * 255


def test_edges_move_and_fade_like_any_mobject(canvas):
    layer = _edges([[-4, 0]], [[4, 0]], [RED], [1.0], line_width=0.2)
    layer.shift([0, 1, 0]).fade(0.5)
    layer.paint(canvas)
    assert canvas.pixels[30, 80, 0] in (127, 128)
    assert canvas.pixels[40, 80, 0] == 0


def test_edges_follow_scaling_and_turning(canvas):
    layer = _edges([[-4, 0]], [[4, 0]], [RED], [1.0], line_width=0.2)
    layer.scale(0.5).rotate(np.pi / 2).shift([3, 0, 0])
    layer.paint(canvas)
    red = canvas.pixels[..., 0] > 0
    assert np.flatnonzero(red.any(axis=0)).tolist() == [109, 110]
    assert np.flatnonzero(red.any(axis=1)).tolist() == list(range(20, 60))


def test_the_faintest_of_very_many_edges_are_left_out(canvas, monkeypatch):
    monkeypatch.setattr(edges, "_MOST_COVERED", 50)
    rng = np.random.default_rng(0)
    starts, ends = rng.uniform(-4, 4, (2, 200, 2))
    opacities = np.where(np.arange(200) < 20, 0.5, 1e-5)
    layer = _edges(starts, ends, np.tile(RED, (200, 1)), opacities)
    strong = _edges(starts[:20], ends[:20], np.tile(RED, (20, 1)), opacities[:20])
    layer.paint(canvas)
    seen = canvas.pixels.copy()
    canvas.pixels[..., :3] = 0
    strong.paint(canvas)
    assert np.array_equal(seen, canvas.pixels)


def test_crossing_edges_combine_in_no_order(canvas):
    first = _edges([[-2, -2], [-2, 2]], [[2, 2], [2, -2]], [RED, BLUE], [0.6, 0.6], line_width=0.3)
    first.paint(canvas)
    there = canvas.pixels.copy()
    canvas.pixels[..., :3] = 0
    second = _edges([[-2, 2], [-2, -2]], [[2, -2], [2, 2]], [BLUE, RED], [0.6, 0.6], line_width=0.3)
    second.paint(canvas)
    assert np.abs(there.astype(int) - canvas.pixels).max() <= 1


def test_reach_hides_what_the_pulse_has_not_come_to(canvas):
    layer = _edges([[-4, 0]], [[4, 0]], [RED], [1.0], line_width=0.2)
    layer.reach = (-np.inf, 0.5)
    layer.paint(canvas)
    line = canvas.pixels[40, :, 0].astype(int)
    assert line[45] == 255
    assert (line[81:] == 0).all()
    assert (np.diff(line[50:81]) <= 0).all()


def test_new_colours_show_at_the_next_paint(canvas):
    layer = _edges([[-4, 0]], [[4, 0]], [RED], [1.0], line_width=0.2)
    layer.paint(canvas)
    layer.set_edges(np.array([BLUE]), np.array([1.0]))
    layer.paint(canvas)
    assert canvas.pixels[40, 80].tolist()[:3] == [0, 0, 255]


def test_twelve_thousand_edges_are_one_mobject(canvas):
    n = 12_544
    ends = np.tile([6.0, 0.0], (n, 1))
    starts = np.column_stack([np.full(n, -6.0), np.linspace(-4, 4, n)])
    layer = EdgeLayer(starts, ends, np.tile(RED, (n, 1)), np.full(n, 0.01))
    assert len(layer.get_family()) == 1
    layer.paint(canvas)
    assert canvas.pixels[..., 0].max() > 0


def test_edges_check_the_number_of_colours():
    with pytest.raises(ShapeError, match=r"2 edges must have colours \(2, 3\)"):
        _edges([[0, 0], [0, 1]], [[1, 0], [1, 1]], [RED], [1.0])


def test_edges_look_the_same_however_often_they_were_painted(canvas):
    rng = np.random.default_rng(0)
    starts, ends = rng.uniform(-4, 4, (2, 300, 2))
    layer = _edges(starts, ends, rng.random((300, 3)), rng.random(300))
    seen = []
    for _ in range(3):
        canvas.pixels[...] = 90
        layer.paint(canvas)
        seen.append(canvas.pixels.copy())
    assert np.array_equal(seen[0], seen[1])
    assert np.array_equal(seen[0], seen[2])


def test_copies_do_not_copy_what_was_painted(canvas):
    layer = _edges([[-4, 0]], [[4, 0]], [RED], [1.0])
    layer.paint(canvas)
    assert layer.copy()._painter is layer._painter
