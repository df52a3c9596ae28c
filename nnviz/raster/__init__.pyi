"""Numbers to pixels, without Manim: layers, lines and height fields painted onto a canvas."""

from .canvas import Canvas as Canvas
from .coverage import line_coverage as line_coverage
from .height_field import HeightField as HeightField
from .height_field import PlacedLayer as PlacedLayer
from .layer import Layer as Layer
from .line_cache import LineCache as LineCache
from .line_sums import LineSums as LineSums
from .paintable import Paintable as Paintable
from .pixel_box import PixelBox as PixelBox
from .viewpoint import Viewpoint as Viewpoint

__all__ = [
    "Canvas",
    "HeightField",
    "Layer",
    "LineCache",
    "LineSums",
    "Paintable",
    "PixelBox",
    "PlacedLayer",
    "Viewpoint",
    "line_coverage",
]
