"""Where downloaded and generated files are kept."""

import os
from pathlib import Path


def cache_folder() -> Path:
    return Path(os.environ.get("NNVIZ_CACHE_DIR", "/tmp/nnvizcache"))
