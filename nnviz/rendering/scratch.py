"""A folder for what is not finished, which is gone once the work is done or has failed."""

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
    """Make a folder beside a file for unfinished work, and remove it in the end.

    The parent folder of the file is made if need be, and what killed processes left of earlier
    work on the file is removed.

    Parameters
    ----------
    path
        The film or picture that is being made.
    scene
        Class of the scene, to be named if the work fails.

    Yields
    ------
    Path
        The folder, empty.

    Raises
    ------
    RenderError
        In place of any error within the ``with`` block that is neither nnviz's own nor an
        ``OSError``: a scene's code raised it.
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
