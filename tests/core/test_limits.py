"""Numbers that no training can have are refused before anything is made of them."""

from __future__ import annotations

import pytest

from nnviz.core.network import Network
from nnviz.core.seeds import check_seed
from nnviz.core.settings import TrainingSettings
from nnviz.errors import SettingError
from nnviz.recording.schedule import parse_schedule


@pytest.mark.parametrize("seed", [-1, 2**63, 1.5, "0"])
def test_seed_must_be_whole_and_not_below_zero(seed):
    with pytest.raises(SettingError, match="seed must be a whole number"):
        check_seed(seed)
    with pytest.raises(SettingError, match="seed must be a whole number"):
        Network.create((4, 2), seed=seed)


@pytest.mark.parametrize("setting", [{"epochs": 10**20}, {"batch_size": 2**63}, {"seed": -1}])
def test_settings_have_an_end(setting):
    with pytest.raises(SettingError, match=r"must be (at most|a whole number)"):
        TrainingSettings(**setting)


def test_network_has_an_end():
    with pytest.raises(SettingError, match="at most 100,000,000 weights and biases"):
        Network.create((64, 10**10, 10), seed=0)


@pytest.mark.parametrize("schedule", ["every:1", "epochs"])
def test_recording_has_an_end(schedule):
    with pytest.raises(SettingError, match="at most 10,000,000 moments"):
        parse_schedule(schedule).steps(10**12, 1)
    with pytest.raises(SettingError, match="at most 10,000,000 moments"):
        parse_schedule("log:10000000000")
