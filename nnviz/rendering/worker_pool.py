"""Draw a film's shots by several processes."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from nnviz.errors import RenderError
from nnviz.files import remove_unfinished
from nnviz.rendering.claims import claimer
from nnviz.rendering.film import Film, Shot
from nnviz.rendering.formats import Format
from nnviz.rendering.frame_counter import OnFrames
from nnviz.rendering.scene_registry import scene_name
from nnviz.rendering.shots import draw_shots, known_shots
from nnviz.rendering.worker_process import WORKER_VARIABLE, MessageReader, WorkerProcess


class WorkerPool:
    """A pool of processes that draw a film's shots along with this one.

    Each process, this one included, claims one shot after the other. The others are started when
    there are shots for them, and are ended with the ``with`` statement of the pool.

    Parameters
    ----------
    film
        The film to draw. If there are other processes, it must be one that :func:`can_be_sent`.
    form
        Format of the shots.
    n_others
        Most processes besides this one, at least 0.
    scratch
        Folder for temporary files of the pool; must be there.
    folder
        Folder for the shots' files; must be there.
    """

    def __init__(
        self, film: Film, form: Format, n_others: int, *, scratch: Path, folder: Path
    ) -> None:
        self._film, self._form, self._n_others = film, form, n_others
        self._scratch, self._folder = scratch, folder
        self._claims = scratch / "claims"
        self._claims.mkdir()
        self._others: list[WorkerProcess] = []
        self._announced: list[list[dict[str, Any]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._others:
            worker.kill()
            remove_unfinished(self._folder, worker.process.pid)

    def announce(self, shots: Sequence[Shot]) -> None:
        """Send the other processes some shots of one animation, which they may begin to draw.

        As many processes are started as there are shots besides one for this process.

        Parameters
        ----------
        shots
            Shots of one animation, in order; those of earlier animations were announced before.

        Raises
        ------
        RenderError
            If this process is itself one of a pool, or another has died.
        """
        if not shots:
            return
        described = [asdict(shot) for shot in shots]
        for worker in self._others:
            worker.send(described)
        self._announced.append(described)
        n_shots = sum(len(each) for each in self._announced)
        while len(self._others) < min(self._n_others, n_shots - 1):
            self._start_one()

    def draw(self, shots: Sequence[Shot], media: Path, on_frames: OnFrames) -> None:
        """Draw what the other processes do not, and wait for these until all is done.

        Parameters
        ----------
        shots
            All shots that were announced.
        media
            Folder for Manim's temporary files; must be there.
        on_frames
            Called with the number of frames that any process has drawn since the last call.

        Raises
        ------
        RenderError
            If another process fails or dies.
        UnrepeatableSceneError
            If the scene is not what it was when it was cut.
        """
        for worker in self._others:
            worker.send([])
        with MessageReader(self._others, on_frames) as messages:

            def report(n_frames: int) -> None:
                on_frames(n_frames)
                messages.read(wait=False)

            draw_shots(
                self._film,
                self._form,
                known_shots(shots),
                self._folder,
                media,
                claim=claimer(self._claims),
                on_frames=report,
            )
            messages.read(wait=True)

    def _start_one(self) -> None:
        """Start another process, and send it all that was announced.

        Raises
        ------
        RenderError
            In a process of a pool, which would start others without end.
        """
        _check_not_a_worker(self._film)
        number = len(self._others)
        media = self._scratch / f"media-{number}"
        media.mkdir()
        worker = WorkerProcess(self._scratch / f"worker-{number}.log")
        self._others.append(worker)
        worker.send(self._task(media))
        for shots in self._announced:
            worker.send(shots)

    def _task(self, media: Path) -> dict[str, Any]:
        """Return what a drawing process must know, as JSON can hold it."""
        film = self._film
        return {
            "name": scene_name(film.scene),
            "scene": film.scene.__name__,
            "module": film.scene.__module__,
            "file": inspect.getfile(film.scene),
            "recording": str(film.recording.path),
            "size": film.size,
            "frame_rate": film.frame_rate,
            "options": film.options,
            "transparent": film.transparent,
            "seed": film.seed,
            "form": asdict(self._form),
            "folder": str(self._folder.absolute()),
            "claims": str(self._claims.absolute()),
            "media": str(media.absolute()),
        }


def can_be_sent(film: Film) -> bool:
    """Tell whether another process can make a film's scene, given its file and its options.

    A scene of the program that runs cannot be made there, as the program would run again; nor
    can one whose options are more than text and numbers.
    """
    scene = film.scene
    module = sys.modules.get(scene.__module__)
    return (
        film.is_plain
        and scene.__module__ != "__main__"
        and hasattr(module, "__file__")
        and getattr(module, scene.__name__, None) is scene
    )


def _check_not_a_worker(film: Film) -> None:
    if WORKER_VARIABLE in os.environ:
        message = (
            f"a scene's file must not render when it is imported; "
            f"{inspect.getfile(film.scene)} does. Put that under if __name__ == '__main__'."
        )
        raise RenderError(message)
