"""The version of nnviz, as pyproject.toml reads it and every recording states it."""

__version__ = "0.2.0"
