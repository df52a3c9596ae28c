"""Whether a recording is what its training gives, found by code that shares none with it."""
