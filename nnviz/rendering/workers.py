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
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nnviz.errors import RenderError
from nnviz.rendering.catalog import scene_name
from nnviz.rendering.encoder import Format
from nnviz.rendering.film import Film, Shot
from nnviz.rendering.scene import RecordingScene
from nnviz.rendering.shots import remove_unfinished

#: Set in processes that draw.
DRAWS = "NNVIZ_DRAWS"


def draw_by_workers(
    film: Film,
    form: Format,
    shots: Sequence[Shot],
    folder: Path,
    media: Path,
    *,
    n_workers: int,
    on_frames: Callable[[int], None],
) -> None:
    """Draw shots in processes of their own, which take one after the other.

    Parameters
    ----------
    film
        Of a scene that other processes can find, see :func:`can_be_found`.
    form
        Format of the shots.
    shots
        To be drawn, in order.
    folder
        For the files.
    media
        What Manim made of text so far; also a place for what the processes need.
    n_workers
        How many.
    on_frames
        Told of frames drawn since the last call.

    Raises
    ------
    RenderError
        If a worker fails or dies; the others are ended. Also in a worker, which would
        start others without end.
    """
    if DRAWS in os.environ:
        message = (
            f"a scene's file must not render when it is imported; "
            f"{inspect.getfile(film.scene)} does. Put that under if __name__ == '__main__'."
        )
        raise RenderError(message)
    claims = media.parent / "claims"
    claims.mkdir()
    workers: list[_Worker] = []
    try:
        for number in range(n_workers):
            own_media = media.parent / f"media-{number}"
            shutil.copytree(media, own_media)
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
                "folder": str(folder.absolute()),
                "media": str(own_media.absolute()),
                "claims": str(claims.absolute()),
            }
            workers.append(_Worker(task, media.parent / f"worker-{number}.log"))
        _listen(workers, on_frames)
    finally:
        for worker in workers:
            worker.end()
            remove_unfinished(folder, worker.process.pid)


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

    def __init__(self, task: dict[str, Any], log: Path) -> None:
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
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(task).encode() + b"\n")
        self.process.stdin.flush()  # and left open: it closes when this process is gone

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
