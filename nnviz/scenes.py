"""Every scene class, to import: ``from nnviz.scenes import FeedForward``."""

from __future__ import annotations

from nnviz.rendering.catalog import scene_classes
from nnviz.rendering.scene import RecordingScene


def __getattr__(name: str) -> type[RecordingScene]:
    for scene in scene_classes().values():
        if scene.__name__ == name:
            return scene
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted(scene.__name__ for scene in scene_classes().values())
