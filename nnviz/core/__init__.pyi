"""The network and its training."""

from .activations import ACTIVATIONS as ACTIVATIONS
from .activations import Activation as Activation
from .arrays import FloatArray as FloatArray
from .arrays import IntArray as IntArray
from .costs import COSTS as COSTS
from .costs import Cost as Cost
from .costs import get_cost as get_cost
from .evaluation import Evaluation as Evaluation
from .evaluation import evaluate as evaluate
from .examples import Examples as Examples
from .initializers import INITIALIZERS as INITIALIZERS
from .network import Network as Network
from .optimizers import OPTIMIZERS as OPTIMIZERS
from .optimizers import create_optimizer as create_optimizer
from .predictions import NO_CLASS as NO_CLASS
from .predictions import predict_classes as predict_classes
from .settings import TrainingSettings as TrainingSettings
from .training import Observer as Observer
from .training import Training as Training

__all__ = [
    "ACTIVATIONS",
    "COSTS",
    "INITIALIZERS",
    "NO_CLASS",
    "OPTIMIZERS",
    "Activation",
    "Cost",
    "Evaluation",
    "Examples",
    "FloatArray",
    "IntArray",
    "Network",
    "Observer",
    "Training",
    "TrainingSettings",
    "create_optimizer",
    "evaluate",
    "get_cost",
    "predict_classes",
]
