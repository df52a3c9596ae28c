"""Manim's configuration."""

from __future__ import annotations

import configparser
from functools import cache

import manim
from manim._config.utils import ManimConfig, config_file_paths


def disable_animation_cache() -> None:
    """Make Manim render every animation anew.

    Its cache looks at no more than the beginning of an array, so it would show the frames
    of another recording.
    """
    manim.config.disable_caching = True


def configured_seed() -> int:
    """Return the seed of random numbers: Manim's ``config.seed`` where that is set, or 0."""
    return manim.config.seed or 0


@cache
def own_configuration() -> ManimConfig:
    """Return Manim's configuration as it is installed, without the files of its users."""
    parser = configparser.ConfigParser()
    with config_file_paths()[0].open(encoding="utf-8") as file:
        parser.read_file(file)
    return ManimConfig().digest_parser(parser)
