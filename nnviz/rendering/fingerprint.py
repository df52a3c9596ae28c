"""What an animation will show, as a short text: the same text, the same frames."""

from __future__ import annotations

import hashlib
import importlib.metadata
import inspect
import platform
from collections.abc import Mapping
from enum import Enum
from functools import cache, partial
from pathlib import Path
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np
from manim import Animation, ManimColor, Scene

from nnviz.mobjects.raster import Shared
from nnviz.recording.recording import Recording
from nnviz.rendering.compat import manims_attributes, view_of

_PACKAGE = Path(__file__).parents[1]
# Parts of nnviz that no frame depends on, and the scenes, which are looked into one by one.
_APART = ("_scenes", "cli", "figures", "verification")
_LIBRARIES = ("manim", "numpy", "scipy", "pillow", "typst", "av", "pycairo")
_PLAIN = {type(None), bool, int, float, str}
# What a mobject was copied from: a place in memory, another in every process.
_PLACES = {"original_id"}


@cache
def library_fingerprint() -> str:
    """Return what everything that scenes are built from is: nnviz's code, and versions."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(_PACKAGE.rglob("*.py")):
        if path.relative_to(_PACKAGE).parts[0] not in _APART:
            digest.update(path.read_bytes())
    versions = [f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES]
    digest.update(" ".join([platform.python_version(), *versions]).encode())
    return digest.hexdigest()


def recording_fingerprint(recording: Recording) -> str:
    """Return what a recording's files hold."""
    modified = max(file.stat().st_mtime_ns for file in _files(recording.path))
    return _digest_of_files(recording.path, modified)


@cache
def _digest_of_files(path: Path, modified: int) -> str:  # noqa: ARG001 (they may have changed)
    digest = hashlib.blake2b(digest_size=16)
    for file in _files(path):
        digest.update(file.name.encode())
        with file.open("rb") as content:
            while chunk := content.read(1 << 22):
                digest.update(chunk)
    return digest.hexdigest()


def _files(path: Path) -> list[Path]:
    # What was measured of the recording lies in a folder beside them.
    return sorted(file for file in path.iterdir() if file.is_file())


def source_fingerprint(scene: type) -> str:
    """Return the code of the files that a scene class and those it derives from stand in."""
    digest = hashlib.blake2b(digest_size=16)
    for owner in scene.__mro__:
        if not _is_library(owner.__module__):
            digest.update(Path(inspect.getfile(owner)).read_bytes())
    return digest.hexdigest()


def play_fingerprint(scene: Scene) -> str:
    """Return what an animation that has begun will show.

    It covers all mobjects, the animations with the functions they call, and, where these
    look at the scene, the scene's own attributes and methods.

    Parameters
    ----------
    scene
        With ``animations`` begun.
    """
    hasher = _Hasher(scene)
    hasher.add(view_of(scene))
    hasher.add(scene.mobjects)
    hasher.add(scene.foreground_mobjects)
    hasher.add(scene.animations)
    return hasher.digest.hexdigest()


class _Hasher:
    """Feeds whatever can be reached from an object into one digest."""

    def __init__(self, scene: Scene) -> None:
        self.digest = hashlib.blake2b(digest_size=16)
        self._scene = scene
        # Objects met before, by identity; held, so that no identity is given twice. Arrays and
        # colours are not among them: which of them are one object is chance.
        self._seen: dict[int, tuple[int, Any]] = {}

    def add(self, value: Any) -> None:
        if value is None or isinstance(value, bool | int | float | complex | str | bytes | Enum):
            self._text(f"{type(value).__name__}:{value!r}")
        elif isinstance(value, np.generic):
            self._text(f"{value.dtype}:{value.item()!r}")
        elif isinstance(value, Path | ModuleType | Shared):
            self._text(type(value).__name__)  # where text was set; what only saves time
        elif isinstance(value, ManimColor):
            self.digest.update(value.to_rgba().tobytes())
        elif isinstance(value, np.ndarray):
            self._add_array(value)
        elif id(value) in self._seen:
            self._text(f"seen {self._seen[id(value)][0]}")
        else:
            self._seen[id(value)] = (len(self._seen), value)
            self._add_new(value)

    def _add_new(self, value: Any) -> None:
        if isinstance(value, list | tuple):
            self._text(f"{type(value).__name__} {len(value)}")
            for item in value:
                self.add(item)
        elif isinstance(value, Mapping):
            self._add_named(value)
        elif isinstance(value, set | frozenset):
            self._text(repr(sorted(map(repr, value))))
        elif isinstance(value, FunctionType):
            self._add_function(value)
        elif isinstance(value, MethodType):
            self.add(value.__func__)
            self.add(value.__self__)
        elif isinstance(value, partial):
            self.add([value.func, value.args, value.keywords])
        elif isinstance(value, type):
            self._add_class(value)
        elif isinstance(value, Recording):
            self._text(recording_fingerprint(value))
        else:
            self._add_object(value)

    def _add_array(self, value: np.ndarray) -> None:
        self.digest.update(f"{value.dtype.char}{value.shape}".encode())
        if value.dtype.hasobject:
            self.add(value.tolist())
        elif value.size:
            self.digest.update(np.ascontiguousarray(value).data)

    def _add_named(self, named: Mapping[Any, Any]) -> None:
        # In what order names were given says nothing, and differs between processes.
        names, label = _in_order(tuple(named))
        self.digest.update(label)
        plain = []
        for name in names:
            value = named[name]
            kind = type(value)
            if kind in _PLAIN:
                plain.append(value)
            elif kind is np.ndarray:
                self._add_array(value)
            else:
                self.add(value)
        self._text(repr(plain))

    def _add_object(self, value: Any) -> None:
        kind = type(value)
        if kind.__module__.startswith("svgelements"):  # what a mobject's points were read from
            return
        self.add(kind)
        state = dict(getattr(value, "__dict__", {}))
        if not state.get("sheen_factor", True):
            state.pop("sheen_direction", None)  # of no sheen, and not always the same
        slots: list[str] = _slots(kind)  # type: ignore[arg-type]
        state |= {name: getattr(value, name) for name in slots if hasattr(value, name)}
        if isinstance(value, Scene):  # what belongs to Manim is not of the story
            manims = manims_attributes()
            state = {name: item for name, item in state.items() if name not in manims}
        elif isinstance(value, Animation):
            state.pop("scene", None)
        elif not state:
            self._text(repr(value))
        self._add_named(state)

    def _add_class(self, kind: type) -> None:
        self._text(f"class {kind.__module__}.{kind.__qualname__}")
        if not issubclass(kind, Scene):  # a scene's methods count where they are called
            for owner in kind.__mro__:
                if not _is_library(owner.__module__):
                    self._add_named({k: v for k, v in vars(owner).items() if callable(v)})

    def _add_function(self, function: FunctionType) -> None:
        self._text(f"function {function.__module__}.{function.__qualname__}")
        if _is_library(function.__module__):
            # Its code is known by the library's version; what it was given is not.
            self.add([function.__defaults__, _cells(function)])
            return
        self.add([function.__defaults__, function.__kwdefaults__, _cells(function)])
        for name in sorted(self._add_code(function.__code__)):
            method = getattr(type(self._scene), name, None)
            if isinstance(method, FunctionType):
                self.add(method)
            elif isinstance(method, property):
                self.add(method.fget)
            if name in function.__globals__:
                self.add(function.__globals__[name])

    def _add_code(self, code: CodeType) -> set[str]:
        """Hash a function's code; return the names that it looks up."""
        self.digest.update(code.co_code)
        names = set(code.co_names)
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                names |= self._add_code(constant)
            else:
                self._text(repr(constant))
        self._text(repr(code.co_names))
        return names

    def _text(self, text: str) -> None:
        self.digest.update(text.encode())
        self.digest.update(b"\0")


@cache
def _in_order(names: tuple[Any, ...]) -> tuple[list[Any], bytes]:
    """Return names in an order of their own, and the same as a text."""
    ordered = sorted((name for name in names if name not in _PLACES), key=str)
    return ordered, repr(ordered).encode()


@cache
def _slots(kind: type) -> list[str]:
    """Return the names of a class's attributes that lie in no dictionary."""
    found: list[str] = []
    for owner in kind.__mro__:
        slots = vars(owner).get("__slots__", ())
        found += (slots,) if isinstance(slots, str) else slots
    return [name for name in found if not name.startswith("__")]


def _cells(function: FunctionType) -> list[Any]:
    cells = []
    for cell in function.__closure__ or ():
        try:
            cells.append(cell.cell_contents)
        except ValueError:  # not bound yet
            cells.append(None)
    return cells


def _is_library(module: str) -> bool:
    root = module.partition(".")[0]
    if root == "nnviz":
        return not module.startswith("nnviz._scenes")
    return root in {"manim", "numpy", "scipy", "builtins", "functools", "abc", "typing", "enum"}
