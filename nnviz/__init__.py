"""See a neural network learn: train, record everything, then show it.

The public names load what they need when first used: importing ``nnviz`` itself loads
neither Manim nor matplotlib.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from nnviz.version import __version__

if TYPE_CHECKING:
    from nnviz import figures as figures
    from nnviz import scenes as scenes
    from nnviz.analysis.evaluation import report as report
    from nnviz.core.network import Network as Network
    from nnviz.data.catalog import load_data as load_data
    from nnviz.recording.default import default_run as default_run
    from nnviz.recording.recording import Recording as Recording
    from nnviz.recording.run import train as train
    from nnviz.rendering.job import render as render
    from nnviz.rendering.stills import still as still
    from nnviz.rendering.stills import storyboard as storyboard
    from nnviz.verification.verify import verify as verify

_HOMES = {
    "Network": "nnviz.core.network",
    "Recording": "nnviz.recording.recording",
    "default_run": "nnviz.recording.default",
    "load_data": "nnviz.data.catalog",
    "render": "nnviz.rendering.job",
    "report": "nnviz.analysis.evaluation",
    "still": "nnviz.rendering.stills",
    "storyboard": "nnviz.rendering.stills",
    "train": "nnviz.recording.run",
    "verify": "nnviz.verification.verify",
}
_MODULES = ("figures", "scenes")

__all__ = ["__version__", *sorted([*_HOMES, *_MODULES])]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"nnviz.{name}")
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    message = f"module 'nnviz' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return __all__
