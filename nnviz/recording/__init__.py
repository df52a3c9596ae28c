"""A training on disk, row by row, and how to read it."""
