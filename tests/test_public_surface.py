"""What is public is listed, is there, and is seen by type checkers; old names still work."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import nnviz
from nnviz.analysis.descent import measure_descent

ROOT = Path(__file__).parents[1]
PACKAGES = (
    "nnviz",
    *(f"nnviz.{name}" for name in nnviz.__all__ if (ROOT / "nnviz" / name).is_dir()),
)


@pytest.mark.parametrize("package", PACKAGES)
def test_public_names_are_there(package):
    module = importlib.import_module(package)
    assert module.__all__
    assert set(module.__all__) <= set(dir(module))
    for name in module.__all__:
        assert getattr(module, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        module.nothing  # noqa: B018


def test_descent_by_its_old_name():
    import nnviz.analysis.descent as module

    with pytest.warns(DeprecationWarning, match="descent is now called measure_descent"):
        assert module.descent is measure_descent


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("from nnviz.scenes import F", "FeedForward"),
        ("from nnviz.analysis import measure_", "measure_descent"),
        ("import nnviz\nnnviz.trai", "train"),
        ("import nnviz\nnnviz.Recording.ope", "open"),
        ("import nnviz\nnnviz.figures.weight_i", "weight_images"),
    ],
)
def test_completion_knows_public_names(code, expected):
    jedi = pytest.importorskip("jedi")
    assert expected in [each.name for each in jedi.Script(code).complete()]


USER = """
from pathlib import Path

import nnviz
from nnviz.analysis import measure_descent, plane_through
from nnviz.scenes import FeedForward
from nnviz.stage import RecordingScene


class Mine(RecordingScene):
    neuron: int = 0

    def construct(self) -> None:
        color: str = self.theme.accent
        print(color, self.recording.weights(1).shape)


def main(folder: Path) -> None:
    run = nnviz.train(nnviz.load_data("digits"), folder, layers=(784, 16, 10))
    path = measure_descent(run).trajectory
    print(path.costs[-1], plane_through(*run.parameters[[0, 1, 2]]).origin.shape)
    film: Path = nnviz.render(FeedForward, run, folder / "film.mp4", n_images=1)
    nnviz.still(Mine, run, second=0, neuron=3)
    nnviz.figures.weight_images(run, layer=1).set_title(film.name)
"""


@pytest.mark.slow
def test_users_file_is_clean_to_a_type_checker(tmp_path):
    (tmp_path / "user.py").write_text(USER)
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--cache-dir",
        tmp_path / "cache",
        "user.py",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout
    wrong = USER.replace("theme.accent", "theme.acent").replace(
        "layers=(784, 16, 10)", 'layers="16"'
    )
    (tmp_path / "user.py").write_text(wrong)
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.stdout.count("error:") == 2, done.stdout


@pytest.mark.render
def test_options_by_their_old_names(tiny_recording):
    from nnviz.scenes import LocalMinima
    from nnviz.stage.scene import parse_scene_option

    with pytest.warns(
        DeprecationWarning, match="option passes of LocalMinima is now called epochs"
    ):
        assert parse_scene_option(LocalMinima, "passes=3") == ("epochs", 3)
    with pytest.warns(DeprecationWarning, match="passes of optimizer_race is now called epochs"):
        nnviz.figures.optimizer_race(tiny_recording, passes=2)
