"""Numbers from a recording."""
