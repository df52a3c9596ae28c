"""What is public is listed, is there, and is seen by type checkers; old names still work."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import nnviz
from nnviz.errors import SettingError
from nnviz.rendering.scene_registry import scene_classes
from nnviz.stage.scene import parse_scene_option
from nnviz.view import LIGHT

ROOT = Path(__file__).parents[1]
STUBS = sorted((ROOT / "nnviz").rglob("__init__.pyi"))
PACKAGES = (*(".".join(path.parent.relative_to(ROOT).parts) for path in STUBS), "nnviz.figures")


@pytest.mark.parametrize("package", PACKAGES)
def test_public_names_are_there(package):
    module = importlib.import_module(package)
    assert module.__all__
    assert set(module.__all__) <= set(dir(module))
    for name in module.__all__:
        assert getattr(module, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        module.nothing  # noqa: B018


@pytest.mark.parametrize("stub", STUBS, ids=lambda path: path.parent.name)
def test_stub_lists_what_it_imports(stub):
    tree = ast.parse(stub.read_text(encoding="utf-8"))
    imported = {
        each.asname for node in tree.body if isinstance(node, ast.ImportFrom) for each in node.names
    }
    package = importlib.import_module(".".join(stub.parent.relative_to(ROOT).parts))
    assert imported == set(package.__all__)


def test_every_scene_can_be_imported_by_its_name():
    classes = {scene.__name__ for scene in scene_classes().values()}
    assert classes == set(nnviz.scenes.__all__)


@pytest.mark.parametrize(
    ("old", "name", "new"),
    [
        ("nnviz.analysis.descent", "descent", nnviz.analysis.measure_descent),
        ("nnviz.rendering.scene", "RecordingScene", nnviz.stage.RecordingScene),
    ],
)
def test_names_by_their_old_homes(old, name, new):
    with pytest.warns(DeprecationWarning, match=f"{name} is now called nnviz.") as warned:
        assert getattr(importlib.import_module(old), name) is new
    assert warned[0].filename == __file__


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
@pytest.mark.parametrize("name", ["LocalMinima", "Descent2D"])
def test_scenes_take_options_by_their_old_names(name, tiny_recording):
    scene = getattr(nnviz.scenes, name)
    named = f"option passes of {name} is now called epochs"
    with pytest.warns(DeprecationWarning, match=named) as warned:
        assert scene(recording=tiny_recording, passes=3).epochs == 3
    assert warned[0].filename == __file__
    with pytest.warns(DeprecationWarning, match=named):
        assert parse_scene_option(scene, " passes = 3") == ("epochs", 3)
    changed = type("Mine", (scene,), {"passes": 4})
    with pytest.warns(DeprecationWarning, match="option passes of Mine"):
        assert changed(recording=tiny_recording).epochs == 4
    with pytest.raises(SettingError, match="got both passes, its former name, and epochs"):
        scene(recording=tiny_recording, passes=3, epochs=4)


def test_scenes_find_their_theme_by_its_old_name(tiny_recording):
    scene = nnviz.scenes.WeightImages(recording=tiny_recording, theme="light")
    with pytest.warns(DeprecationWarning, match="RecordingScene.colors is now called theme"):
        assert scene.colors is LIGHT
    scene.colors = ["#FFFFFF"]  # a scene's own
    assert scene.colors == ["#FFFFFF"]


@pytest.mark.parametrize("plot", ["optimizer_race", "race_costs"])
def test_figures_take_arguments_by_their_old_names(plot, tiny_recording):
    draw = getattr(nnviz.figures, plot)
    with pytest.warns(DeprecationWarning, match=f"passes of {plot} is now called epochs"):
        draw(tiny_recording, passes=1)
    with pytest.raises(SettingError, match="got both passes"):
        draw(tiny_recording, passes=2, epochs=3)


def test_the_command_line_says_what_has_another_name(tiny_recording, tmp_path):
    arguments = ["render", "local-minima", tiny_recording.path, "-O", "passes=0", "-O", "no=1"]
    command = [sys.executable, "-m", "nnviz", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert "Warning: option passes of LocalMinima is now called epochs" in done.stderr
