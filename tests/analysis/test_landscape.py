"""The cost of a recorded network, measured once and kept, and the frame of a landscape."""

from __future__ import annotations

import shutil
from io import BytesIO

import numpy as np

from nnviz.analysis.landscape import RecordedCost, frame_around
from nnviz.recording.recording import Recording


def test_frame_of_a_single_point_has_an_extent():
    x, y = frame_around(np.ones((1, 2)), 5, 0.5)
    assert (np.diff(x) > 0).all()
    assert (np.diff(y) > 0).all()
    assert x.mean() == y.mean() == 1


def test_line_is_measured_once_and_kept(zoo, tmp_path, monkeypatch):
    copy = shutil.copytree(
        zoo("tanh").path, tmp_path / "run", ignore=shutil.ignore_patterns("measured")
    )
    recording = Recording.open(copy)
    start, end = np.asarray(recording.parameters[[0, -1]])
    at = np.linspace(0, 1, 4)
    first = RecordedCost(recording, recording.examples("train")).along_line(start, end, at)
    (kept,) = (recording.path / "measured").iterdir()
    whole = kept.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr("nnviz.analysis.landscape.line_costs", None)
        again = RecordedCost(recording, recording.examples("train")).along_line(start, end, at)
    np.testing.assert_array_equal(again, first)
    # What is not what was kept, or is of another array, is measured anew.
    file = BytesIO()
    np.save(file, first + 1)
    flipped = whole[:-40] + bytes([whole[-40] ^ 1]) + whole[-39:]
    for content in (file.getvalue(), file.getvalue() + whole[-16:], flipped, whole[:-1], b""):
        kept.write_bytes(content)
        again = RecordedCost(recording, recording.examples("train")).along_line(start, end, at)
        np.testing.assert_array_equal(again, first)
        assert kept.read_bytes() == whole
    other = RecordedCost(recording, recording.examples("test")).along_line(start, end, at)
    assert not np.array_equal(other, again)
