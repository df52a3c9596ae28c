"""The network and its training: numpy and scipy only."""
