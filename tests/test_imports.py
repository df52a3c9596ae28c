"""The layers of the package: imports point one way."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import nnviz

ROOT = Path(__file__).parents[1]
#: The rooms of the house, each above all that it may import.
RANKS = {
    name: rank
    for rank, names in enumerate(
        [
            ("errors", "version"),
            ("deprecation", "files", "names", "options", "progress"),
            ("core",),
            ("data",),
            ("recording",),
            ("analysis", "verification"),
            ("raster", "view"),
            ("compat", "figures"),
            ("mobjects",),
            ("stage",),
            ("rendering",),
            ("cli", "scenes"),
            ("__main__",),
        ]
    )
    for name in names
}
FILES = sorted((ROOT / "nnviz").rglob("*.py"))


def _part(path: Path) -> str:
    return Path(path.relative_to(ROOT / "nnviz").parts[0]).stem


def _imported_parts(path: Path) -> set[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
            if node.module == "nnviz":
                names += [f"nnviz.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return {name.split(".")[1] for name in names if name.startswith("nnviz.")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path):
    part = _part(path)
    for imported in _imported_parts(path) - {part}:
        assert RANKS[imported] < RANKS[part], f"{part} must not import {imported}"
        assert {part, imported} != {"figures", "mobjects"}


@pytest.mark.parametrize(
    "module", ["nnviz", "nnviz.core.network", "nnviz.recording.recording", "nnviz.cli"]
)
def test_light_modules_load_neither_manim_nor_matplotlib(module):
    code = f"import sys, {module}; print({{'manim', 'matplotlib'}} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_architecture_shows_the_same_table():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (.*?) \|", text, re.MULTILINE)
    shown = {name: int(rank) for rank, names in rows for name in re.findall(r"`(\w+)`", names)}
    assert shown == {name: rank for name, rank in RANKS.items() if name != "__main__"}


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_files_that_are_named_exist(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    paths = [path for path in re.findall(r"`([\w/]+(?:\.py|/))`", text) if "your_" not in path]
    assert paths
    missing = [
        path for path in paths if not any((each / path).exists() for each in (ROOT, ROOT / "nnviz"))
    ]
    assert missing == []
    for module in re.findall(r"`(nnviz(?:\.\w+)+)`", text):
        home = ROOT.joinpath(*module.split("."))
        assert (
            home.exists()
            or home.with_suffix(".py").exists()
            or hasattr(nnviz, module.split(".")[1])
        )
