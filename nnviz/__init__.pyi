"""The public names of nnviz."""

from . import analysis as analysis
from . import core as core
from . import data as data
from . import errors as errors
from . import figures as figures
from . import mobjects as mobjects
from . import raster as raster
from . import recording as recording
from . import rendering as rendering
from . import scenes as scenes
from . import stage as stage
from . import verification as verification
from . import view as view
from .analysis.evaluation import report as report
from .core.network import Network as Network
from .data.sources import load_data as load_data
from .recording.default import default_run as default_run
from .recording.recording import Recording as Recording
from .recording.run import train as train
from .rendering.job import render as render
from .rendering.stills import still as still
from .rendering.stills import storyboard as storyboard
from .verification.verifier import verify as verify
from .version import __version__ as __version__

__all__ = [
    "Network",
    "Recording",
    "__version__",
    "analysis",
    "core",
    "data",
    "default_run",
    "errors",
    "figures",
    "load_data",
    "mobjects",
    "raster",
    "recording",
    "render",
    "rendering",
    "report",
    "scenes",
    "stage",
    "still",
    "storyboard",
    "train",
    "verification",
    "verify",
    "view",
]
