from __future__ import annotations

import manim
import pytest

from nnviz.compat.version import check_version
from nnviz.errors import RenderError


def test_check_version_names_the_remedy(monkeypatch):
    monkeypatch.setattr(manim, "__version__", "0.23.1")
    with pytest.raises(RenderError, match=r"must be version 0\.22; got 0\.23\.1.*pip install"):
        check_version()
