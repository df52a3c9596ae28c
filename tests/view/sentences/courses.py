"""Costs on a path, by how they go."""

from __future__ import annotations

COURSES = {
    "down": [3.0, 1.0, 0.1],
    "over": [2.0, 900.0, 1.0],
    "up": [1.0, 5.0],
    "back": [2.0, 900.0, 2.5],
    "level": [1.0, 1.002],
    "none": [1.0],
}
