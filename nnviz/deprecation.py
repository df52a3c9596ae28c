"""Names that were public before keep working for one release, with a warning."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def warn_renamed(old: str, new: str, *, stacklevel: int = 3) -> None:
    """Say that something has another name now.

    Parameters
    ----------
    old, new
        The names.
    stacklevel
        Of the caller that used the old name; see :func:`warnings.warn`.
    """
    message = f"{old} is now called {new}; the old name goes with the next release."
    warnings.warn(message, DeprecationWarning, stacklevel=stacklevel)


def renamed_names(module: str, names: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a module's ``__getattr__`` that finds what had another name.

    Parameters
    ----------
    module
        Its ``__name__``.
    names
        Old names and those that they have now.
    """

    def find(name: str) -> Any:
        if name not in names:
            message = f"module {module!r} has no attribute {name!r}"
            raise AttributeError(message)
        warn_renamed(f"{module}.{name}", names[name])
        return getattr(sys.modules[module], names[name])

    return find


def renamed_parameter(old: str, new: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator of functions of which a keyword has another name now.

    Parameters
    ----------
    old, new
        The keywords.
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
