"""Room for what is not finished."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nnviz.errors import NnvizError, RenderError
from nnviz.files import clear_away, naming_full_disks, unfinished
from nnviz.rendering.scene_registry import scene_name


@contextmanager
def scratch(path: Path, scene: type) -> Iterator[Path]:
    """Give a folder beside a file for what is not finished; what fails there is the scene's.

    Raises
    ------
    RenderError
        For whatever a scene raises.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    clear_away(path.parent, path.name)
    folder = unfinished(path)
    folder.mkdir()
    try:
        with naming_full_disks(path):
            yield folder
    except (NnvizError, OSError):
        raise
    except Exception as error:
        message = f"scene {scene_name(scene)} failed: {type(error).__name__}: {error}"
        raise RenderError(message) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
