"""
descent-path
============

The path of the training over the cost, on the plane that best holds it; and how far off that
plane each recorded step is.

In a shell: ``nnviz figure descent-path -o descent-path.png``; ``nnviz figures descent-path``
lists its options.
"""

import nnviz

run = nnviz.default_run()
nnviz.figures.descent_path(run)
nnviz.figures.descent_residuals(run)
