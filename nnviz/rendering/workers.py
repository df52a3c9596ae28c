"""Draw a film's shots by several processes."""

from __future__ import annotations

import inspect
import json
import os
import selectors
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from nnviz.errors import RenderError
from nnviz.files import remove_unfinished
from nnviz.rendering.encoder import Format
from nnviz.rendering.film import Film, Shot
from nnviz.rendering.scene_registry import scene_name
from nnviz.rendering.shots import UnrepeatableSceneError, claimer, draw_shots, listed

#: Set in processes that draw.
DRAWS = "NNVIZ_DRAWS"


class Workers:
    """Processes that draw a film's shots along with this one; each takes one after the other.

    They are ended with the ``with`` statement that they are used in.

    Parameters
    ----------
    film
        Of a scene that can be found, see :func:`can_be_told`, if there are others.
    form
        Format of the shots.
    n_others
        How many, besides this one.
    room
        Folder for what they need.
    folder
        For the shots' files.
    """

    def __init__(
        self, film: Film, form: Format, n_others: int, *, room: Path, folder: Path
    ) -> None:
        self._film, self._form, self._n_others = film, form, n_others
        self._room, self._folder = room, folder
        self._claims = room / "claims"
        self._claims.mkdir()
        self._others: list[_Worker] = []
        self._announced: list[list[dict[str, Any]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._others:
            worker.end()
            remove_unfinished(self._folder, worker.process.pid)

    def _start_one(self) -> None:
        """Start another process, and tell it all that was announced.

        Raises
        ------
        RenderError
            In a worker, which would start others without end.
        """
        film = self._film
        _check_not_a_worker(film)
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
            "seed": film.seed,
            "form": asdict(self._form),
            "folder": str(self._folder.absolute()),
            "claims": str(self._claims.absolute()),
        }
        number = len(self._others)
        media = self._room / f"media-{number}"
        media.mkdir()
        worker = _Worker(self._room / f"worker-{number}.log")
        self._others.append(worker)
        worker.send(task | {"media": str(media.absolute())})
        for shots in self._announced:
            worker.send(shots)

    def announce(self, shots: Sequence[Shot]) -> None:
        """Tell the others of shots of one animation, which they may begin to draw.

        As many others are started as there are shots besides one for this process.
        """
        if not shots:
            return
        told = [asdict(shot) for shot in shots]
        for worker in self._others:
            worker.send(told)
        self._announced.append(told)
        n_shots = sum(len(each) for each in self._announced)
        while len(self._others) < min(self._n_others, n_shots - 1):
            self._start_one()

    def draw(self, shots: Sequence[Shot], media: Path, on_frames: Callable[[int], None]) -> None:
        """Draw what the others do not, until all is done.

        Parameters
        ----------
        shots
            All that were announced.
        media
            For what Manim makes on the way.
        on_frames
            Told of frames drawn since the last call, by whomever.

        Raises
        ------
        RenderError
            If a worker fails or dies.
        """
        for worker in self._others:
            worker.send([])
        with _Ears(self._others, on_frames) as ears:

            def tell(n_frames: int) -> None:
                on_frames(n_frames)
                ears.listen(wait=False)

            draw_shots(
                self._film,
                self._form,
                listed(shots),
                self._folder,
                media,
                claim=claimer(self._claims),
                on_frames=tell,
            )
            ears.listen(wait=True)


def _check_not_a_worker(film: Film) -> None:
    if DRAWS in os.environ:
        message = (
            f"a scene's file must not render when it is imported; "
            f"{inspect.getfile(film.scene)} does. Put that under if __name__ == '__main__'."
        )
        raise RenderError(message)


def can_be_told(film: Film) -> bool:
    """Tell whether another process can make a film's scene, given its file and its options.

    A program's own scene cannot be: the program would run again.
    """
    scene = film.scene
    module = sys.modules.get(scene.__module__)
    return (
        film.is_plain
        and scene.__module__ != "__main__"
        and hasattr(module, "__file__")
        and getattr(module, scene.__name__, None) is scene
    )


def _search_path() -> str:
    """Return where this process looks for modules; the folder it works in not before others."""
    paths = [str(Path(path).absolute()) for path in sys.path if path]
    if "" in sys.path:  # a notebook's, or an interpreter's: after Python's own
        paths.append(str(Path.cwd()))
    return os.pathsep.join(paths)


class _Worker:
    """A process of this package that draws; it tells of its progress in lines of JSON."""

    def __init__(self, log: Path) -> None:
        self._log = log
        with log.open("wb") as errors:
            self.process = subprocess.Popen(
                # Nothing in the working folder is taken for a module of Python's.
                [sys.executable, "-P", "-m", "nnviz.rendering.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                # Ctrl-C in the terminal is for the process that started this one.
                start_new_session=True,
                env=os.environ | {"PYTHONPATH": _search_path(), DRAWS: "1"},
            )

    def send(self, content: Any) -> None:
        """Tell the process something."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(content).encode() + b"\n")
            self.process.stdin.flush()  # and left open: it closes when this process is gone
        except BrokenPipeError:
            self.check_end()  # or it has told what is wrong, which is heard later

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


class _Ears:
    """Hears what workers tell."""

    def __init__(self, workers: Sequence[_Worker], on_frames: Callable[[int], None]) -> None:
        self._on_frames = on_frames
        self._selector = selectors.DefaultSelector()
        for worker in workers:
            assert worker.process.stdout is not None
            self._selector.register(worker.process.stdout, selectors.EVENT_READ, worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._selector.close()

    def listen(self, *, wait: bool) -> None:
        """Hear what has been told, or all that will be.

        Raises
        ------
        RenderError
            If a worker has failed or died.
        """
        while self._selector.get_map():
            ready = self._selector.select(None if wait else 0)
            if not ready:
                return
            for key, _ in ready:
                line = key.fileobj.readline()  # type: ignore[union-attr]
                if not line:
                    self._selector.unregister(key.fileobj)
                    key.data.check_end()
                    continue
                told = json.loads(line)
                if "differs" in told:
                    raise UnrepeatableSceneError
                if "error" in told:
                    raise RenderError(told["error"])
                self._on_frames(told["frames"])
