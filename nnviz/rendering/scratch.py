"""Room for what is not finished."""

from __future__ import annotations

import glob
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nnviz.errors import NnvizError, RenderError
from nnviz.rendering.catalog import scene_name


@contextmanager
def scratch(path: Path, scene: type) -> Iterator[Path]:
    """Give a folder beside a file for what is not finished; what fails there is the scene's.

    Raises
    ------
    RenderError
        For whatever a scene raises.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _clear_away(path)
    folder = path.with_name(f".{path.name}.{os.getpid()}")
    folder.mkdir()
    try:
        yield folder
    except (NnvizError, OSError):
        raise
    except Exception as error:
        message = f"scene {scene_name(scene)} failed: {type(error).__name__}: {error}"
        raise RenderError(message) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _clear_away(path: Path) -> None:
    """Remove what a process that was killed could not."""
    for folder in path.parent.glob(f".{glob.escape(path.name)}.*"):
        process = folder.name.rpartition(".")[2]
        if process.isdecimal() and not is_running(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def is_running(process: int) -> bool:
    """Tell whether there is a process of a number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):  # somebody else's, or nobody's
        return True
    return True
