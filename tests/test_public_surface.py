"""What is public is listed, is there, and is seen by type checkers; old names still work."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import nnviz
from nnviz.analysis.descent import measure_descent

ROOT = Path(__file__).parents[1]
PACKAGES = (
    "nnviz",
    *(f"nnviz.{name}" for name in nnviz.__all__ if (ROOT / "nnviz" / name).is_dir()),
)


@pytest.mark.parametrize("package", PACKAGES)
def test_public_names_are_there(package):
    module = importlib.import_module(package)
    assert module.__all__
    assert set(module.__all__) <= set(dir(module))
    for name in module.__all__:
        assert getattr(module, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        module.nothing  # noqa: B018


def test_descent_by_its_old_name():
    import nnviz.analysis.descent as module

    with pytest.warns(DeprecationWarning, match="descent is now called measure_descent"):
        assert module.descent is measure_descent
