"""Settings of a training: which can work, and that they describe themselves."""

from __future__ import annotations

import numpy as np
import pytest

from nnviz.core.settings import TrainingSettings
from nnviz.errors import SettingError, UnknownNameError


def test_settings_describe_themselves_whole():
    choices = TrainingSettings(epochs=2, seed=9)
    assert TrainingSettings(**choices.describe()) == choices
    assert choices.describe()["seed"] == 9


def test_hyphenated_name_is_the_same_name():
    settings = TrainingSettings(optimizer="gradient-descent")
    assert settings == TrainingSettings(optimizer="gradient_descent")


@pytest.mark.parametrize("rate", [0, -1, np.inf, np.nan])
def test_learning_rate_must_be_positive_and_finite(rate):
    with pytest.raises(SettingError, match=f"learning rate must be above 0 and .*got {rate}"):
        TrainingSettings(learning_rate=rate)


@pytest.mark.parametrize(("name", "words"), [("batch_size", "batch size"), ("epochs", "epochs")])
def test_counts_must_be_at_least_one(name, words):
    with pytest.raises(SettingError, match=f"{words} must be at least 1; got 0"):
        TrainingSettings(**{name: 0})


@pytest.mark.parametrize(
    ("name", "message"),
    [("cost", "cost must be"), ("optimizer", "optimizer must be"), ("decay", "decay must be")],
)
def test_names_must_be_known(name, message):
    with pytest.raises(UnknownNameError, match=f"{message} one of .*'nonsense'"):
        TrainingSettings(**{name: "nonsense"})
