"""Whose a recording's folder is: what is not nnviz's stays, and one process writes at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from nnviz.core.training import Observer
from nnviz.errors import RecordingError
from nnviz.recording.folder import check_free, is_being_written, tidy
from nnviz.recording.recording import Recording
from nnviz.recording.run import train
from tests.zoo import small

SETTINGS = {"layers": (64, 8, 10), "epochs": 2, "batch_size": 10, "record": "every:1"}

#: A training that tells when it has begun, and goes on until it is told to end.
WRITER = """
import sys, time
sys.path.insert(0, {root!r})
from tests.zoo import small
from nnviz.core.training import Observer
from nnviz.recording.run import train

class Slow(Observer):
    def on_step(self, training):
        if training.step == 5:
            print("begun", flush=True)
        if training.step > 5:
            time.sleep(0.02)

train(small(), {path!r}, force=True, observers=[Slow()], layers=(64, 8, 10), epochs=500,
      batch_size=10, record="every:1")
"""


@pytest.fixture
def writer(pytestconfig):
    """Start a process that records into a folder, and goes on for long."""
    started = []

    def start(path):
        code = WRITER.format(root=str(pytestconfig.rootpath), path=str(path))
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
        started.append(process)
        assert process.stdout.readline() == b"begun\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def names(path):
    return sorted(file.name for file in path.iterdir())


@pytest.mark.parametrize("name", ["notes.txt", "mine.npy", "measured/notes.txt", "more/a.txt"])
def test_recording_with_somebodys_files_is_not_replaced(name, tmp_path):
    path = tmp_path / "run"
    train(small(), path, **SETTINGS)
    file = path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("precious")
    with pytest.raises(RecordingError, match=r"also holds .*Move that away"):
        train(small(), path, force=True, **SETTINGS)
    assert file.read_text() == "precious"
    file.unlink()
    if file.parent.name == "more":
        file.parent.rmdir()
    assert train(small(), path, force=True, **SETTINGS).is_complete


def test_recording_that_is_being_written_is_not_replaced(writer, tmp_path):
    path = tmp_path / "run"
    process = writer(path)
    assert is_being_written(path)
    with pytest.raises(RecordingError, match="is being written by another process"):
        train(small(), path, force=True, **SETTINGS)
    assert Recording.open(path).n_rows > 5
    process.send_signal(signal.SIGKILL)
    process.wait()
    # The dead hold nothing.
    assert not is_being_written(path)
    before = Recording.open(path)
    assert before.steps[: before.n_rows].tolist() == list(range(before.n_rows))
    assert train(small(), path, force=True, **SETTINGS).is_complete
    assert names(tmp_path) == ["run"]


@pytest.mark.slow
def test_of_two_who_begin_at_once_one_is_refused(tmp_path, pytestconfig):
    code = WRITER.format(root=str(pytestconfig.rootpath), path=str(tmp_path / "run"))
    code = code.replace("epochs=500", "epochs=4")
    for _ in range(3):
        both = [
            subprocess.Popen([sys.executable, "-c", code], stdout=-1, stderr=-1) for _ in range(2)
        ]
        said = [process.communicate() for process in both]
        codes = [process.returncode for process in both]
        assert 0 in codes
        for code_, (_, errors) in zip(codes, said, strict=True):
            assert code_ == 0 or b"is being written by another process" in errors
        recording = Recording.open(tmp_path / "run")
        assert recording.is_complete
        assert recording.n_rows == 81
        assert names(tmp_path) == ["run"]


def test_manifest_is_only_written_where_its_arrays_are(tmp_path):
    path = tmp_path / "run"

    class Mover(Observer):
        """Puts another recording in the place of the one being written."""

        def on_step(self, training):
            if training.step == 7:
                path.rename(tmp_path / "moved")
                train(small(), path, **SETTINGS)

    with pytest.raises(RecordingError, match="no longer the folder that was written"):
        train(small(), path, observers=[Mover()], **SETTINGS)
    other = Recording.open(path)
    assert other.is_complete
    moved = Recording.open(tmp_path / "moved")
    assert moved.manifest["writing"] != other.manifest["writing"]
    assert moved.n_rows == 41


def test_what_a_killed_training_left_goes_and_what_it_replaced_comes_back(tmp_path):
    path = tmp_path / "run"
    train(small(), path, **SETTINGS)
    # Killed between two names: the older recording has none.
    path.rename(tmp_path / ".run.replaced.nnviz-999999999-abcd")
    (tmp_path / ".run.nnviz-999999999-abcd").mkdir()
    for name in (".run.20240101", ".other.nnviz-999999999-abcd", f".run.nnviz-{os.getppid()}-abcd"):
        (tmp_path / name).mkdir()
    tidy(path)
    assert Recording.open(path).is_complete
    assert names(tmp_path) == sorted(
        ["run", ".run.20240101", ".other.nnviz-999999999-abcd", f".run.nnviz-{os.getppid()}-abcd"]
    )


@pytest.mark.slow
def test_fifty_kills_leave_what_can_be_read(writer, tmp_path):
    """At whatever moment: all opens, rows in order, and the next training cleans up."""
    path = tmp_path / "run"
    for turn in range(50):
        process = writer(path)
        time.sleep(0.002 * turn)
        process.send_signal(signal.SIGKILL)
        process.wait()
        recording = Recording.open(path)
        assert recording.steps.tolist() == list(range(recording.n_rows))
        assert recording.n_rows >= 5
    check_free(path, force=True)
    train(small(), path, force=True, **SETTINGS)
    assert names(tmp_path) == ["run"]
