"""
learning-curves
===============

Cost and accuracy at every recorded step, on training and on held-out examples.

In a shell: ``nnviz figure learning-curves -o learning-curves.png``; ``nnviz figures
learning-curves`` lists its options.
"""

import nnviz

run = nnviz.default_run()
nnviz.figures.learning_curves(run, "costs")
nnviz.figures.learning_curves(run)
