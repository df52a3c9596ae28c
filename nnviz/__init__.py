"""See a neural network learn."""
