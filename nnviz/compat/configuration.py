"""Manim's configuration."""

from __future__ import annotations

import configparser
from functools import cache

import manim
from manim._config.utils import ManimConfig, config_file_paths


def disable_animation_cache() -> None:
    """Make Manim render every animation anew.

    Manim's cache compares only the beginning of a long array, so it would take an animation of
    another recording for the same, and show that one's frames.
    """
    manim.config.disable_caching = True


def configured_seed() -> int:
    """Return the seed of random numbers: Manim's ``config.seed``, or 0 where that is not set."""
    return manim.config.seed or 0


@cache
def own_configuration() -> ManimConfig:
    """Return Manim's own configuration, without what files of the user change in it."""
    parser = configparser.ConfigParser()
    with config_file_paths()[0].open(encoding="utf-8") as file:
        parser.read_file(file)
    return ManimConfig().digest_parser(parser)
