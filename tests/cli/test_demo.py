"""One command makes a run, its figures and its films."""

from __future__ import annotations

import importlib

import pytest
from PIL import Image

from nnviz.figures import registry as figures
from nnviz.recording.recording import Recording
from nnviz.recording.run import train
from nnviz.rendering.job import QUALITIES, Quality
from tests.zoo import data_of

pytestmark = pytest.mark.render

# The package has a command of the same name.
module = importlib.import_module("nnviz.cli.demo")


@pytest.fixture
def small(monkeypatch):
    """Let the demo learn small images and make small films."""
    monkeypatch.setattr("nnviz.data.sources.load_data", lambda _: data_of("tanh"))
    monkeypatch.setitem(QUALITIES, "medium", Quality(160, 90, 5))


@pytest.mark.slow
def test_demo_leaves_a_run_figures_and_films(nnviz, tmp_path, small, monkeypatch, frames):  # noqa: ARG001
    kept = {name: figures.FIGURES[name] for name in ("weight-images", "learning-curves")}
    monkeypatch.setattr(figures, "FIGURES", kept)
    monkeypatch.setattr(module, "_SCENES", {"descent-path": {"resolution": 9, "seconds": 0.4}})
    result = nnviz("demo", "--out", tmp_path / "demo")
    assert result.exit_code == 0, result.output
    run = Recording.open(tmp_path / "demo" / "run")
    assert run.is_complete
    assert f"{run.path}: 64-16-16-10 on small blobs" in result.output
    for name in kept:
        path = tmp_path / "demo" / f"{name}.png"
        assert str(path) in result.output
        with Image.open(path) as picture:
            assert picture.width > 1000
    film = tmp_path / "demo" / "descent-path.mp4"
    assert str(film) in result.output
    assert len(frames(film)) > 15
    assert {path.name for path in (tmp_path / "demo").iterdir()} == {
        ".nnviz-demo", "run", "weight-images.png", "learning-curves.png", "descent-path.mp4"
    }  # fmt: skip


@pytest.mark.slow
def test_demo_draws_every_figure_and_its_scenes(nnviz, tmp_path, small):  # noqa: ARG001
    result = nnviz("demo", "--out", tmp_path / "demo")
    assert result.exit_code == 0, result.output
    made = {path.name for path in (tmp_path / "demo").iterdir()}
    assert made == {
        ".nnviz-demo", "run", *(f"{name}.png" for name in figures.FIGURES),
        *(f"{name}.mp4" for name in module._SCENES),
    }  # fmt: skip


def test_demo_replaces_an_earlier_demo_and_nothing_else(nnviz, tmp_path, small, monkeypatch):  # noqa: ARG001
    monkeypatch.setattr(figures, "FIGURES", {})
    monkeypatch.setattr(module, "_SCENES", {})
    out = tmp_path / "demo"
    train(data_of("tanh"), out / "run", layers=(64, 10), epochs=1, record="epochs")
    refused = nnviz("demo", "--out", out)
    assert refused.exit_code == 2
    assert "holds a recording already" in refused.output
    assert Recording.open(out / "run").sizes == (64, 10)
    assert nnviz("demo", "--out", out, "--force").exit_code == 0
    assert nnviz("demo", "--out", out).exit_code == 0  # its own is made anew
    (out / "run" / "notes.txt").write_text("precious")
    for asked in ((), ("--force",)):
        refused = nnviz("demo", "--out", out, *asked)
        assert refused.exit_code == 2
        assert "also holds notes.txt" in refused.output
    assert (out / "run" / "notes.txt").read_text() == "precious"
