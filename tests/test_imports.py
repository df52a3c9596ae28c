"""The layers of the package: imports point one way."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FACES = ("figures", "mobjects", "inspector")
RANKS = {
    "version": 0,
    "errors": 0,
    "files": 1,
    "core": 1,
    "data": 2,
    "recording": 3,
    "verification": 4,
    "analysis": 4,
    "view": 5,
    **dict.fromkeys(FACES, 6),
    "rendering": 7,
    "scenes": 8,
    "cli": 8,
    "__main__": 9,
}
FILES = sorted((ROOT / "nnviz").rglob("*.py")) + sorted((ROOT / "scenes").glob("*.py"))


def _part(path: Path) -> str:
    relative = path.relative_to(ROOT)
    return "scenes" if relative.parts[0] == "scenes" else Path(relative.parts[1]).stem


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
    if part == "__init__":  # the public names, loaded when asked for
        return
    for imported in _imported_parts(path):
        if imported == part:
            continue
        assert RANKS[imported] < RANKS[part], f"{part} must not import {imported}"
        assert not (part in FACES and imported in FACES)


def test_only_one_module_touches_manims_internals():
    internals = (
        "file_writer",
        "display_funcs",
        "type_or_raise",
        "tempconfig",
        "manim.config",
        "add_frame",
    )
    for path in FILES:
        if path.name != "compat.py":
            text = path.read_text(encoding="utf-8")
            assert not [word for word in internals if word in text], path


@pytest.mark.parametrize(
    "module", ["nnviz", "nnviz.core.network", "nnviz.recording.recording", "nnviz.cli"]
)
def test_light_modules_load_neither_manim_nor_matplotlib(module):
    code = f"import sys, {module}; print({{'manim', 'matplotlib'}} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_public_names_are_there():
    import nnviz

    for name in nnviz.__all__:
        assert getattr(nnviz, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        nnviz.nothing  # noqa: B018
