"""The cache folder, where downloads and the default run are kept."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path

#: Environment variable that names the folder.
CACHE_VARIABLE = "NNVIZ_CACHE_DIR"


def cache_folder() -> Path:
    """Return the folder that ``NNVIZ_CACHE_DIR`` names, else the system's one for caches."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named).expanduser()
    return user_cache_path("nnviz")
