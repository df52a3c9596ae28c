"""Render several files at a time, a process each."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from nnviz.errors import NnvizError, RenderError
from nnviz.rendering.job import render, scratch_folder


@dataclass(frozen=True, slots=True)
class Job:
    """One file to render; see :func:`nnviz.rendering.job.render`."""

    scene: str
    recording: Path
    out: Path
    quality: str = "medium"
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Running:
    job: Job
    process: SpawnProcess


def render_all(
    jobs: Sequence[Job],
    *,
    workers: int | None = None,
    on_progress: Callable[[Job, int, int], None] | None = None,
) -> None:
    """Render files in processes of their own.

    Manim's settings and folders are one for a process, so jobs cannot share one at a time.

    Parameters
    ----------
    jobs
        Taken in order.
    workers
        Processes at a time; by default as many as there are processors.
    on_progress
        Told of a job's frames drawn so far and of all there will be.

    Raises
    ------
    RenderError
        If a job fails or its process dies; the others are ended, and no unfinished file
        is left.
    """
    limit = workers or os.cpu_count() or 1
    waiting = deque(jobs)
    running: dict[Connection, _Running] = {}
    try:
        while waiting or running:
            while waiting and len(running) < limit:
                connection, started = _start(waiting.popleft())
                running[connection] = started
            for ready in wait(list(running)):
                assert isinstance(ready, Connection)
                if not _listen(ready, running[ready], on_progress):
                    running.pop(ready).process.join()
                    ready.close()
    finally:
        for left in running.values():
            left.process.terminate()
        for left in running.values():
            left.process.join()
            assert left.process.pid is not None
            shutil.rmtree(scratch_folder(left.job.out, left.process.pid), ignore_errors=True)


def _start(job: Job) -> tuple[Connection, _Running]:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(job, sender), daemon=True)
    process.start()
    sender.close()
    return receiver, _Running(job, process)


def _listen(
    connection: Connection,
    running: _Running,
    on_progress: Callable[[Job, int, int], None] | None,
) -> bool:
    """Hear one message of a worker; return whether there will be more."""
    try:
        kind, content = connection.recv()
    except EOFError:
        running.process.join()
        message = (
            f"the process that renders {running.job.out.name} must finish; it died with exit "
            f"code {running.process.exitcode}. Is there enough memory?"
        )
        raise RenderError(message) from None
    if kind == "failed":
        raise RenderError(content)
    if kind == "frames" and on_progress is not None:
        on_progress(running.job, *content)
    return bool(kind == "frames")


def _work(job: Job, sender: Connection) -> None:
    # Ctrl-C reaches every process of a terminal; the one that started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        render(
            job.scene,
            job.recording,
            job.out,
            quality=job.quality,
            on_progress=lambda drawn, total: sender.send(("frames", (drawn, total))),
            **job.options,
        )
        sender.send(("done", None))
    except (NnvizError, OSError) as error:
        sender.send(("failed", str(error)))
