"""Scenes by their names: those of nnviz, found in their folder, and those of a user's file."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

from nnviz.names import find_named, kebab_case
from nnviz.stage.scene import RecordingScene

#: The folder of nnviz's own scenes.
SCENES_FOLDER = Path(__file__).parents[1] / "scenes"


def scene_name(scene: type) -> str:
    """Return a scene's name at the command line: its class name in kebab case.

    Examples
    --------
    >>> scene_name(type("DescentSurface3D", (), {}))
    'descent-surface-3d'
    """
    return kebab_case(scene.__name__)


@cache
def scene_classes() -> dict[str, type[RecordingScene]]:
    """Return every scene of nnviz by its name at the command line, sorted by their files."""
    found = {}
    for path in sorted(SCENES_FOLDER.glob("[!_]*.py")):
        module = importlib.import_module(f"nnviz.scenes.{path.stem}")
        for _, member in inspect.getmembers(module, inspect.isclass):
            if issubclass(member, RecordingScene) and member.__module__ == module.__name__:
                found[scene_name(member)] = member
    return found


def scene_class(scene: str | type[RecordingScene]) -> type[RecordingScene]:
    """Return a scene class, given itself or its name.

    Parameters
    ----------
    scene
        A scene class, which is returned as it is, or the name of one of nnviz's own, such as
        ``feed-forward``.

    Raises
    ------
    UnknownNameError
        If there is no scene of that name.
    """
    return scene if isinstance(scene, type) else find_named("scene", scene, scene_classes())


def load_module(name: str, path: Path) -> ModuleType:
    """Return the module of a file, and run the file if that has not been done.

    Parameters
    ----------
    name
        Name of the module with its packages, such as ``nnviz.scenes.forward``. Where another
        file's module has that name already, a name of nnviz's own is used.
    path
        The Python file.
    """
    known = sys.modules.get(name)
    if known is not None and _is_from(known, path):
        return known
    if known is not None:  # another of that name, such as one of Python's own
        name = f"nnviz._of_users.{name}"
    specification = importlib.util.spec_from_file_location(name, path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module


def _is_from(module: ModuleType, path: Path) -> bool:
    """Tell whether a module was loaded from a file."""
    file = getattr(module, "__file__", None)
    return file is not None and Path(file).resolve() == path.resolve()
