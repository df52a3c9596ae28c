from __future__ import annotations

import matplotlib as mpl
import pytest


@pytest.fixture(autouse=True)
def _without_windows(monkeypatch):
    """Draw off screen, and fail where a figure is shown or matplotlib's settings change."""
    from matplotlib import pyplot as plt

    plt.switch_backend("agg")
    monkeypatch.setattr(plt, "show", lambda *_, **__: pytest.fail("a figure was shown"))
    before = dict(mpl.rcParams)
    yield
    assert dict(mpl.rcParams) == before
