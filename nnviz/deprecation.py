"""Deprecation: former public names keep working for one release, with a warning."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def warn_renamed(old: str, new: str, *, stacklevel: int = 3) -> None:
    """Warn that something has another name now.

    Parameters
    ----------
    old, new
        The former name and the present one.
    stacklevel
        Number of calls between the use of the old name, which the warning points at, and
        :func:`warnings.warn`.
    """
    message = f"{old} is now called {new}; the old name goes with the next release."
    warnings.warn(message, DeprecationWarning, stacklevel=stacklevel)


def renamed_names(module: str, names: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a ``__getattr__`` for a module, which finds objects by their former names.

    Parameters
    ----------
    module
        The module's ``__name__``.
    names
        Present names by the former ones.
    """

    def find(name: str) -> Any:
        if name not in names:
            message = f"module {module!r} has no attribute {name!r}"
            raise AttributeError(message)
        warn_renamed(f"{module}.{name}", names[name])
        return getattr(sys.modules[module], names[name])

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
                warn_renamed(f"the argument {old} of {function.__name__}", new)
                keywords[new] = keywords.pop(old)
            return function(*args, **keywords)

        return call

    return decorate
