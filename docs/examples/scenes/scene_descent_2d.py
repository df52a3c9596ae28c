"""
descent-2d
==========

The steepest way down a map of two numbers, mini-batches as images, and four optimizers racing
down the network's own cost.

The class is :class:`nnviz.scenes.Descent2D`; ``nnviz scenes descent-2d`` lists its options.
"""

import nnviz

run = nnviz.default_run()
picture = nnviz.storyboard("descent-2d", run, "descent-2d.png", n_frames=8)
