"""Digests of what frames are painted from: equal digests stand for equal pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

import numpy as np
from manim import ManimColor, Mobject, Scene

from nnviz.compat.appearance import UnknownContentError, appearance
from nnviz.compat.camera import camera_state, displayed
from nnviz.compat.player import painted_mobjects
from nnviz.mobjects.raster import Raster, Shared

# Start of the module names of objects whose code the fingerprint of the library covers.
_OURS = "nnviz."
# Attributes that every mobject has from Manim, and that no raster is painted from.
_OF_MANIM = frozenset(vars(Mobject())) - {"color"} | {"saved_state", "target", "original_id"}
# Bytes of a digest, so many that different pictures do not have the same one by chance.
_DIGEST_BYTES = 16


class Content:
    """Digests of the frames of one animation: equal only where the pictures are.

    Parameters
    ----------
    scene
        The scene that plays the animation. Its present state counts, so that it may be asked
        before or after a frame is drawn.
    is_still
        Whether all frames of the animation are the same; then only the first is looked at.
    """

    def __init__(self, scene: Scene, *, is_still: bool) -> None:
        self._scene, self._is_still = scene, is_still
        self._first: bytes | None = None

    def digest(self) -> bytes:
        """Return a digest of whatever the present frame is painted from, 16 or 32 bytes.

        Raises
        ------
        UnknownContentError
            If something is painted by code that nnviz does not know.
        """
        if self._is_still and self._first is not None:
            return self._first
        static, moving = painted_mobjects(self._scene, is_still=self._is_still)
        if self._first is None:  # what stands still is painted once, with the first frame
            self._first = _digest(self._scene, static)
        if self._is_still:
            return self._first
        return self._first + _digest(self._scene, moving)


def _digest(scene: Scene, mobjects: Iterable[Mobject]) -> bytes:
    """Return a digest of the camera and of those mobjects that it shows."""
    hasher = _Hasher()
    hasher.add(camera_state(scene))
    for mobject in displayed(scene, mobjects):
        hasher.add_mobject(mobject)
    return hasher.digest.digest()


class _Hasher:
    """Feeds what mobjects are painted from into one digest."""

    def __init__(self) -> None:
        self.digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)

    def add_mobject(self, mobject: Mobject) -> None:
        """Add what Manim's camera asks of a mobject, or everything that a raster is made of."""
        if isinstance(mobject, Raster):
            self._add_raster(mobject)
            return
        for value in appearance(mobject):
            self.add(value)

    def _add_raster(self, raster: Raster) -> None:
        """Add a raster's class, its points and all attributes that are not Manim's."""
        if not type(raster).__module__.startswith(_OURS):
            raise UnknownContentError(type(raster).__name__)
        state = {name: value for name, value in vars(raster).items() if name not in _OF_MANIM}
        self.add([type(raster).__qualname__.encode(), raster.points, state])

    def add(self, value: Any) -> None:
        """Add a number, a text, an array, a mobject, or a collection or object made of such.

        Raises
        ------
        UnknownContentError
            If there is an object in it whose class is not nnviz's.
        """
        if isinstance(value, np.ndarray):
            self._add_array(value)
        elif isinstance(value, bytes):
            self._mark(b"b", len(value))
            self.digest.update(value)
        elif value is None or isinstance(value, bool | int | float | complex | str):
            self.add(f"{type(value).__name__}:{value!r}".encode())
        elif isinstance(value, np.generic):
            self.add(f"{value.dtype}:{value.item()!r}".encode())
        elif isinstance(value, Enum):
            self.add(f"{type(value).__qualname__}.{value.name}".encode())
        elif isinstance(value, ManimColor):
            self.add(value.to_rgba())
        elif isinstance(value, list | tuple):
            self._mark(b"l", len(value))
            for item in value:
                self.add(item)
        elif isinstance(value, Mapping):
            self._mark(b"m", len(value))
            for name in sorted(value, key=repr):
                self.add(name)
                self.add(value[name])
        elif isinstance(value, Mobject):
            self.add_mobject(value)
        elif not isinstance(value, Shared):  # a store of intermediate results
            self._add_object(value)

    def _add_array(self, value: np.ndarray) -> None:
        """Add an array with its type and shape; one of objects as a list."""
        if value.dtype.hasobject:
            self.add(value.tolist())
            return
        self.add(f"{value.dtype.str}{value.shape}".encode())
        if value.size:
            self.digest.update(np.ascontiguousarray(value).data)

    def _add_object(self, value: Any) -> None:
        """Add an object of nnviz's that holds values, such as a theme or a layout."""
        kind = type(value)
        if not kind.__module__.startswith(_OURS):
            raise UnknownContentError(kind.__qualname__)
        names = [name for owner in kind.__mro__ for name in vars(owner).get("__slots__", ())]
        state = {name: getattr(value, name) for name in names if hasattr(value, name)}
        self.add([kind.__qualname__.encode(), state | getattr(value, "__dict__", {})])

    def _mark(self, kind: bytes, length: int) -> None:
        """Add how long what follows is, so that no two sequences run together."""
        self.digest.update(b"%c%d:" % (kind, length))
