"""Every scene class of nnviz."""

from .descent import DescentPath as DescentPath
from .descent_1d import Descent1D as Descent1D
from .descent_2d import Descent2D as Descent2D
from .descent_surface import DescentSurface3D as DescentSurface3D
from .feed_forward import FeedForward as FeedForward
from .gradient_vector import GradientVector as GradientVector
from .local_minima import LocalMinima as LocalMinima
from .weight_images import WeightImages as WeightImages

__all__ = [
    "Descent1D",
    "Descent2D",
    "DescentPath",
    "DescentSurface3D",
    "FeedForward",
    "GradientVector",
    "LocalMinima",
    "WeightImages",
]
