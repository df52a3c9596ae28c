"""Manim's internals are touched in one package, and nowhere else."""

from __future__ import annotations

import ast
import importlib
import inspect
import textwrap
from dataclasses import fields
from pathlib import Path

import manim
import pytest
from manim import CairoRenderer, Camera
from manim.scene.scene_file_writer import SceneFileWriter

from nnviz.rendering.film import Film
from nnviz.view.themes import Theme

ROOT = Path(__file__).parents[2]
FILES = [path for path in sorted((ROOT / "nnviz").rglob("*.py")) if "compat" not in path.parts]
#: Packages of Manim's machinery: what its documentation does not ask authors to use.
MACHINERY = ("manim._config", "manim.camera", "manim.renderer", "manim.scene.scene_file_writer")


def assigned(kind):
    """Return the attributes that a class's methods give to ``self``."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and getattr(node.value, "id", "") == "self"
    }


def machinery_attributes():
    """Return names that only Manim's machinery has, and no class that authors use, nor ours."""
    internal = {
        name
        for kind in (Camera, CairoRenderer, SceneFileWriter)
        for name in (*vars(kind), *assigned(kind))
        if not name.startswith("__")
    }
    for kind in (manim.Mobject, manim.VMobject, manim.Scene, manim.Animation):
        internal -= {name for name in (*dir(kind), *assigned(kind)) if not name.startswith("_")}
    return internal - {field.name for kind in (Film, Theme) for field in fields(kind)}


INTERNAL = machinery_attributes()


def offences(source):
    """Return the lines of a module that touch Manim's internals."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [node.lineno for each in node.names if each.name.split(".")[0] == "manim"]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "manim":
            named = [getattr(manim, each.name, None) for each in node.names]
            homes = [getattr(each, "__module__", None) or type(each).__module__ for each in named]
            is_deep = node.module != "manim"
            found += [node.lineno for home in homes if is_deep or home.startswith(MACHINERY)]
        elif isinstance(node, ast.Attribute) and node.attr in INTERNAL:
            found.append(node.lineno)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_leaves_manims_internals_alone(path):
    source = path.read_text(encoding="utf-8")
    uses_manim = "manim" in source or "nnviz.compat" in source
    assert not uses_manim or not offences(source)


@pytest.mark.parametrize(
    "line",
    [
        "from manim import config",
        "from manim import CairoRenderer",
        "from manim import Camera",
        "from manim.utils.iterables import list_update",
        "import manim",
        "scene.renderer.file_writer.add_frame(pixels)",
        "camera.pixel_array",
    ],
)
def test_guard_sees_what_it_is_for(line):
    assert offences(line)


def test_guard_lets_authors_write_scenes():
    assert not offences("from manim import Circle, FadeIn, Scene\nscene.play(FadeIn(Circle()))")


def test_no_class_outside_overrides_what_manim_keeps_to_itself():
    for path in FILES:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if "manim" not in path.read_text(encoding="utf-8") or name.endswith("__init__"):
            continue
        module = importlib.import_module(name)
        for kind in vars(module).values():
            if not inspect.isclass(kind) or kind.__module__ != name:
                continue
            theirs = {
                attribute
                for base in kind.__mro__
                if base.__module__.startswith("manim.")
                for attribute in vars(base)
                if attribute.startswith("_") and not attribute.startswith("__")
            }
            own = {each for each in vars(kind) if not each.startswith("_abc_")}
            assert not own & theirs - {"_original__init__"}, kind
