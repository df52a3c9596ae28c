"""Functions of one or two variables, and runs of optimizers that minimise them."""

from .cost_slices import cost_slice as cost_slice
from .function import Function as Function
from .named import FUNCTIONS_1D as FUNCTIONS_1D
from .named import FUNCTIONS_2D as FUNCTIONS_2D
from .named import get_function as get_function
from .optimizer_runs import OptimizerRun as OptimizerRun
from .optimizer_runs import run_optimizer as run_optimizer
from .optimizer_runs import suitable_learning_rate as suitable_learning_rate

__all__ = [
    "FUNCTIONS_1D",
    "FUNCTIONS_2D",
    "Function",
    "OptimizerRun",
    "cost_slice",
    "get_function",
    "run_optimizer",
    "suitable_learning_rate",
]
