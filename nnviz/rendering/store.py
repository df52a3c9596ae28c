"""Shots that were drawn before, and the lists of shots that films consist of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from nnviz.data.cache import cache_folder
from nnviz.files import clear_away
from nnviz.recording.store import write_json
from nnviz.rendering.checksums import is_whole, write_checksum
from nnviz.rendering.film import Shot

# Size that the store is cut down to after each film; what was not used for longest goes first.
_MOST_BYTES = 2_000_000_000


class ShotStore:
    """A folder of shots by their keys, and of films' lists of shots.

    Parameters
    ----------
    folder
        Folder of the store, made if need be; by default ``shots`` in nnviz's cache folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or cache_folder() / "shots"
        self.folder.mkdir(parents=True, exist_ok=True)
        clear_away(self.folder)

    def has(self, file: Path) -> bool:
        """Tell whether a shot's file is there and undamaged; if so, it counts as used now."""
        return is_whole(file)

    def find_list(self, key: str) -> list[Shot] | None:
        """Return a film's shots in order, or None if no undamaged list is kept under the key."""
        file = self.folder / f"{key}.json"
        if not is_whole(file):
            return None
        return [Shot(**shot) for shot in json.loads(file.read_text(encoding="utf-8"))["shots"]]

    def keep_list(self, key: str, shots: Sequence[Shot]) -> None:
        """Keep a film's shots, in order, under a key that stands for the film."""
        file = self.folder / f"{key}.json"
        write_json(file, {"shots": [asdict(shot) for shot in shots]})
        write_checksum(file)

    def prune(self) -> None:
        """Remove the files that were used longest ago, until the store takes at most 2 GB."""
        files = []
        for path in self.folder.iterdir():
            try:
                status = path.stat()
            except FileNotFoundError:  # another process tidies, too
                continue
            files.append((status.st_mtime, status.st_size, path))
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if total <= _MOST_BYTES:
                break
            path.unlink(missing_ok=True)
            total -= size
