"""The site shows everything there is, by code that runs and imports what is public."""

from __future__ import annotations

import ast
import importlib
import re
import runpy
from pathlib import Path

import pytest

import nnviz
from nnviz.figures import FIGURES
from nnviz.rendering.scene_registry import scene_classes

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "docs" / "examples").rglob("*.py"))
PAGES = [
    ROOT / "README.md",
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if "_build" not in path.parts),
]


def blocks(page: Path) -> list[str]:
    """Return the Python code of a page."""
    return re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


PAGES = [page for page in PAGES if blocks(page)]
CODES = {
    **{str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in EXAMPLES},
    **{str(page.relative_to(ROOT)): "\n".join(blocks(page)) for page in PAGES},
}


@pytest.mark.parametrize(
    ("room", "names"), [("scene", scene_classes()), ("figure", FIGURES)], ids=["scenes", "figures"]
)
def test_everything_has_a_page_and_every_page_has_something(room, names):
    pages = {path.stem for path in EXAMPLES if path.parent.name == f"{room}s"}
    assert pages == {f"{room}_{name.replace('-', '_')}" for name in names}


def test_every_mobject_is_shown():
    imported = {
        each.name
        for path in EXAMPLES
        if path.parent.name == "mobjects"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "nnviz.mobjects"
        for each in node.names
    }
    # A base, what others are made with, and what Chart.line returns.
    apart = {"Raster", "Points", "at", "lines_of_words", "ChartLine"}
    assert set(nnviz.mobjects.__all__) - apart == imported - apart


def test_every_scene_and_package_is_in_the_reference():
    listed = {path.stem for path in (ROOT / "docs" / "api").glob("*.rst")}
    packages = {name for name in nnviz.__all__ if (ROOT / "nnviz" / name).is_dir()}
    assert packages <= listed


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_what_is_imported_is_public(code):
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "nnviz":
            public = importlib.import_module(node.module).__all__
            assert [each.name for each in node.names if each.name not in public] == []
        elif isinstance(node, ast.Import):
            ours = [each.name for each in node.names if each.name.startswith("nnviz.")]
            assert ours == []


@pytest.mark.slow
@pytest.mark.render
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example_runs(example, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(example))


@pytest.mark.slow
@pytest.mark.render
@pytest.mark.parametrize("page", PAGES[1:], ids=lambda path: path.stem)
def test_page_runs_as_written(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for code in blocks(page):
        exec(code, {"__name__": "__main__"})
