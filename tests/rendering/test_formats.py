"""Endings of films stand for formats."""

from __future__ import annotations

from pathlib import Path

from nnviz.rendering.formats import film_format


def test_format_is_found_by_ending():
    assert film_format(Path("a.WEBM")).transparent
    assert not film_format(Path("a.mp4")).transparent
