"""The base class of scenes about a recorded training, and their options."""

from .scene import RecordingScene as RecordingScene
from .scene import scene_options as scene_options

__all__ = [
    "RecordingScene",
    "scene_options",
]
