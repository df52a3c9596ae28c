"""Where downloads and the default run are kept."""

from __future__ import annotations

import os
from pathlib import Path

CACHE_VARIABLE = "NNVIZ_CACHE_DIR"


def cache_folder() -> Path:
    """Return the folder that ``NNVIZ_CACHE_DIR`` names, else the system's one for caches."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named).expanduser()
    import pooch  # type: ignore[import-untyped]

    return Path(pooch.os_cache("nnviz"))
