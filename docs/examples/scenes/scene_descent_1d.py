"""
descent-1d
==========

A ball goes down a curve by its slope; where it starts, and the learning rate, decide the rest.

The class is :class:`nnviz.scenes.Descent1D`; ``nnviz scenes descent-1d`` lists its options.
"""

import nnviz

run = nnviz.default_run()
picture = nnviz.storyboard("descent-1d", run, "descent-1d.png", n_frames=8)
