"""Record a training, and read it again."""

from .default import default_run as default_run
from .default import find_recording as find_recording
from .recorder import Recorder as Recorder
from .recording import Recording as Recording
from .run import train as train
from .schedule import parse_schedule as parse_schedule

__all__ = [
    "Recorder",
    "Recording",
    "default_run",
    "find_recording",
    "parse_schedule",
    "train",
]
