"""What a scene is written with."""

from .scene import RecordingScene as RecordingScene
from .scene import scene_options as scene_options

__all__ = [
    "RecordingScene",
    "scene_options",
]
