"""Manim building blocks."""
