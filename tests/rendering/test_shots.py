"""Files of shots appear whole or not at all."""

from __future__ import annotations

import pytest
from manim import Square, UpdateFromAlphaFunc

from nnviz.rendering.film import Film
from nnviz.rendering.formats import FORMATS
from nnviz.rendering.shots import draw_at_once
from nnviz.stage.scene import RecordingScene

pytestmark = pytest.mark.render


class Fading(RecordingScene):
    """Two animations."""

    def construct(self):
        for _ in range(2):
            self.play(UpdateFromAlphaFunc(Square(), self.change), run_time=1)

    def change(self, square, alpha):
        square.set_opacity(alpha)


class Failing(Fading):
    """Fails in the middle of the second animation."""

    n_changes = 0

    def change(self, square, alpha):
        super().change(square, alpha)
        self.n_changes += 1
        if self.n_changes > 10:
            raise ZeroDivisionError


def test_scene_drawn_at_once_is_a_file_for_each_animation(zoo, tmp_path):
    shots = tmp_path / "shots"
    shots.mkdir()
    film = Film(Fading, zoo("tanh"), (160, 90), 5)
    files = draw_at_once(film, FORMATS[".mp4"], shots, tmp_path, lambda _: None)
    assert len(files) == 2
    assert sorted(shots.iterdir()) == files


def test_animation_that_fails_while_it_is_drawn_leaves_no_file(zoo, tmp_path):
    shots, drawn = tmp_path / "shots", []
    shots.mkdir()
    film = Film(Failing, zoo("tanh"), (160, 90), 5)
    with pytest.raises(ZeroDivisionError):
        draw_at_once(film, FORMATS[".mp4"], shots, tmp_path, drawn.append)
    assert 5 < sum(drawn) < 10
    assert [path.name for path in shots.iterdir()] == ["00000.mp4"]
