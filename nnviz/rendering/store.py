"""Shots that were drawn before, and what films consist of."""

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

# What was not used for longest goes first.
_MOST_BYTES = 2_000_000_000


class ShotStore:
    """A folder of shots by their keys, and of films' lists of shots.

    Parameters
    ----------
    folder
        Made if need be; by default one in the cache folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or cache_folder() / "shots"
        self.folder.mkdir(parents=True, exist_ok=True)
        clear_away(self.folder)

    def has(self, file: Path) -> bool:
        """Tell whether a file is there as it was drawn, and remember that it was asked for."""
        return is_whole(file)

    def find_list(self, key: str) -> list[Shot] | None:
        """Return a film's shots, if it was cut before and its list is what was kept."""
        file = self.folder / f"{key}.json"
        if not is_whole(file):
            return None
        return [Shot(**shot) for shot in json.loads(file.read_text(encoding="utf-8"))["shots"]]

    def keep_list(self, key: str, shots: Sequence[Shot]) -> None:
        """Keep a film's list of shots."""
        file = self.folder / f"{key}.json"
        write_json(file, {"shots": [asdict(shot) for shot in shots]})
        write_checksum(file)

    def prune(self) -> None:
        """Remove what was used least lately, until the folder is small enough."""
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
