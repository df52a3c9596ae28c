"""Former home of :class:`nnviz.stage.RecordingScene`."""

from __future__ import annotations

from nnviz.deprecation import renamed_names

#: Finds ``RecordingScene`` for one more release.
__getattr__ = renamed_names(__name__, {"RecordingScene": "nnviz.stage.RecordingScene"})
