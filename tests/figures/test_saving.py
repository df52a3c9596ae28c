from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from nnviz.errors import SettingError
from nnviz.figures.registry import FIGURES
from nnviz.figures.saving import save_figure

SIGNATURES = {".png": b"\x89PNG", ".svg": b"<?xml", ".pdf": b"%PDF"}


@pytest.mark.parametrize("ending", SIGNATURES)
def test_same_figure_is_the_same_file(ending, tiny_recording, tmp_path):
    written = []
    for name in ("a", "b"):
        figure = FIGURES["learning-curves"].draw(tiny_recording)
        path = save_figure(figure, tmp_path / "new" / f"{name}{ending}")
        written.append(path.read_bytes())
    assert written[0].startswith(SIGNATURES[ending])
    assert written[0] == written[1]
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == [f"a{ending}", f"b{ending}"]


@pytest.mark.parametrize("name", ["a.gif", "a", "png"])
def test_other_endings_are_refused(name, tmp_path):
    with pytest.raises(SettingError, match=r"must end in \.png, \.svg, \.pdf; got"):
        save_figure(Figure(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_file_that_fails_leaves_the_older_one(tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG older")

    def fail(_, target, **__):
        target.write_bytes(b"half")
        raise OSError("no space left on device")  # noqa: EM101

    monkeypatch.setattr(Figure, "savefig", fail)
    with pytest.raises(OSError, match="no space"):
        save_figure(Figure(), path)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.png", b"\x89PNG older")]
