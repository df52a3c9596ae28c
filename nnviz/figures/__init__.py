"""Matplotlib figures of a recording, for papers and notebooks."""

from nnviz.figures.activations import activations as activations
from nnviz.figures.descent_1d import descent_1d as descent_1d
from nnviz.figures.descent_path import descent_path as descent_path
from nnviz.figures.descent_path import descent_residuals as descent_residuals
from nnviz.figures.gradient_vector import gradient_sizes as gradient_sizes
from nnviz.figures.gradient_vector import gradient_vector as gradient_vector
from nnviz.figures.landscape import landscape as landscape
from nnviz.figures.landscape import landscape_surface as landscape_surface
from nnviz.figures.learning_curves import learning_curves as learning_curves
from nnviz.figures.race import optimizer_race as optimizer_race
from nnviz.figures.race import race_costs as race_costs
from nnviz.figures.registry import FIGURES as FIGURES
from nnviz.figures.registry import FigureSpec as FigureSpec
from nnviz.figures.registry import Plot as Plot
from nnviz.figures.registry import get_figure as get_figure
from nnviz.figures.registry import register_figure as register_figure
from nnviz.figures.saving import save_figure as save_figure
from nnviz.figures.slice import slice_costs as slice_costs
from nnviz.figures.weight_images import weight_images as weight_images

__all__ = [
    "FIGURES",
    "FigureSpec",
    "Plot",
    "activations",
    "descent_1d",
    "descent_path",
    "descent_residuals",
    "get_figure",
    "gradient_sizes",
    "gradient_vector",
    "landscape",
    "landscape_surface",
    "learning_curves",
    "optimizer_race",
    "race_costs",
    "register_figure",
    "save_figure",
    "slice_costs",
    "weight_images",
]
