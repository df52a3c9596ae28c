"""The scenes there are, found by looking into their folder."""

from __future__ import annotations

import importlib.util
import inspect
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

from nnviz.errors import RenderError, find_named
from nnviz.rendering.scene import RecordingScene

_PACKAGE = Path(__file__).parents[1]
# In a wheel the scenes lie inside the package, in a checkout beside it.
_FOLDERS = (_PACKAGE / "_scenes", _PACKAGE.parent / "scenes")


def scene_name(scene: type) -> str:
    """Return a scene's name at the command line: its class name in kebab case.

    Examples
    --------
    >>> scene_name(type("DescentSurface3D", (), {}))
    'descent-surface-3d'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z0-9])", "-", scene.__name__).lower()


def scenes_folder() -> Path:
    """Return the folder of nnviz's own scenes.

    Raises
    ------
    RenderError
        If it is missing.
    """
    folder = next((folder for folder in _FOLDERS if folder.is_dir()), None)
    if folder is None:
        message = f"the scenes must lie in {_FOLDERS[0]} or {_FOLDERS[1]}; got neither. Reinstall."
        raise RenderError(message)
    return folder


@cache
def scene_classes() -> dict[str, type[RecordingScene]]:
    """Return every scene by its name at the command line.

    Raises
    ------
    RenderError
        If the folder of scenes is missing.
    """
    found = {}
    for path in sorted(scenes_folder().glob("*.py")):
        module = load_module(f"nnviz._scenes.{path.stem}", path)
        for _, member in inspect.getmembers(module, inspect.isclass):
            if issubclass(member, RecordingScene) and member.__module__ == module.__name__:
                found[scene_name(member)] = member
    return found


def scene_class(scene: str | type[RecordingScene]) -> type[RecordingScene]:
    """Return a scene class, given itself or its name.

    Raises
    ------
    UnknownNameError
        If there is no scene of that name.
    """
    return scene if isinstance(scene, type) else find_named("scene", scene, scene_classes())


def _is_from(module: ModuleType, path: Path) -> bool:
    file = getattr(module, "__file__", None)
    return file is not None and Path(file).resolve() == path.resolve()


def load_module(name: str, path: Path) -> ModuleType:
    """Return the module of a file, run if it has not been.

    Parameters
    ----------
    name
        Of the module, with those of its packages.
    path
        The file.
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
