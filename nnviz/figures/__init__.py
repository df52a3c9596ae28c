"""Matplotlib figures of a recording, for papers and notebooks."""

from nnviz.figures.activations import activations as activations
from nnviz.figures.catalog import save_figure as save_figure
from nnviz.figures.descent_path import descent_path as descent_path
from nnviz.figures.learning_curves import learning_curves as learning_curves
from nnviz.figures.weight_images import weight_images as weight_images

__all__ = ["activations", "descent_path", "learning_curves", "save_figure", "weight_images"]
