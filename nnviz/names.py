"""Lookup by the name that a user gave."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from nnviz.errors import UnknownNameError

T = TypeVar("T")


def find_named(kind: str, name: str, registry: Mapping[str, T]) -> T:
    """Return what a registry holds under a name; hyphens and underscores are the same.

    Parameters
    ----------
    kind
        Kind of thing that the name should denote, for the message.
    name
        Name to look up; ``squared-error`` finds ``squared_error``.
    registry
        Everything that can be found, by its name.

    Raises
    ------
    UnknownNameError
        If the registry has no such name.

    Examples
    --------
    >>> find_named("cost", "squared-error", {"squared_error": 2})
    2
    """
    for key, value in registry.items():
        if str(name).replace("-", "_") == key.replace("-", "_"):
            return value
    raise UnknownNameError(kind, name, registry)


def kebab_case(name: str) -> str:
    """Return the name at the command line of what is named in capitals in Python.

    Examples
    --------
    >>> kebab_case("DescentSurface3D")
    'descent-surface-3d'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z0-9])", "-", name).lower()
