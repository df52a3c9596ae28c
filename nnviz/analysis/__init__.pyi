"""Measurements of a recording: costs, paths, landscapes, scores, and trainings run anew."""

from . import functions as functions
from .costs import grid_costs as grid_costs
from .costs import line_costs as line_costs
from .costs import point_costs as point_costs
from .descent import Descent as Descent
from .descent import measure_descent as measure_descent
from .evaluation import Report as Report
from .evaluation import report as report
from .gradients import Parameter as Parameter
from .gradients import outstanding as outstanding
from .landscape import Landscape as Landscape
from .landscape import RecordedCost as RecordedCost
from .minima import Minima as Minima
from .minima import find_minima as find_minima
from .planes import Plane as Plane
from .planes import plane_through as plane_through
from .planes import principal_plane as principal_plane
from .planes import random_plane as random_plane
from .probes import choose_probes as choose_probes
from .probes import predictions as predictions
from .race import CONTENDERS as CONTENDERS
from .race import Contender as Contender
from .race import Race as Race
from .race import RaceResult as RaceResult
from .race import race_optimizers as race_optimizers
from .scores import Score as Score
from .scores import score as score
from .training_runs import TrainingRun as TrainingRun
from .training_runs import recorded_settings as recorded_settings
from .training_runs import restart as restart
from .training_runs import retrain as retrain
from .trajectory import Trajectory as Trajectory
from .trajectory import converging_rows as converging_rows

__all__ = [
    "CONTENDERS",
    "Contender",
    "Descent",
    "Landscape",
    "Minima",
    "Parameter",
    "Plane",
    "Race",
    "RaceResult",
    "RecordedCost",
    "Report",
    "Score",
    "TrainingRun",
    "Trajectory",
    "choose_probes",
    "converging_rows",
    "find_minima",
    "functions",
    "grid_costs",
    "line_costs",
    "measure_descent",
    "outstanding",
    "plane_through",
    "point_costs",
    "predictions",
    "principal_plane",
    "race_optimizers",
    "random_plane",
    "recorded_settings",
    "report",
    "restart",
    "retrain",
    "score",
]
