"""Scenes into files."""

from .job import QUALITIES as QUALITIES
from .job import Quality as Quality
from .job import render as render
from .stills import still as still
from .stills import storyboard as storyboard

__all__ = [
    "QUALITIES",
    "Quality",
    "render",
    "still",
    "storyboard",
]
