"""The program of a process that draws shots, told what by its input: ``python -m`` this module."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from pathlib import Path
from typing import Any, TextIO

from nnviz.errors import NnvizError
from nnviz.files import remove_unfinished
from nnviz.recording.recording import Recording
from nnviz.rendering.claims import claimer
from nnviz.rendering.film import Film, Shot
from nnviz.rendering.formats import Format
from nnviz.rendering.scene_registry import load_module
from nnviz.rendering.shots import UnrepeatableSceneError, draw_shots


def main() -> None:
    """Draw what the lines of the input ask for, and report in lines of output, both in JSON.

    The first line of input is the task; each of the others has some shots of one animation, in
    order, and the last has none. A line of output has the number of frames drawn since the last
    (``frames``), or says why nothing more is drawn: ``error``, or ``differs`` if the scene is not
    what it was where it was cut.
    """
    task = json.loads(sys.stdin.readline())
    # What a scene prints must not mix with the messages.
    messages = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    shots = _AnnouncedShots(Path(task["folder"]))
    try:
        _draw(task, shots, messages)
    except UnrepeatableSceneError:
        _send(messages, differs=True)
    except (NnvizError, OSError) as error:
        _send(messages, error=str(error))
    except Exception as error:
        message = f"scene {task['name']} failed: {type(error).__name__}: {error}"
        _send(messages, error=message)
    else:
        shots.wait_for_the_last()


def _draw(task: dict[str, Any], shots: _AnnouncedShots, messages: TextIO) -> None:
    module = load_module(task["module"], Path(task["file"]))
    film = Film(
        getattr(module, task["scene"]),
        Recording.open(task["recording"]),
        tuple(task["size"]),
        task["frame_rate"],
        task["options"],
        task["transparent"],
        task["seed"],
    )
    draw_shots(
        film,
        Format(**task["form"]),
        shots.of,
        Path(task["folder"]),
        Path(task["media"]),
        claim=claimer(Path(task["claims"])),
        on_frames=lambda n: _send(messages, frames=n),
    )


def _send(messages: TextIO, **content: Any) -> None:
    messages.write(json.dumps(content) + "\n")


class _AnnouncedShots:
    """The shots that the input announces, as they come; the process ends with the input."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._coming: queue.Queue[list[Shot]] = queue.Queue()
        self._next: list[Shot] | None = None  # not asked for yet; empty after the last
        threading.Thread(target=self._listen, daemon=True).start()

    def of(self, play: int) -> list[Shot] | None:
        """Return the shots of an animation, given its number; None if there are no more to come."""
        while self._next is None or (self._next and self._next[0].play < play):
            self._next = self._coming.get()
        if not self._next:
            return None
        return self._next if self._next[0].play == play else []

    def wait_for_the_last(self) -> None:
        """Return when there are no more to come."""
        while self._next != []:
            self._next = self._coming.get()

    def _listen(self) -> None:
        for line in sys.stdin:
            self._coming.put([Shot(**shot) for shot in json.loads(line)])
        # The process that started this one holds the other end: it is gone.
        remove_unfinished(self._folder, os.getpid())
        os._exit(1)


if __name__ == "__main__":
    main()
