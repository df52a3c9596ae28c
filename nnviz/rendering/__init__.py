"""Scenes into files."""
