"""Small scenes and a small quality, so that a film is soon rendered."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnviz.rendering.job import QUALITIES, Quality


@pytest.fixture(autouse=True)
def _tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(QUALITIES, "draft", Quality(160, 90, 5))


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a cache folder of the test's own, in which nothing has been drawn yet."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("NNVIZ_CACHE_DIR", str(folder))
    return folder
