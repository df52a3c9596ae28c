"""
gradient-vector
===============

All weights and biases as one column, the negative gradient beside it, and the edges that its
largest entries belong to.

The class is :class:`nnviz.scenes.GradientVector`; ``nnviz scenes gradient-vector`` lists its
options.
"""

import nnviz

run = nnviz.default_run()
picture = nnviz.storyboard("gradient-vector", run, "gradient-vector.png", n_frames=8)
