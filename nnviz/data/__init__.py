"""Data sets: labelled images, generated, downloaded or the user's own."""
