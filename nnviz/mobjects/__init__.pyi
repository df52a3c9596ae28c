"""Manim mobjects that scenes are built from: networks, charts, maps, surfaces and text."""

from .chart import Chart as Chart
from .chart import ChartLine as ChartLine
from .color_bar import ColorBar as ColorBar
from .contour_map import ContourMap as ContourMap
from .edges import EdgeLayer as EdgeLayer
from .frame import Points as Points
from .frame import at as at
from .image import ImageRaster as ImageRaster
from .network import NetworkMobject as NetworkMobject
from .neurons import NeuronLayer as NeuronLayer
from .raster import Raster as Raster
from .readout import Readout as Readout
from .readout import Readouts as Readouts
from .surface import SurfaceRaster as SurfaceRaster
from .surface_path import SurfacePath as SurfacePath
from .text import formula as formula
from .text import heading as heading
from .text import lines_of_words as lines_of_words
from .text import number as number
from .text import words as words
from .trail import Trail as Trail

__all__ = [
    "Chart",
    "ChartLine",
    "ColorBar",
    "ContourMap",
    "EdgeLayer",
    "ImageRaster",
    "NetworkMobject",
    "NeuronLayer",
    "Points",
    "Raster",
    "Readout",
    "Readouts",
    "SurfacePath",
    "SurfaceRaster",
    "Trail",
    "at",
    "formula",
    "heading",
    "lines_of_words",
    "number",
    "words",
]
