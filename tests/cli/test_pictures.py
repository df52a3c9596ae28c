from __future__ import annotations

import pytest
from PIL import Image

from nnviz.rendering.job import QUALITIES, Quality

pytestmark = pytest.mark.render


@pytest.fixture(autouse=True)
def _tiny(monkeypatch):
    monkeypatch.setitem(QUALITIES, "draft", Quality(160, 90, 5))


def test_scenes_and_figures_are_listed(nnviz):
    listed = nnviz("scenes").output
    for name in ("feed-forward", "weight-images", "descent-path", "n_images"):
        assert name in listed
    listed = nnviz("figures").output
    for name in ("weight-images", "learning-curves", "descent-path", "activations"):
        assert name in listed


@pytest.mark.parametrize("command", ["scenes", "figures"])
def test_options_are_described_with_meaning(nnviz, command):
    from nnviz.figures import FIGURES
    from nnviz.rendering.scene_registry import scene_classes
    from nnviz.stage.scene import scene_options

    known = {
        "scenes": {name: scene_options(scene) for name, scene in scene_classes().items()},
        "figures": {name: spec.options() for name, spec in FIGURES.items()},
    }[command]
    for name, options in known.items():
        output = nnviz(command, name).output
        for option in options.values():
            assert option.describe() in output
            assert len(option.description.split()) >= 4, (name, option.name)
            assert option.description.endswith("."), (name, option.name)
        assert "`" not in output


def test_an_unknown_scene_has_no_options(nnviz):
    result = nnviz("scenes", "feed-forwad")
    assert result.exit_code == 2
    assert "Did you mean 'feed-forward'?" in result.output


def test_figure_takes_options(nnviz, tiny_recording, tmp_path):
    path = tmp_path / "a.png"
    drawn = []
    for option in ("example=0", "example=1"):
        result = nnviz("figure", "activations", tiny_recording.path, "-O", option, "-o", path)
        assert result.exit_code == 0, result.output
        drawn.append(path.read_bytes())
    assert drawn[0] != drawn[1]
    result = nnviz("figure", "activations", tiny_recording.path, "-O", "exmple=1", "-o", path)
    assert result.exit_code == 2
    assert (
        "option of figure activations must be one of example, step; got 'exmple'" in result.output
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("nnviz render feed", "feed-forward"),
        ("nnviz figure slic", "slice"),
        ("nnviz sto", "storyboard"),
    ],
)
def test_shells_complete_names(words, expected, monkeypatch):
    from click.testing import CliRunner

    from nnviz.cli import main

    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    runner = CliRunner(env={"_NNVIZ_COMPLETE": "bash_complete"})
    assert expected in runner.invoke(main, prog_name="nnviz").output


def test_render_writes_the_video(nnviz, tiny_recording, tmp_path, frames):
    path = tmp_path / "a.mp4"
    result = nnviz(
        "render", "feed-forward", tiny_recording.path, "-q", "draft", "-O", "n_images=1", "-o", path
    )
    assert result.exit_code == 0, result.output
    assert result.output.strip() == str(path)
    assert frames(path).shape[1:] == (90, 160, 3)


def test_render_takes_workers_and_no_cache(nnviz, tiny_recording, tmp_path, monkeypatch):
    monkeypatch.setenv("NNVIZ_CACHE_DIR", str(tmp_path / "cache"))
    options = ("-q", "draft", "-O", "seconds=1", "-O", "resolution=11", "--workers", 1)
    result = nnviz(
        "render", "descent-path", tiny_recording.path, *options, "--no-cache", "-o", tmp_path / "a"
    )
    assert result.exit_code == 0, result.output
    assert {path.suffix for path in (tmp_path / "a").iterdir()} == {"", ".png"}
    assert not (tmp_path / "cache").exists()


def test_render_of_a_still(nnviz, tiny_recording, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    options = ("-q", "draft", "-O", "seconds=1", "-O", "resolution=11", "--still", 1)
    result = nnviz("render", "descent-path", tiny_recording.path, *options)
    assert result.output.strip() == "descent-path.png", result.output
    with Image.open("descent-path.png") as picture:
        assert picture.size == (160, 90)


def test_storyboard_writes_a_sheet(nnviz, tiny_recording, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    options = ("--frames", 2, "-O", "seconds=1", "-O", "resolution=11", "--theme", "light")
    result = nnviz("storyboard", "descent-path", tiny_recording.path, *options)
    assert result.output.strip() == "descent-path-storyboard.png", result.output
    with Image.open("descent-path-storyboard.png") as sheet:
        assert sheet.width == 2 * 492 + 12


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("feed-forward", "--workers", 0), "workers must be at least 1; got 0"),
        (("feed-forward", "--still", 2, "-o", "a.mp4"), "must end in .png"),
        (("feed-foward",), "Did you mean 'feed-forward'?"),
        (("feed-forward", "-q", "best"), "quality must be one of"),
        (("feed-forward", "-O", "images=3"), "option of FeedForward must be one of"),
        (("feed-forward", "--theme", "dim"), "theme must be one of"),
        (("feed-forward", "-o", "a.txt"), "ends in .mp4"),
    ],
)
def test_render_explains_a_mistake_in_one_line(
    arguments, message, nnviz, tiny_recording, monkeypatch
):
    monkeypatch.setenv("NNVIZ_RUN", str(tiny_recording.path))
    result = nnviz("render", *arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert len(result.output.strip().splitlines()) == 1


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_figure_writes_by_file_ending(ending, nnviz, tiny_recording, tmp_path):
    path = tmp_path / f"a.{ending}"
    result = nnviz("figure", "learning-curves", tiny_recording.path, "-o", path)
    assert result.exit_code == 0, result.output
    assert path.stat().st_size > 1000


def test_figure_without_a_run_uses_the_one_of_the_environment(
    nnviz, tiny_recording, tmp_path, monkeypatch
):
    monkeypatch.setenv("NNVIZ_RUN", str(tiny_recording.path))
    monkeypatch.chdir(tmp_path)
    assert nnviz("figure", "weight-images").output.strip() == "weight-images.png"
    assert (tmp_path / "weight-images.png").exists()
