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
    clear_away(path.parent, glob.escape(path.name))
    folder = unfinished(path)
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


def unfinished(path: Path) -> Path:
    """Return the name that this process gives a file or folder while it is not finished."""
    return path.with_name(f".{path.name}.{os.getpid()}")


def clear_away(folder: Path, name: str = "*") -> None:
    """Remove what processes that were killed left unfinished, of any name or one pattern."""
    for path in folder.glob(f".{name}.*"):
        process = path.suffix[1:]
        if not process.isdecimal() or _is_running(int(process)):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):  # somebody else's, or nobody's
        return True
    return True
