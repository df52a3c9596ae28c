"""A process that draws shots: ``python -m nnviz.rendering.worker``, told what by its input."""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any, TextIO

from nnviz.errors import NnvizError
from nnviz.recording.recording import Recording
from nnviz.rendering.catalog import load_module
from nnviz.rendering.encoder import Format
from nnviz.rendering.film import Film, Shot
from nnviz.rendering.shots import claimer, draw_shots, remove_unfinished


def main() -> None:
    """Draw what the first line of the input asks for; tell of it in lines of JSON."""
    task = json.loads(sys.stdin.readline())
    # What a scene prints must not mix with what is told.
    told = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    watch = threading.Thread(target=_end_with_the_input, args=[Path(task["folder"])], daemon=True)
    watch.start()
    try:
        _draw(task, told)
    except NnvizError as error:
        _tell(told, error=str(error))
    except Exception as error:
        message = f"scene {task['name']} failed: {type(error).__name__}: {error}"
        _tell(told, error=message)


def _draw(task: dict[str, Any], told: TextIO) -> None:
    module = load_module(task["module"], Path(task["file"]))
    film = Film(
        getattr(module, task["scene"]),
        Recording.open(task["recording"]),
        tuple(task["size"]),
        task["frame_rate"],
        task["options"],
        task["transparent"],
    )
    draw_shots(
        film,
        Format(**task["form"]),
        [Shot(**shot) for shot in task["shots"]],
        Path(task["folder"]),
        Path(task["media"]),
        claim=claimer(Path(task["claims"])),
        on_frames=lambda n: _tell(told, frames=n),
    )


def _tell(told: TextIO, **content: Any) -> None:
    told.write(json.dumps(content) + "\n")


def _end_with_the_input(folder: Path) -> None:
    # The process that started this one holds the other end: it is gone.
    sys.stdin.read()
    remove_unfinished(folder, os.getpid())
    os._exit(1)


if __name__ == "__main__":
    main()
