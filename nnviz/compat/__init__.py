"""The only package that touches Manim's internals; private, as they are."""
