"""One drawing process, seen from the process that started it, and the messages of several."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from nnviz.errors import RenderError
from nnviz.rendering.frame_counter import OnFrames
from nnviz.rendering.shots import UnrepeatableSceneError

#: Environment variable that is set in drawing processes.
WORKER_VARIABLE = "NNVIZ_DRAWS"


class WorkerProcess:
    """A process that runs :mod:`nnviz.rendering.worker_program`.

    It is sent lines of JSON, and sends others about its progress.

    Parameters
    ----------
    log
        File for what the process writes to its standard error.
    """

    def __init__(self, log: Path) -> None:
        self._log = log
        with log.open("wb") as errors:
            self.process = subprocess.Popen(
                # Nothing in the working folder is taken for a module of Python's.
                [sys.executable, "-P", "-m", "nnviz.rendering.worker_program"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                # Ctrl-C in the terminal is for the process that started this one.
                start_new_session=True,
                env=os.environ | {"PYTHONPATH": _search_path(), WORKER_VARIABLE: "1"},
            )

    def send(self, content: Any) -> None:
        """Send the process something that JSON can hold.

        Raises
        ------
        RenderError
            If the process has died.
        """
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(content).encode() + b"\n")
            self.process.stdin.flush()  # and left open: it closes when this process is gone
        except BrokenPipeError:
            self.check_end()  # or it has sent what is wrong, which is read later

    def check_end(self) -> None:
        """Wait for the process to end.

        Raises
        ------
        RenderError
            If its exit code is not 0.
        """
        if self.process.wait() != 0:
            lines = self._log.read_text(errors="replace").strip().splitlines()
            message = (
                f"a process that draws must finish; it died with exit code "
                f"{self.process.returncode}: {lines[-1] if lines else 'it said nothing'}. "
                "Is there enough memory? Fewer --workers need less."
            )
            raise RenderError(message)

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(BrokenPipeError):
                if pipe is not None:
                    pipe.close()


class MessageReader:
    """Reads the messages of drawing processes, for use in a ``with`` statement.

    Parameters
    ----------
    workers
        The processes.
    on_frames
        Called with the number of frames that a process has drawn since its last message.
    """

    def __init__(self, workers: Sequence[WorkerProcess], on_frames: OnFrames) -> None:
        self._on_frames = on_frames
        self._selector = selectors.DefaultSelector()
        for worker in workers:
            assert worker.process.stdout is not None
            self._selector.register(worker.process.stdout, selectors.EVENT_READ, worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._selector.close()

    def read(self, *, wait: bool) -> None:
        """Read what has been sent; with ``wait``, until all processes have ended.

        Raises
        ------
        RenderError
            If a process has failed or died.
        UnrepeatableSceneError
            If the scene was another in a process than where it was cut.
        """
        while self._selector.get_map():
            ready = self._selector.select(None if wait else 0)
            if not ready:
                return
            for key, _ in ready:
                line = key.fileobj.readline()  # type: ignore[union-attr]
                if line:
                    self._handle(json.loads(line))
                else:
                    self._selector.unregister(key.fileobj)
                    key.data.check_end()

    def _handle(self, message: dict[str, Any]) -> None:
        if "differs" in message:
            raise UnrepeatableSceneError
        if "error" in message:
            raise RenderError(message["error"])
        self._on_frames(message["frames"])


def _search_path() -> str:
    """Return where this process looks for modules; the folder it works in not before others."""
    paths = [str(Path(path).absolute()) for path in sys.path if path]
    if "" in sys.path:  # a notebook's, or an interpreter's: after Python's own
        paths.append(str(Path.cwd()))
    return os.pathsep.join(paths)
