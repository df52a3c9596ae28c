"""
descent-1d
==========

Gradient descent on a curve, with a learning rate too small, right, and too large.

In a shell: ``nnviz figure descent-1d -o descent-1d.png``; ``nnviz figures descent-1d`` lists its
options.
"""

import nnviz

nnviz.figures.descent_1d(learning_rate=0.02)
nnviz.figures.descent_1d(learning_rate=0.2)
nnviz.figures.descent_1d(learning_rate=0.8)
