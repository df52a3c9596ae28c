"""Deprecation: former public names keep working for one release, with a warning."""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any, ParamSpec, TypeVar

from nnviz.errors import SettingError

P = ParamSpec("P")
T = TypeVar("T")

_PACKAGE = str(Path(__file__).parent)


def warn_renamed(old: str, new: str) -> None:
    """Warn whoever calls nnviz that something has another name now.

    The warning points at the caller's line, so that Python shows it where the line is in the
    program that is run.

    Parameters
    ----------
    old, new
        The former name and the present one.
    """
    message = f"{old} is now called {new}; the old name goes with the next release."
    frame: FrameType | None = sys._getframe(1)
    level = 2  # 1 would be this function
    while frame is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame, level = frame.f_back, level + 1
    warnings.warn(message, DeprecationWarning, stacklevel=level)


def renamed_names(module: str, names: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a ``__getattr__`` for a module, which finds objects by their former names.

    Parameters
    ----------
    module
        The module's ``__name__``.
    names
        Present names by the former ones, with the package that they are public in:
        ``nnviz.stage.RecordingScene``.
    """

    def find(name: str) -> Any:
        if name not in names:
            message = f"module {module!r} has no attribute {name!r}"
            raise AttributeError(message)
        warn_renamed(f"{module}.{name}", names[name])
        package, _, present = names[name].rpartition(".")
        return getattr(importlib.import_module(package), present)

    return find


def renamed_parameter(old: str, new: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator that lets a function take a keyword by its former name as well.

    Parameters
    ----------
    old, new
        The keyword's former name and its present one.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def call(*args: P.args, **keywords: P.kwargs) -> T:
            if old in keywords:
                check_given_once(old, new, keywords)
                warn_renamed(f"the argument {old} of {function.__name__}", new)
                keywords[new] = keywords.pop(old)
            return function(*args, **keywords)

        return call

    return decorate


def check_given_once(old: str, new: str, given: Mapping[str, object]) -> None:
    """Raise ``SettingError`` if something is given by its former name and by its present one.

    Parameters
    ----------
    old, new
        The names.
    given
        What is given, by name.
    """
    if old in given and new in given:
        message = f"{new} must be given once; got both {old}, its former name, and {new}."
        raise SettingError(message)
