"""Draw a film's shots by several processes."""

from __future__ import annotations

import inspect
import json
import os
import selectors
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from nnviz.errors import RenderError
from nnviz.rendering.catalog import scene_name
from nnviz.rendering.encoder import Format
from nnviz.rendering.film import Film, Shot
from nnviz.rendering.scene import RecordingScene
from nnviz.rendering.shots import remove_unfinished

#: Set in processes that draw.
DRAWS = "NNVIZ_DRAWS"


class Workers:
    """Processes that draw shots, which take one after the other.

    They are ended with the ``with`` statement that they are used in.

    Parameters
    ----------
    n_workers
        How many.
    room
        Folder for what the processes need.
    folder
        For the shots' files.
    """

    def __init__(self, n_workers: int, room: Path, folder: Path) -> None:
        self._n_workers, self._room, self._folder = n_workers, room, folder
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()
            remove_unfinished(self._folder, worker.process.pid)

    def start(self) -> None:
        """Start the processes, if they are not: they take a while to load what they need."""
        missing = range(len(self._workers), self._n_workers)
        self._workers += [_Worker(self._room / f"worker-{number}.log") for number in missing]

    def draw(
        self,
        film: Film,
        form: Format,
        shots: Sequence[Shot],
        media: Path,
        on_frames: Callable[[int], None],
    ) -> None:
        """Draw shots.

        Parameters
        ----------
        film
            Of a scene that other processes can find, see :func:`can_be_found`.
        form
            Format of the shots.
        shots
            To be drawn, in order.
        media
            What Manim made of text so far.
        on_frames
            Told of frames drawn since the last call.

        Raises
        ------
        RenderError
            If a worker fails or dies. Also in a worker, which would start others without end.
        """
        if DRAWS in os.environ:
            message = (
                f"a scene's file must not render when it is imported; "
                f"{inspect.getfile(film.scene)} does. Put that under if __name__ == '__main__'."
            )
            raise RenderError(message)
        self.start()
        claims = self._room / "claims"
        claims.mkdir()
        task = {
            "name": scene_name(film.scene),
            "scene": film.scene.__name__,
            "module": film.scene.__module__,
            "file": inspect.getfile(film.scene),
            "recording": str(film.recording.path),
            "size": film.size,
            "frame_rate": film.frame_rate,
            "options": film.options,
            "transparent": film.transparent,
            "form": asdict(form),
            "shots": [asdict(shot) for shot in shots],
            "folder": str(self._folder.absolute()),
            "claims": str(claims.absolute()),
        }
        for number, worker in enumerate(self._workers):
            own_media = self._room / f"media-{number}"
            shutil.copytree(media, own_media)
            worker.assign(task | {"media": str(own_media.absolute())})
        _listen(self._workers, on_frames)


def can_be_found(scene: type[RecordingScene]) -> bool:
    """Tell whether another process can make a scene, given its file: a program would run again."""
    module = sys.modules.get(scene.__module__)
    return (
        scene.__module__ != "__main__"
        and hasattr(module, "__file__")
        and getattr(module, scene.__name__, None) is scene
    )


class _Worker:
    """A process of this package that draws; it tells of its progress in lines of JSON."""

    def __init__(self, log: Path) -> None:
        self._log = log
        with log.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "nnviz.rendering.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                # Ctrl-C in the terminal is for the process that started this one.
                start_new_session=True,
                env=os.environ
                | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), DRAWS: "1"},
            )

    def assign(self, task: dict[str, Any]) -> None:
        """Tell the process what to draw."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(task).encode() + b"\n")
            self.process.stdin.flush()  # and left open: it closes when this process is gone
        except BrokenPipeError:
            self.check_end()
            raise

    def check_end(self) -> None:
        """Raise ``RenderError`` unless the process ended well."""
        if self.process.wait() != 0:
            lines = self._log.read_text(errors="replace").strip().splitlines()
            message = (
                f"a process that draws must finish; it died with exit code "
                f"{self.process.returncode}: {lines[-1] if lines else 'it said nothing'}. "
                "Is there enough memory? Fewer --workers need less."
            )
            raise RenderError(message)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(BrokenPipeError):
                if pipe is not None:
                    pipe.close()


def _listen(workers: Sequence[_Worker], on_frames: Callable[[int], None]) -> None:
    with selectors.DefaultSelector() as selector:
        for worker in workers:
            assert worker.process.stdout is not None
            selector.register(worker.process.stdout, selectors.EVENT_READ, worker)
        while selector.get_map():
            for key, _ in selector.select():
                line = key.fileobj.readline()  # type: ignore[union-attr]
                if not line:
                    selector.unregister(key.fileobj)
                    key.data.check_end()
                    continue
                told = json.loads(line)
                if "error" in told:
                    raise RenderError(told["error"])
                on_frames(told["frames"])
